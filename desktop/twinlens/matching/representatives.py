"""Representatives: the fewest photos that have a relation to all others, and which of them each photo is nearest to."""

from typing import TypeVar

import numpy as np

from twinlens.domain.columns import BoolArray
from twinlens.domain.fingerprint import Float32Array, Int64Array

_Values = TypeVar("_Values", Int64Array, BoolArray)

MOST_ROUNDS = 200  # a chain whose frames grow ever surer gives one representative a round
_STEPS = 10_000  # scores as whole numbers, so that sums do not depend on the order of the edges


def nearest_representative(count: int, first: Int64Array, second: Int64Array, score: Float32Array) -> Int64Array:
    """The representative of every node, int64 [count]: itself, or one that it has an edge to; -1 where there is none.

    Again and again the node with the most and surest edges to nodes not yet taken becomes a representative and takes
    them; of equals the lower. At the end each goes to the one that it has the surest edge to. No representative has an
    edge to another.

    Args:
        count: how many nodes there are, numbered from 0.
        first: int64 [e], one end of each edge; each pair of nodes at most once.
        second: int64 [e], the other end.
        score: float32 [e], 0 to 1, higher is surer.
    """
    weight = np.round(score.astype(np.float64) * _STEPS).astype(np.int64)
    chosen = _chosen(count, first, second, weight)
    nearest = np.full(count, -1, np.int64)
    for end, other in ((first, second), (second, first)):
        spoke = chosen[other]
        np.maximum.at(nearest, end[spoke], weight[spoke] * count + (count - 1 - other[spoke]))
    return np.where(chosen, np.arange(count), np.where(nearest < 0, -1, count - 1 - nearest % count))


def _chosen(count: int, first: Int64Array, second: Int64Array, weight: Int64Array) -> BoolArray:
    """Whether each node is a representative.

    A node that is ahead of all within two steps of it may be chosen at once: nothing chosen before could change it. So
    each round chooses many, and the outcome is that of choosing one at a time.
    """
    chosen = np.zeros(count, np.bool_)
    names = np.arange(count)
    for _ in range(MOST_ROUNDS):
        if not len(first):
            break
        names, first, second = _renumbered(names, first, second)
        ahead = _ahead(len(names), first, second, weight)
        within_two_steps = _spread(_spread(ahead, first, second), first, second)
        best = ahead == within_two_steps
        chosen[names[best]] = True
        taken = _spread(best, first, second)
        left = ~(taken[first] | taken[second])
        first, second, weight = first[left], second[left], weight[left]
    return chosen


def _renumbered(names: Int64Array, first: Int64Array, second: Int64Array) -> tuple[Int64Array, Int64Array, Int64Array]:
    """Only the nodes that still have an edge."""
    used = np.zeros(len(names), np.bool_)
    used[first] = used[second] = True
    number = np.cumsum(used) - 1
    return names[used], number[first], number[second]


def _ahead(count: int, first: Int64Array, second: Int64Array, weight: Int64Array) -> Int64Array:
    """A number for each node, no two alike: by the sum of its edges, then the lower node first."""
    total = np.bincount(first, weight, count) + np.bincount(second, weight, count)
    return total.astype(np.int64) * count + np.arange(count)[::-1]


def _spread(values: _Values, first: Int64Array, second: Int64Array) -> _Values:
    """The largest value among each node and those that it has an edge to."""
    spread = values.copy()
    np.maximum.at(spread, first, values[second])
    np.maximum.at(spread, second, values[first])
    return spread
