"""The index of large libraries: short projected vectors in memory propose, exact cosines decide."""

from collections.abc import Callable, Iterator
from typing import Self

import numpy as np

from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.index.exact import check_queries, check_vectors
from twinlens.index.projection import Projection
from twinlens.index.rows import Rows

VectorSource = Callable[[Int64Array], tuple[Int64Array, Float32Array]]

_PROPOSED = 3  # times as many as are wanted
_PROPOSED_MORE = 32
_MARGIN = 0.05  # projected cosines of near pairs are nearly always the higher ones
_READ_AT_ONCE = 2_048  # full vectors in memory at once: 10 MB


class ProjectedIndex:
    """A ``VectorIndex`` that keeps a fifth of each vector. ``exact_vectors`` gives the full ones of photo ids that are
    stored (ids ascending, rows [n, d] of unit length); it is called by the thread that searches.
    """

    def __init__(self, projection: Projection, exact_vectors: VectorSource) -> None:
        self.projection = projection
        self._exact_vectors = exact_vectors
        self._rows = Rows(projection.basis.shape[1])

    @classmethod
    def restored(
        cls, projection: Projection, exact_vectors: VectorSource, blocks: Iterator[tuple[Int64Array, Float32Array]]
    ) -> Self:
        """An index of rows that ``live_blocks`` gave."""
        index = cls(projection, exact_vectors)
        for ids, rows in blocks:
            index._rows.put(ids, rows)
        return index

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, photo_id: int) -> bool:
        return photo_id in self._rows

    def ids(self) -> Int64Array:
        """The photos that have a vector, ascending."""
        return self._rows.ids()

    def add(self, photo_ids: Int64Array, vectors: Float32Array) -> None:
        """Add vectors [n, d], or replace those of ids already there; raises ValueError for a wrong shape."""
        check_vectors(photo_ids, vectors, self.projection.dimension)
        self._rows.put(photo_ids, self.projection.project(vectors))

    def remove(self, photo_ids: Int64Array) -> None:
        """Forget these ids; ids that are not there are passed over."""
        self._rows.remove(photo_ids)

    def live_blocks(self) -> Iterator[tuple[Int64Array, Float32Array]]:
        """Ids and projected rows, block by block; may be read while others search and add."""
        return self._rows.live_blocks()

    def search(self, vectors: Float32Array, limit: int, at_least: float = -1.0) -> tuple[Int64Array, Float32Array]:
        """The ``limit`` best for each of q vectors: ids [q, k] and cosines [q, k], best first, k = min(limit, n).

        Cosines that do not come near ``at_least`` are estimates below it; all others are exact.
        """
        check_queries(vectors, self.projection.dimension)
        wanted = max(0, min(limit, len(self)))
        proposed = max(_PROPOSED * wanted, wanted + _PROPOSED_MORE) if wanted else 0
        ids, estimates = self._rows.nearest(self.projection.project(vectors), proposed)
        cosines = self._measured(vectors, ids, estimates, at_least)
        best = np.argsort(-cosines, axis=1, kind="stable")[:, :wanted]
        return np.take_along_axis(ids, best, axis=1), np.take_along_axis(cosines, best, axis=1)

    def _measured(
        self, vectors: Float32Array, ids: Int64Array, estimates: Float32Array, at_least: float
    ) -> Float32Array:
        """The estimates with exact cosines in the places of those that may matter."""
        matter = estimates >= at_least - _MARGIN
        cosines = estimates.copy()
        needed = np.unique(ids[matter])
        for start in range(0, len(needed), _READ_AT_ONCE):
            found, full = self._exact_vectors(needed[start : start + _READ_AT_ONCE])
            if not len(found):
                continue  # they have left the catalog this moment
            column = np.minimum(np.searchsorted(found, ids), len(found) - 1)
            query, place = np.nonzero(matter & (found[column] == ids))
            asking, row = np.unique(query, return_inverse=True)
            products = vectors[asking] @ full.T
            cosines[query, place] = products[row, column[query, place]]
        return np.clip(cosines, -1, 1).astype(np.float32)
