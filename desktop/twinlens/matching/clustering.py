"""Groups of one class from relations, as rows: stars around the best keeper, for 100,000 photos in a blink."""

from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from twinlens.domain.columns import BoolArray, PhotoColumns, RelationColumns
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.group import GroupQuery, GroupRows
from twinlens.domain.relation import PhotoClass
from twinlens.matching.stars import star_clusters

TRUSTED_SCORE = 0.75  # exposures of a burst are told apart with this, wherever the slider stands


@dataclass(frozen=True, slots=True)
class _Edges:
    """The best relation of each pair of nodes: node numbers, its row in the relations, and its score."""

    first: Int64Array
    second: Int64Array
    row: Int64Array


def group_rows(
    photos: PhotoColumns, relations: RelationColumns, query: GroupQuery, order: Int64Array, refused_pairs: Int64Array
) -> GroupRows:
    """Group the photos of a library by one class.

    Args:
        photos: all photos, n rows.
        relations: the stored relations between them, in any order.
        query: class, similarity and time gap.
        order: int64 [n], the rank of each row as keeper, 0 the best (``keeper.keeper_order``).
        refused_pairs: int64 [k, 2], pairs of ``content_key`` that the user declared not to be duplicates.

    Returns:
        Groups of at least two photos ordered by the row of the keeper; members by rank, those of a
        burst by time. A lookalike query has no groups.
    """
    if query.photo_class is PhotoClass.LOOKALIKE or len(photos) < 2:
        return _no_groups(query)
    if query.photo_class is PhotoClass.IDENTICAL_FILE:
        node = _same_numbers(photos.content_key, _refused_to_themselves(photos, refused_pairs))
    else:
        node = _identity(photos, refused_pairs)
    ranks = _node_ranks(node, order)
    refused = _refused_nodes(photos, node, refused_pairs)
    via = np.full(len(photos), -1, dtype=np.int64)
    if query.photo_class.rank <= PhotoClass.IDENTICAL_PIXELS.rank:
        keeper_node, wanted = node, np.ones(len(photos), dtype=np.bool_)
    else:
        node, edges = _edges_of_class(photos, relations, query, node, ranks, order, refused)
        ranks = _node_ranks(node, order)
        refused = _refused_nodes(photos, node, refused_pairs)
        wanted = _takes_part(query, node, order)
        keeper_node = star_clusters(ranks, edges.first, edges.second, relations.score[edges.row], refused)
        via = _ties(keeper_node, edges)[node]
        keeper_node = keeper_node[node]
    shows = _shows_class(query, keeper_node, via, relations, photos.content_key)
    groups = _assemble(query, keeper_node, order, via, wanted, shows)
    groups = _of_several_files(groups, photos)
    return _in_time_order(groups, photos) if query.photo_class is PhotoClass.BURST else groups


def _no_groups(query: GroupQuery) -> GroupRows:
    nothing = np.zeros(0, dtype=np.int64)
    return GroupRows(query, np.zeros(1, dtype=np.int64), nothing, nothing)


def _refused_to_themselves(photos: PhotoColumns, refused_pairs: Int64Array) -> BoolArray:
    keys = refused_pairs[refused_pairs[:, 0] == refused_pairs[:, 1], 0]
    return np.isin(photos.content_key, keys)


def _same_numbers(keys: Int64Array, alone: BoolArray) -> Int64Array:
    """Node numbers from 0: equal keys share one, except for rows that must stay alone."""
    _, node = np.unique(keys, return_inverse=True)
    node = node.astype(np.int64)
    node[alone] = len(keys) + np.arange(len(keys))[alone]
    return np.unique(node, return_inverse=True)[1].astype(np.int64)


def _identity(photos: PhotoColumns, refused_pairs: Int64Array) -> Int64Array:
    """Node of each row: rows of equal content, or of equal pixels, are one node unless the user parted them."""
    content = np.unique(photos.content_key, return_inverse=True)[1].astype(np.int64)
    pixels = np.full(content.max() + 1, -1, dtype=np.int64)
    np.maximum.at(pixels, content, photos.pixel_key)
    pixel_of_row = pixels[content]
    known = np.unique(pixel_of_row, return_inverse=True)[1].astype(np.int64)
    parted = np.isin(known, _parted_pixels(photos, known, pixel_of_row, refused_pairs))
    joint = np.where((pixel_of_row >= 0) & ~parted, known, len(photos) + content)
    return _same_numbers(joint, _refused_to_themselves(photos, refused_pairs))


def _parted_pixels(
    photos: PhotoColumns, known: Int64Array, pixel_of_row: Int64Array, refused_pairs: Int64Array
) -> Int64Array:
    """Pixel classes in which the user parted two contents: there only equal files stay one."""
    keys, at = np.unique(photos.content_key, return_index=True)
    both = np.isin(refused_pairs, keys).all(axis=1)
    rows = at[np.searchsorted(keys, refused_pairs[both])].reshape(-1, 2)
    same = (known[rows[:, 0]] == known[rows[:, 1]]) & (pixel_of_row[rows[:, 0]] >= 0)
    return np.asarray(known[rows[same, 0]], dtype=np.int64)


def _node_ranks(node: Int64Array, order: Int64Array) -> Int64Array:
    """Rank of each node as a permutation: that of its best row."""
    best = np.full(node.max() + 1, len(order), dtype=np.int64)
    np.minimum.at(best, node, order)
    ranks = np.empty_like(best)
    ranks[np.argsort(best, kind="stable")] = np.arange(len(best))
    return ranks


def _refused_nodes(photos: PhotoColumns, node: Int64Array, refused_pairs: Int64Array) -> Int64Array:
    """The refused pairs of contents as pairs of different nodes [k, 2]: all nodes of the one with all of the other."""
    by_content = np.argsort(photos.content_key, kind="stable")
    keys = photos.content_key[by_content]
    pairs: list[tuple[int, int]] = []
    for one, two in refused_pairs.tolist():
        starts, ends = (np.searchsorted(keys, (one, two), side) for side in ("left", "right"))
        nodes = [set(node[by_content[start:end]].tolist()) for start, end in zip(starts, ends, strict=True)]
        pairs += [(first, second) for first, second in product(*nodes) if first != second]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _edges_of_class(
    photos: PhotoColumns,
    relations: RelationColumns,
    query: GroupQuery,
    node: Int64Array,
    ranks: Int64Array,
    order: Int64Array,
    refused: Int64Array,
) -> tuple[Int64Array, _Edges]:
    """Nodes and edges for the stars. A burst is made of exposures, so there the copies of one become one node first."""
    if query.photo_class is not PhotoClass.BURST:
        # Equal content is identity, which the nodes hold already, or was parted by the user: no relation ties it again.
        other = photos.content_key[relations.first_row] != photos.content_key[relations.second_row]
        usable = other & (relations.class_rank <= query.photo_class.rank) & (relations.score >= query.similarity)
        return node, _best_edges(relations, usable, node)
    copies = (relations.class_rank <= PhotoClass.SAME_SHOT.rank) & (relations.score >= TRUSTED_SCORE)
    edges = _best_edges(relations, copies, node)
    exposure = star_clusters(ranks, edges.first, edges.second, relations.score[edges.row], refused)
    exposures = np.unique(exposure[node], return_inverse=True)[1].astype(np.int64)
    run = _runs(photos, query.time_gap_s)
    one, two = run[relations.first_row], run[relations.second_row]
    usable = (relations.class_rank == PhotoClass.BURST.rank) & (relations.score >= query.similarity)
    return exposures, _best_edges(relations, usable & (one == two) & (one >= 0), exposures)


def _best_edges(relations: RelationColumns, usable: BoolArray, node: Int64Array) -> _Edges:
    """One edge for each pair of nodes: the strongest class, then the best score, then the first rows."""
    rows = np.nonzero(usable)[0]
    one, two = node[relations.first_row[rows]], node[relations.second_row[rows]]
    rows, one, two = rows[one != two], one[one != two], two[one != two]
    low, high = np.minimum(one, two), np.maximum(one, two)
    sort = np.lexsort(
        (
            relations.second_row[rows],
            relations.first_row[rows],
            relations.class_rank[rows],
            -relations.score[rows],
            high,
            low,
        )
    )
    rows, low, high = rows[sort], low[sort], high[sort]
    first_of_pair = np.ones(len(rows), dtype=np.bool_)
    first_of_pair[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    return _Edges(low[first_of_pair], high[first_of_pair], rows[first_of_pair].astype(np.int64))


def _runs(photos: PhotoColumns, time_gap_s: float) -> Int64Array:
    """Number of the run each row belongs to, -1 where time or camera is unknown."""
    run = np.full(len(photos), -1, dtype=np.int64)
    known = np.nonzero(~np.isnan(photos.taken_s) & (photos.camera_key >= 0))[0]
    known = known[np.lexsort((photos.taken_s[known], photos.camera_key[known]))]
    breaks = (np.diff(photos.camera_key[known]) != 0) | (np.diff(photos.taken_s[known]) > time_gap_s)
    run[known] = np.concatenate([[0], np.cumsum(breaks)])[: len(known)]
    return run


def _takes_part(query: GroupQuery, node: Int64Array, order: Int64Array) -> BoolArray:
    """Which rows are shown: of a burst only the best photo of each exposure."""
    if query.photo_class is not PhotoClass.BURST:
        return np.ones(len(node), dtype=np.bool_)
    best = np.full(node.max() + 1, len(order), dtype=np.int64)
    np.minimum.at(best, node, order)
    return np.asarray(order == best[node])


def _ties(keeper_node: Int64Array, edges: _Edges) -> Int64Array:
    """The relation that ties each node to its keeper, -1 for keepers."""
    via = np.full(len(keeper_node), -1, dtype=np.int64)
    for end, other in ((edges.first, edges.second), (edges.second, edges.first)):
        spoke = keeper_node[end] == other
        via[end[spoke]] = edges.row[spoke]
    return via


def _shows_class(
    query: GroupQuery, keeper_node: Int64Array, via: Int64Array, relations: RelationColumns, own: Int64Array
) -> BoolArray:
    """Whether the group led by each keeper has a member tied by the class itself, bool [nodes]."""
    count = keeper_node.max() + 1
    shows = np.zeros(count, dtype=np.bool_)
    if query.photo_class is PhotoClass.IDENTICAL_FILE:
        return ~shows
    if query.photo_class is PhotoClass.IDENTICAL_PIXELS:
        lowest = np.full(count, np.iinfo(np.int64).max)
        np.minimum.at(lowest, keeper_node, own)
        shows[keeper_node[own != lowest[keeper_node]]] = True
        return shows
    tied = via >= 0
    tied[tied] = relations.class_rank[via[tied]] == query.photo_class.rank
    shows[keeper_node[tied]] = True
    return shows


def _of_several_files(groups: GroupRows, photos: PhotoColumns) -> GroupRows:
    """Without the groups that hold nothing but names of one file: it is there once."""
    if not len(groups) or photos.file_key.max() < 0:
        return groups
    key, starts = photos.file_key[groups.rows], groups.starts[:-1]
    lowest, highest = np.minimum.reduceat(key, starts), np.maximum.reduceat(key, starts)
    kept = (lowest < 0) | (lowest != highest)
    if kept.all():
        return groups
    lengths = np.diff(groups.starts)
    rows = np.repeat(kept, lengths)
    fresh = np.concatenate([[0], np.cumsum(lengths[kept])]).astype(np.int64)
    return replace(groups, starts=fresh, rows=groups.rows[rows], via=groups.via[rows])


def _in_time_order(groups: GroupRows, photos: PhotoColumns) -> GroupRows:
    """The frames of each burst as they were taken, after the keeper."""
    group = np.repeat(np.arange(len(groups)), np.diff(groups.starts))
    follows = np.ones(len(groups.rows), dtype=np.bool_)
    follows[groups.starts[:-1]] = False
    sequence = np.lexsort((photos.taken_s[groups.rows], follows, group))
    return replace(groups, rows=groups.rows[sequence], via=groups.via[sequence])


def _assemble(
    query: GroupQuery, keeper_node: Int64Array, order: Int64Array, via: Int64Array, wanted: BoolArray, shows: BoolArray
) -> GroupRows:
    size = np.bincount(keeper_node[wanted], minlength=len(shows))
    rows = np.nonzero(wanted & (size[keeper_node] >= 2) & shows[keeper_node])[0]
    if not len(rows):
        return _no_groups(query)
    rows = rows[np.lexsort((order[rows], keeper_node[rows]))]
    starts = np.concatenate([[0], np.nonzero(np.diff(keeper_node[rows]))[0] + 1, [len(rows)]])
    by_keeper = np.argsort(rows[starts[:-1]], kind="stable")
    lengths = np.diff(starts)[by_keeper]
    fresh = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    pick = np.repeat(starts[:-1][by_keeper] - fresh[:-1], lengths) + np.arange(len(rows))
    return GroupRows(query, fresh, rows[pick].astype(np.int64), via[rows[pick]].astype(np.int64))
