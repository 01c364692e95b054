"""Growing stars edge by edge: thousands of small components at a time, or a large one by itself. See ``matching.stars``."""

from collections import defaultdict

import numpy as np

from twinlens.domain.fingerprint import Int64Array, UInt64Array
from twinlens.matching.ordering import order_of

_ONE = np.uint64(1)
_NOTHING = np.zeros(0, np.int64)


Joins = tuple[Int64Array, Int64Array, Int64Array]
"""What was joined: the number of the edge that led to it, and a node of either cluster, int64 [m] each."""


def grow_small(starts: Int64Array, count: int, first: Int64Array, second: Int64Array) -> Joins:
    """Grow small components, the next edge of every one of them at once: steps are as many as the largest has edges.

    Args:
        starts: int64 [c], the first node of each component; its nodes, at most 64, follow each other.
        count: how many nodes there are.
        first: int64 [e], the better end of each edge, from the surest to the weakest.
        second: int64 [e], the other end.

    Returns:
        What was joined, a step after the other: in each component in the order of its edges.
    """
    bounds = np.append(starts, count)
    component = np.repeat(np.arange(len(starts)), np.diff(bounds))
    bit = _ONE << (np.arange(count) - starts[component]).astype(np.uint64)
    near, mine = bit.copy(), bit.copy()  # itself and what it has edges to; its cluster
    joins = []
    for edges in _turns(component[first]):
        one, two = first[edges], second[edges]
        near[one] |= bit[two]
        near[two] |= bit[one]
        for hub, other in ((one, two), (two, one)):
            reach = near[hub]
            draws = np.flatnonzero(((mine[hub] | mine[other]) & ~reach == 0) & (reach != mine[hub]))
            if len(draws):
                drawing, drawn, number = _draw_in(mine, bit, bounds, component, hub[draws], reach[draws])
                joins.append((edges[draws][number], drawing, drawn))
    if not joins:
        return _NOTHING, _NOTHING, _NOTHING
    numbers, drawing, drawn = (np.concatenate(column) for column in zip(*joins, strict=True))
    return numbers, drawing, drawn


def _turns(of_edge: Int64Array) -> list[Int64Array]:
    """The edges of each step, given the component of each: one of every component that has any left."""
    by_component = order_of(of_edge)
    turn = np.empty(len(of_edge), np.int64)
    turn[by_component] = np.arange(len(of_edge)) - np.searchsorted(of_edge[by_component], of_edge[by_component])
    return np.split(order_of(turn), np.cumsum(np.bincount(turn))[:-1])


def _draw_in(
    mine: UInt64Array, bit: UInt64Array, bounds: Int64Array, component: Int64Array, hub: Int64Array, reach: UInt64Array
) -> Joins:
    """Join to each hub, one of a component, all clusters that lie within its reach: the hub, what came to it, and which hub."""
    begin = bounds[component[hub]]
    lengths = bounds[component[hub] + 1] - begin
    ends = np.cumsum(lengths)
    nodes = np.repeat(begin - (ends - lengths), lengths) + np.arange(ends[-1])
    of_hub = np.repeat(np.arange(len(hub)), lengths)
    within = np.where(mine[nodes] & ~reach[of_hub] == 0, mine[nodes], 0)
    joined = np.bitwise_or.reduceat(within, ends - lengths)[of_hub]
    belongs = bit[nodes] & joined != 0
    came = belongs & (mine[nodes] & bit[hub][of_hub] == 0)
    mine[nodes[belongs]] = joined[belongs]
    return hub[of_hub[came]], nodes[came], of_hub[came]


def grow_large(first: Int64Array, second: Int64Array, refused: Int64Array) -> Joins:
    """Grow any components, one edge after the other.

    Args:
        first: int64 [e], the better end of each edge, from the surest to the weakest.
        second: int64 [e], the other end.
        refused: int64 [k, 2], pairs of nodes that never share a cluster.

    Returns:
        What was joined, in this order.
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
