"""Stars: clusters in which every member has an edge to the best one. No chains, whatever the threshold.

Edges are taken from the surest to the weakest; two clusters join when the better of their two keepers has edges to all
members of the other. What the edges above a score have joined does not depend on weaker edges, so raising the threshold
can only take pairs apart. Most components are complete stars already: these are found without a loop.
"""

from collections import defaultdict

import numpy as np

from twinlens.domain.columns import BoolArray
from twinlens.domain.fingerprint import Float32Array, Int64Array


def star_clusters(
    ranks: Int64Array, first: Int64Array, second: Int64Array, score: Float32Array, refused: Int64Array
) -> Int64Array:
    """The keeper of every node.

    Args:
        ranks: int64 [n], a permutation; the lowest rank of a cluster is its keeper.
        first: int64 [e], one end of each edge, a node number; each pair of nodes at most once.
        second: int64 [e], the other end.
        score: float32 [e], higher is surer.
        refused: int64 [k, 2], pairs of nodes that never share a cluster.

    Returns:
        int64 [n], the node that is the keeper of each node's cluster; its own number for a lone node.
    """
    forbidden = _pair_keys(refused[:, 0], refused[:, 1], len(ranks))
    allowed = ~np.isin(_pair_keys(first, second, len(ranks)), forbidden)
    first, second, score = first[allowed], second[allowed], score[allowed]
    best = components(ranks, first, second)
    hard = _incomplete(best, first, second)
    if len(refused):
        together = best[refused[:, 0]] == best[refused[:, 1]]
        hard[best[refused[together, 0]]] = True
    keeper = np.where(hard[best], np.arange(len(ranks)), best)
    looped = hard[best[first]]
    if looped.any():
        _Growth(ranks, keeper, refused).grow(first[looped], second[looped], score[looped])
    return keeper


def components(ranks: Int64Array, first: Int64Array, second: Int64Array) -> Int64Array:
    """The node of lowest rank in the connected component of every node, int64 [n], by hooking and pointer jumping."""
    node_of_rank = np.argsort(ranks, kind="stable")
    low = np.minimum(ranks[first], ranks[second])
    high = np.maximum(ranks[first], ranks[second])
    label = np.arange(len(ranks), dtype=np.int64)  # by rank
    while True:
        one, two = label[low], label[high]
        apart = one != two
        if not apart.any():
            return node_of_rank[label[ranks]].astype(np.int64)
        low, high, one, two = low[apart], high[apart], one[apart], two[apart]
        np.minimum.at(label, np.maximum(one, two), np.minimum(one, two))
        while not np.array_equal(shorter := label[label], label):
            label = shorter


def _incomplete(best: Int64Array, first: Int64Array, second: Int64Array) -> BoolArray:
    """Whether the component led by each node lacks an edge from its best node to some member, bool [n]."""
    spokes = np.bincount(best[first][(best[first] == first) | (best[first] == second)], minlength=len(best))
    return np.asarray(spokes < np.bincount(best, minlength=len(best)) - 1)


def _pair_keys(first: Int64Array, second: Int64Array, count: int) -> Int64Array:
    return np.minimum(first, second) * count + np.maximum(first, second)


class _Growth:
    """Grows stars edge by edge; writes the keeper of each node into the array it was given."""

    def __init__(self, ranks: Int64Array, keeper: Int64Array, refused: Int64Array) -> None:
        self._ranks = ranks
        self._keeper = keeper
        self._members: dict[int, list[int]] = {}
        self._spokes: dict[tuple[int, int], int] = defaultdict(int)  # edges from a keeper into another keeper's cluster
        self._reached_by: dict[int, set[int]] = defaultdict(set)  # keepers that have such edges into a cluster
        self._refused: dict[int, set[int]] = defaultdict(set)
        for one, two in refused.tolist():
            self._refused[one].add(two)
            self._refused[two].add(one)

    def grow(self, first: Int64Array, second: Int64Array, score: Float32Array) -> None:
        """Take the edges from the surest to the weakest, equal ones by rank."""
        low = np.minimum(self._ranks[first], self._ranks[second])
        high = np.maximum(self._ranks[first], self._ranks[second])
        order = np.lexsort((high, low, -score))
        leader = self._keeper
        for one, two in zip(first[order].tolist(), second[order].tolist(), strict=True):
            keeper_of_one, keeper_of_two = int(leader[one]), int(leader[two])
            if keeper_of_one == keeper_of_two:
                continue
            if keeper_of_one == one:
                self._count(one, keeper_of_two)
            if keeper_of_two == two:
                self._count(two, keeper_of_one)
            self._join_if_star(keeper_of_one, keeper_of_two)

    def _count(self, keeper: int, other: int) -> None:
        self._spokes[keeper, other] += 1
        self._reached_by[other].add(keeper)

    def _join_if_star(self, one: int, two: int) -> None:
        better, worse = (one, two) if self._ranks[one] < self._ranks[two] else (two, one)
        joining = self._members.get(worse, [worse])
        if self._spokes.get((better, worse), 0) < len(joining):
            return
        staying = self._members.setdefault(better, [better])
        if any(not self._refused[node].isdisjoint(staying) for node in joining if node in self._refused):
            return
        self._members.pop(worse, None)
        staying.extend(joining)
        for node in joining:
            self._keeper[node] = better
        for reaching in self._reached_by.pop(worse, set()):
            if reaching != better and self._keeper[reaching] == reaching:
                self._spokes[reaching, better] += self._spokes[reaching, worse]
                self._reached_by[better].add(reaching)
