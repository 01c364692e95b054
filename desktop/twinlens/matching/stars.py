"""Stars: clusters in which some member, the hub, has an edge to every other. No chains, whatever the threshold.

Edges are taken from the surest to the weakest. A node that has edges to all of its cluster draws in every cluster to
all of whose nodes it has edges as well. So every cluster has a hub at any time, two members are never more than two edges
apart, and what the edges above a score have joined does not depend on weaker ones: raising the threshold only parts.
So all edges are taken once, and the clusters above any threshold are a beginning of what they joined.
"""

import numpy as np

from twinlens.domain.columns import BoolArray
from twinlens.domain.fingerprint import Int64Array
from twinlens.matching.growth import Joins, grow_large, grow_small
from twinlens.matching.ordering import order_of

MOST_IN_A_WORD = 64  # a component of at most so many nodes is grown beside all others, its sets being bits of a word


class Stars:
    """The clusters of one graph, whatever number of its surest edges is taken. ``joins``: what ``joined`` found."""

    def __init__(self, count: int, joins: Joins) -> None:
        self._count = count
        self._joins = joins

    def clusters(self, edges: int | None = None) -> Int64Array:
        """The lowest node of the cluster of every node, int64 [count], by so many of the surest edges, or by all."""
        at, one, two = self._joins
        end = len(at) if edges is None else np.searchsorted(at, edges)
        return components(self._count, one[:end], two[:end])


def joined(count: int, first: Int64Array, second: Int64Array, refused: Int64Array) -> Joins:
    """What the edges of a graph join, from the surest to the weakest.

    Args:
        count: how many nodes there are, numbered from 0; the lower the number the better the node.
        first: int64 [e], the better end of each edge, from the surest edge to the weakest; each pair of nodes at most once.
        second: int64 [e], the other end.
        refused: int64 [k, 2], pairs of nodes that never share a cluster.
    """
    best = components(count, first, second)
    size = np.bincount(best, minlength=count)
    large = (size > MOST_IN_A_WORD) | _parted(best, refused)
    small = (size > 1) & ~large
    parts = _grown_small(first, second, small[best], best), _grown_large(first, second, large[best], refused)
    numbers, one, two = (np.concatenate(column) for column in zip(*parts, strict=True))
    return in_order(numbers, one, two, len(first))


def in_order(numbers: Int64Array, one: Int64Array, two: Int64Array, edges: int) -> Joins:
    """Joins by the number of the edge that led to each, of so many edges."""
    order = order_of(numbers, edges)
    return numbers[order], one[order], two[order]


def _grown_small(first: Int64Array, second: Int64Array, taken: BoolArray, best: Int64Array) -> Joins:
    """By words; ``best``: the lowest node of the component of each."""
    nodes = np.flatnonzero(taken)
    nodes = nodes[order_of(best[nodes], len(best))]
    starts = np.flatnonzero(np.diff(best[nodes], prepend=-1))
    place = np.zeros(len(best), np.int64)
    place[nodes] = np.arange(len(nodes))
    at = np.flatnonzero(taken[first])
    led_by, one, two = grow_small(starts, len(nodes), place[first[at]], place[second[at]])
    return at[led_by], nodes[one], nodes[two]


def _grown_large(first: Int64Array, second: Int64Array, taken: BoolArray, refused: Int64Array) -> Joins:
    """One edge after the other."""
    at = np.flatnonzero(taken[first])
    led_by, one, two = grow_large(first[at], second[at], refused)
    return at[led_by], one, two


def _parted(best: Int64Array, refused: Int64Array) -> BoolArray:
    """Whether each component, by its lowest node, holds a refused pair."""
    one, two = best[refused[:, 0]], best[refused[:, 1]]
    parted = np.zeros(len(best), np.bool_)
    parted[one[one == two]] = True
    return parted


def components(count: int, first: Int64Array, second: Int64Array) -> Int64Array:
    """The lowest node in the connected component of every node, int64 [count], by hooking and pointer jumping."""
    label = np.arange(count, dtype=np.int64)
    low, high = np.minimum(first, second), np.maximum(first, second)
    while len(low):
        one, two = label[low], label[high]
        apart = one != two
        if not apart.any():
            break
        low, high, one, two = low[apart], high[apart], one[apart], two[apart]
        np.minimum.at(label, np.maximum(one, two), np.minimum(one, two))
        while not np.array_equal(shorter := label[label], label):
            label = shorter
    return label


def hubs(lowest: Int64Array, first: Int64Array, second: Int64Array) -> Int64Array:
    """The best hub of each cluster, int64 [count], at the place of its lowest node; -1 elsewhere.

    ``lowest``: the cluster of every node, as ``Stars`` gives it for these edges.
    """
    count = len(lowest)
    inside = lowest[first] == lowest[second]
    reach = np.bincount(first[inside], minlength=count) + np.bincount(second[inside], minlength=count)
    spread = np.flatnonzero(reach == np.bincount(lowest, minlength=count)[lowest] - 1)
    hub = np.full(count, count, np.int64)
    np.minimum.at(hub, lowest[spread], spread)
    hub[hub == count] = -1
    return hub
