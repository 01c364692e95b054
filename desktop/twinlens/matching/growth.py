"""Growing stars edge by edge: thousands of small components at a time, or a large one by itself. See ``matching.stars``."""

from collections import defaultdict

import numpy as np

from twinlens.domain.fingerprint import Int64Array, UInt64Array

_ONE = np.uint64(1)


def grow_small(starts: Int64Array, count: int, first: Int64Array, second: Int64Array) -> Int64Array:
    """The lowest node of the cluster of every node, int64 [count].

    Each step takes the next edge of every component at once: steps are as many as the largest component has edges.

    Args:
        starts: int64 [c], the first node of each component; its nodes, at most 64, follow each other.
        count: how many nodes there are.
        first: int64 [e], the better end of each edge, from the surest to the weakest.
        second: int64 [e], the other end.
    """
    bounds = np.append(starts, count)
    component = np.repeat(np.arange(len(starts)), np.diff(bounds))
    bit = _ONE << (np.arange(count) - starts[component]).astype(np.uint64)
    near, mine = bit.copy(), bit.copy()  # itself and what it has edges to; its cluster
    of_edge = component[first]
    by_component = np.argsort(of_edge, kind="stable")
    turn = np.empty(len(first), np.int64)
    turn[by_component] = np.arange(len(first)) - np.searchsorted(of_edge[by_component], of_edge[by_component])
    by_turn = np.argsort(turn, kind="stable")
    ends = np.cumsum(np.bincount(turn))
    for edges in np.split(by_turn, ends[:-1]):
        one, two = first[edges], second[edges]
        near[one] |= bit[two]
        near[two] |= bit[one]
        for hub, other in ((one, two), (two, one)):
            reach = near[hub]
            draws = ((mine[hub] | mine[other]) & ~reach == 0) & (reach != mine[hub])
            if draws.any():
                _draw_in(mine, bit, bounds, component[hub[draws]], reach[draws])
    lowest_bit = (mine & (~mine + _ONE)).astype(np.float64)  # a power of two: exact
    return starts[component] + np.log2(lowest_bit).astype(np.int64)


def _draw_in(
    mine: UInt64Array, bit: UInt64Array, bounds: Int64Array, component: Int64Array, reach: UInt64Array
) -> None:
    """Join all clusters of each component that lie within the reach of its hub."""
    lengths = bounds[component + 1] - bounds[component]
    ends = np.cumsum(lengths)
    nodes = np.repeat(bounds[component] - (ends - lengths), lengths) + np.arange(ends[-1])
    within = np.where(mine[nodes] & ~np.repeat(reach, lengths) == 0, mine[nodes], 0)
    joined = np.repeat(np.bitwise_or.reduceat(within, ends - lengths), lengths)
    belongs = bit[nodes] & joined != 0
    mine[nodes[belongs]] = joined[belongs]


def grow_large(first: Int64Array, second: Int64Array, refused: Int64Array) -> tuple[Int64Array, Int64Array, Int64Array]:
    """Grow any components, one edge after the other.

    Args:
        first: int64 [e], the better end of each edge, from the surest to the weakest.
        second: int64 [e], the other end.
        refused: int64 [k, 2], pairs of nodes that never share a cluster.

    Returns:
        What was joined, in this order: the number of the edge that led to it, and a node of either cluster, int64 [m] each.
    """
    growth = _Growth(refused)
    for number, (one, two) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        growth.take(number, one, two)
    joins = np.array(growth.joins, np.int64).reshape(-1, 3)
    return joins[:, 0], joins[:, 1], joins[:, 2]


class _Growth:
    def __init__(self, refused: Int64Array) -> None:
        self._near: dict[int, set[int]] = {}  # itself and what it has edges to
        self._mine: dict[int, set[int]] = {}  # its cluster, the same object for all members
        self._refused: dict[int, set[int]] = defaultdict(set)
        for one, two in refused.tolist():
            self._refused[one].add(two)
            self._refused[two].add(one)
        self.joins: list[tuple[int, int, int]] = []

    def take(self, number: int, one: int, two: int) -> None:
        """Take the next edge."""
        near, mine = self._near, self._mine
        near.setdefault(one, {one}).add(two)
        near.setdefault(two, {two}).add(one)
        mine.setdefault(one, {one})
        mine.setdefault(two, {two})
        for hub, other in ((one, two), (two, one)):
            reach = near[hub]
            if len(reach) <= len(mine[hub]) or not mine[hub] <= reach:
                continue
            if other not in mine[hub]:
                self._draw_in(number, hub, other)
                continue
            for node in sorted(reach - mine[hub]):  # a hub only now: it draws in whatever it reaches whole
                self._draw_in(number, hub, node)

    def _draw_in(self, number: int, hub: int, node: int) -> None:
        staying, joining = self._mine[hub], self._mine[node]
        if joining is staying or not joining <= self._near[hub]:
            return
        if any(not self._refused[each].isdisjoint(staying) for each in joining if each in self._refused):
            return
        self.joins.append((number, hub, node))
        if len(joining) > len(staying):
            staying, joining = joining, staying
        staying |= joining
        for each in joining:
            self._mine[each] = staying
