"""Groups of one class as rows: stars around a representative, for 100,000 photos in less than a blink."""

import numpy as np
from msgspec.structs import replace

from twinlens.domain.columns import BoolArray, RelationColumns
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.group import GroupQuery, GroupRows
from twinlens.domain.relation import PhotoClass
from twinlens.matching.edges import Edges
from twinlens.matching.groundwork import Groundwork, Nodes
from twinlens.matching.ordering import order_of
from twinlens.matching.stars import hubs


def group_rows(ground: Groundwork, query: GroupQuery) -> GroupRows:
    """Group the photos of a library by one class.

    Every member has a relation to the representative of its group; the representative is the keeper wherever that has a
    relation to all members. A member that has one to the keeper is tied to the keeper, any other to the representative.

    Args:
        ground: photos, relations, keeper order and refused pairs.
        query: class, similarity and time gap.

    Returns:
        Groups of at least two photos ordered by the row of the keeper; members by rank, those of a
        burst by time. A lookalike query has no groups.
    """
    if query.photo_class is PhotoClass.LOOKALIKE or len(ground.photos) < 2:
        return _no_groups(query)
    nodes = ground.nodes(query.photo_class)
    keeper, via, to = np.arange(len(nodes)), np.full(len(nodes), -1, np.int64), np.arange(len(nodes))
    if query.photo_class.rank > PhotoClass.IDENTICAL_PIXELS.rank:
        found, stars = ground.ties(query.photo_class, query.time_gap_s)
        edges = found.above(query.similarity)
        keeper = stars.clusters(len(edges))
        via, to = _ties(keeper, hubs(keeper, edges.first, edges.second), edges)
    shows = _shows_class(query, ground, keeper[nodes.of_row], via, ground.relations)
    groups = _assemble(ground, query, nodes, keeper, via, to, shows)
    groups = _of_several_files(groups, ground.photos.file_key)
    return _in_time_order(groups, ground.place_in_time)[0] if query.photo_class is PhotoClass.BURST else groups


def led_by(ground: Groundwork, groups: GroupRows, keepers: Int64Array) -> tuple[GroupRows, Int64Array]:
    """The same groups of frames, with these rows as keepers: one a group, each a member of it; and where each member was.

    Members are tied to the keeper they have now, or else to the representative of the group, as ``group_rows`` does it.
    """
    nodes = ground.nodes(groups.query.photo_class)
    edges = ground.ties(groups.query.photo_class, groups.query.time_gap_s)[0].above(groups.query.similarity)
    node = nodes.of_row[groups.rows]
    keeper = np.arange(len(nodes))
    keeper[node] = np.repeat(nodes.of_row[keepers], np.diff(groups.starts))
    via, to = _ties(keeper, hubs(keeper, edges.first, edges.second), edges)
    return _in_time_order(replace(groups, via=via[node], to=nodes.row[to[node]]), ground.place_in_time)


def _no_groups(query: GroupQuery) -> GroupRows:
    nothing = np.zeros(0, dtype=np.int64)
    return GroupRows(query, np.zeros(1, dtype=np.int64), nothing, nothing, nothing)


def _ties(keeper: Int64Array, hub: Int64Array, edges: Edges) -> tuple[Int64Array, Int64Array]:
    """The relation that ties each node to its group, -1 for keepers, and the node it leads to: the keeper, or else the hub."""
    via, to = np.full(len(keeper), -1, dtype=np.int64), keeper.copy()
    inside = np.flatnonzero(keeper[edges.first] == keeper[edges.second])
    first, second, row = edges.first[inside], edges.second[inside], edges.row[inside]
    lowest = keeper[first]
    for centre in (hub[lowest], lowest):
        for end, other in ((first, second), (second, first)):
            spoke = (centre == other) & (lowest != end)
            via[end[spoke]] = row[spoke]
            to[end[spoke]] = other[spoke]
    return via, to


def _shows_class(
    query: GroupQuery, ground: Groundwork, keeper_of_row: Int64Array, via: Int64Array, relations: RelationColumns
) -> BoolArray:
    """Whether the group of each keeper has a member tied by the class itself, bool [nodes]."""
    shows = np.zeros(len(via), dtype=np.bool_)
    if query.photo_class is PhotoClass.IDENTICAL_FILE:
        return ~shows
    if query.photo_class is PhotoClass.IDENTICAL_PIXELS:
        own = ground.photos.content_key
        lowest = np.full(len(via), np.iinfo(np.int64).max)
        np.minimum.at(lowest, keeper_of_row, own)
        shows[keeper_of_row[own != lowest[keeper_of_row]]] = True
        return shows
    tied = np.flatnonzero(via >= 0)
    tied = tied[relations.class_rank[via[tied]] == query.photo_class.rank]
    shows[keeper_of_row[ground.nodes(query.photo_class).row[tied]]] = True
    return shows


def _assemble(
    ground: Groundwork,
    query: GroupQuery,
    nodes: Nodes,
    keeper: Int64Array,
    via: Int64Array,
    to: Int64Array,
    shows: BoolArray,
) -> GroupRows:
    """Rows by group, the best first; of a burst only the best photo of each exposure."""
    if query.photo_class is PhotoClass.BURST:
        rows, node = nodes.row, np.arange(len(nodes))
    else:
        rows, node = ground.best_first, nodes.of_row[ground.best_first]
    group = keeper[node]
    taken = np.flatnonzero((np.bincount(group, minlength=len(nodes))[group] >= 2) & shows[group])
    if not len(taken):
        return _no_groups(query)
    at = nodes.row[group[taken]]  # of the keeper
    taken = taken[order_of(at, len(ground.photos))]
    starts = np.flatnonzero(np.diff(group[taken], prepend=-1, append=-1))
    rows, node = rows[taken], node[taken]
    return GroupRows(query, starts, rows, via[node], nodes.row[to[node]])


def _of_several_files(groups: GroupRows, file_key: Int64Array) -> GroupRows:
    """Without the groups that hold nothing but names of one file: it is there once."""
    if not len(groups) or file_key.max() < 0:
        return groups
    key, starts = file_key[groups.rows], groups.starts[:-1]
    lowest, highest = np.minimum.reduceat(key, starts), np.maximum.reduceat(key, starts)
    kept = (lowest < 0) | (lowest != highest)
    if kept.all():
        return groups
    lengths = np.diff(groups.starts)
    rows = np.repeat(kept, lengths)
    fresh = np.concatenate([[0], np.cumsum(lengths[kept])]).astype(np.int64)
    return replace(groups, starts=fresh, rows=groups.rows[rows], via=groups.via[rows], to=groups.to[rows])


def _in_time_order(groups: GroupRows, place: Int64Array) -> tuple[GroupRows, Int64Array]:
    """The frames of each burst as they were taken, after the keeper."""
    later = place[groups.rows] + 1
    later[groups.to == groups.rows] = 0
    group = np.repeat(np.arange(len(groups)), np.diff(groups.starts))
    sequence = order_of(later, len(place))
    sequence = sequence[order_of(group[sequence], len(groups))]
    return replace(groups, rows=groups.rows[sequence], via=groups.via[sequence], to=groups.to[sequence]), sequence
