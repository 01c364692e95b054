"""Weak bridges: relations that lead out of a group without joining it to what they lead to. Shown, never followed."""

import numpy as np
from msgspec import Struct

from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.group import GroupQuery, GroupRows
from twinlens.domain.relation import PhotoClass
from twinlens.matching.groundwork import Groundwork
from twinlens.matching.ordering import order_of, surest_first

MOST_A_GROUP = 8


class BridgeRows(Struct, frozen=True):
    """Bridges as rows, those of each group following each other, the surest first: of each other group or lone photo the
    surest, and at most eight.

    ``starts``: int64 [groups + 1], where those of each group begin. ``own``: row of the photo in the group. ``other``: row
    of the photo outside. ``other_group``: number of its group, -1 where it is in none of this class. ``via``: row of the
    relation.
    """

    starts: Int64Array
    own: Int64Array
    other: Int64Array
    other_group: Int64Array
    via: Int64Array


def weak_bridges(ground: Groundwork, groups: GroupRows) -> BridgeRows:
    """The bridges of these groups, which were made of ``ground``."""
    query = groups.query
    if not _has_bridges(query) or not len(groups):
        nothing = np.zeros(0, np.int64)
        return BridgeRows(np.zeros(len(groups) + 1, np.int64), nothing, nothing, nothing, nothing)
    nodes, (edges, _) = ground.nodes(query.photo_class), ground.ties(query.photo_class, query.time_gap_s)
    group_of = np.full(len(nodes), -1, np.int64)
    group_of[nodes.of_row[groups.rows]] = np.repeat(np.arange(len(groups)), np.diff(groups.starts))
    score = ground.relations.score[edges.row]  # what was found, whatever it counts for in grouping
    apart = np.flatnonzero((score >= np.float32(query.similarity)) & (group_of[edges.first] != group_of[edges.second]))
    own = np.concatenate([edges.first[apart], edges.second[apart]])
    other = np.concatenate([edges.second[apart], edges.first[apart]])
    leaves = np.flatnonzero(group_of[own] >= 0)
    leaves = leaves[order_of(other[leaves], len(nodes))]
    leaves = leaves[order_of(own[leaves], len(nodes))]
    leaves = leaves[surest_first(np.tile(score[apart], 2)[leaves])]
    target = np.where(group_of[other] >= 0, group_of[other], len(groups) + other)[leaves]
    _, surest = np.unique(group_of[own[leaves]] * (len(groups) + len(nodes)) + target, return_index=True)
    surest = leaves[np.sort(surest)]
    surest = surest[order_of(group_of[own[surest]], len(groups))]
    group = group_of[own[surest]]
    surest = surest[np.arange(len(surest)) - np.searchsorted(group, group) < MOST_A_GROUP]
    own, other, via = own[surest], other[surest], np.tile(edges.row[apart], 2)[surest]
    count = np.bincount(group_of[own], minlength=len(groups))
    starts = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    return BridgeRows(starts, nodes.row[own], nodes.row[other], group_of[other], via)


def _has_bridges(query: GroupQuery) -> bool:
    return query.photo_class in (PhotoClass.SAME_SHOT, PhotoClass.EDITED, PhotoClass.BURST)
