"""The exact index: every vector in full. The reference, and the right choice for small libraries."""

import numpy as np

from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.index.rows import Rows


def check_vectors(photo_ids: Int64Array, vectors: Float32Array, dimension: int) -> None:
    """Raise ValueError unless ``vectors`` are [n, dimension] for n ids."""
    if vectors.shape != (len(photo_ids), dimension):
        raise ValueError(f"expected vectors {(len(photo_ids), dimension)}, got {vectors.shape}")


def check_queries(vectors: Float32Array, dimension: int) -> None:
    """Raise ValueError unless ``vectors`` are [q, dimension]."""
    if vectors.ndim != 2 or vectors.shape[1] != dimension:
        raise ValueError(f"expected queries [q, {dimension}], got {vectors.shape}")


class ExactIndex:
    """A ``VectorIndex`` that compares with every vector."""

    def __init__(self, dimension: int) -> None:
        self._rows = Rows(dimension)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, photo_id: int) -> bool:
        return photo_id in self._rows

    def ids(self) -> Int64Array:
        """The photos that have a vector, ascending."""
        return self._rows.ids()

    def add(self, photo_ids: Int64Array, vectors: Float32Array) -> None:
        """Add vectors [n, d], or replace those of ids already there; raises ValueError for a wrong shape."""
        check_vectors(photo_ids, vectors, self._rows.width)
        self._rows.put(photo_ids, vectors)

    def remove(self, photo_ids: Int64Array) -> None:
        """Forget these ids; ids that are not there are passed over."""
        self._rows.remove(photo_ids)

    def search(self, vectors: Float32Array, limit: int, at_least: float = -1.0) -> tuple[Int64Array, Float32Array]:
        """The ``limit`` best for each of q vectors: ids [q, k] and cosines [q, k], best first, k = min(limit, n)."""
        check_queries(vectors, self._rows.width)
        ids, cosines = self._rows.nearest(vectors, limit)
        return ids, np.clip(cosines, -1, 1)
