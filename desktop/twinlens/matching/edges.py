"""Edges between the nodes of a class: the best relation of each pair, and how sure it counts among all of them."""

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from twinlens.domain.columns import BoolArray
from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.matching.ordering import surest_first
from twinlens.matching.representatives import nearest_representative

TRUSTED_SCORE = 0.75  # what belongs together is told with this, wherever the slider stands


class Edges(Struct, frozen=True):
    """The best relation of each pair of nodes, from the surest to the weakest: its ends, the better first, its row in the
    relations, and its score.
    """

    first: Int64Array
    second: Int64Array
    row: Int64Array
    score: Float32Array

    def __len__(self) -> int:
        return len(self.row)

    def above(self, score: float) -> "Edges":
        """Those of at least this score."""
        end = int(np.searchsorted(-self.score, -np.float32(score), side="right"))
        return self.taken(slice(end))

    def taken(self, wanted: BoolArray | Int64Array | slice) -> "Edges":
        """A part of them, or all in another order."""
        return Edges(self.first[wanted], self.second[wanted], self.row[wanted], self.score[wanted])

    def scored(self, score: Float32Array) -> "Edges":
        """The same, surest first, with these scores."""
        order = surest_first(score)
        return replace(self.taken(order), score=score[order])


def led(edges: Edges, count: int) -> Float32Array:
    """How sure each edge is, float32 [e], where one between the realms of two representatives counts as not quite trusted.

    Where the slider stands lower all edges may tie, where it stands higher only those within a realm. So the groups that are
    shown unasked are those around the best representatives, and sliders only part or join them.
    """
    sure = edges.score >= TRUSTED_SCORE
    leader = nearest_representative(count, edges.first[sure], edges.second[sure], edges.score[sure])
    score = edges.score.copy()
    across = leader[edges.first] != leader[edges.second]
    score[sure & across] = np.nextafter(np.float32(TRUSTED_SCORE), np.float32(0))
    return score
