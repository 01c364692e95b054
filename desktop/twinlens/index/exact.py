"""The exact index: a blocked matrix product. The reference, and the right choice for small libraries."""

import numpy as np

from twinlens.domain.fingerprint import Float32Array, Int64Array

_BLOCK_CELLS = 8_000_000


def check_vectors(photo_ids: Int64Array, vectors: Float32Array, dimension: int) -> None:
    """Raise ValueError unless ``vectors`` are [n, dimension] for n ids."""
    if vectors.shape != (len(photo_ids), dimension):
        raise ValueError(f"expected vectors {(len(photo_ids), dimension)}, got {vectors.shape}")


def best_rows(base: Float32Array, queries: Float32Array, limit: int) -> tuple[Int64Array, Float32Array]:
    """Rows [q, k] of ``base`` with the highest inner product, best first, and the products clipped to -1 to 1."""
    limit = min(limit, len(base))
    rows = np.empty((len(queries), limit), np.int64)
    cosines = np.empty((len(queries), limit), np.float32)
    step = max(1, _BLOCK_CELLS // max(1, len(base)))
    for start in range(0, len(queries) if limit else 0, step):
        part = slice(start, start + step)
        products = queries[part] @ base.T
        top = np.argpartition(-products, limit - 1, axis=1)[:, :limit]
        found = np.take_along_axis(products, top, axis=1)
        order = np.argsort(-found, axis=1, kind="stable")
        rows[part] = np.take_along_axis(top, order, axis=1)
        cosines[part] = np.clip(np.take_along_axis(found, order, axis=1), -1, 1)
    return rows, cosines


class ExactIndex:
    """A ``VectorIndex`` that compares with every vector. Rows are kept dense: a removed one is filled by the last."""

    def __init__(self, dimension: int) -> None:
        self._dimension = dimension
        self._vectors = np.empty((64, dimension), np.float32)
        self._ids = np.empty(64, np.int64)
        self._rows: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, photo_id: int) -> bool:
        return photo_id in self._rows

    def add(self, photo_ids: Int64Array, vectors: Float32Array) -> None:
        """Add vectors [n, d], or replace those of ids already there; raises ValueError for a wrong shape."""
        check_vectors(photo_ids, vectors, self._dimension)
        self._reserve(len(self) + len(photo_ids))
        for photo_id, vector in zip(photo_ids.tolist(), vectors, strict=True):
            row = self._rows.setdefault(photo_id, len(self._rows))
            self._ids[row], self._vectors[row] = photo_id, vector

    def remove(self, photo_ids: Int64Array) -> None:
        """Forget these ids; ids that are not there are passed over."""
        for photo_id in photo_ids.tolist():
            row = self._rows.pop(photo_id, None)
            last = len(self._rows)
            if row is not None and row != last:
                self._ids[row], self._vectors[row] = self._ids[last], self._vectors[last]
                self._rows[int(self._ids[row])] = row

    def search(self, vectors: Float32Array, limit: int) -> tuple[Int64Array, Float32Array]:
        """The ``limit`` best for each of q vectors: ids [q, k] and cosines [q, k], best first, k = min(limit, n)."""
        if vectors.ndim != 2 or vectors.shape[1] != self._dimension:
            raise ValueError(f"expected queries [q, {self._dimension}], got {vectors.shape}")
        rows, cosines = best_rows(self._vectors[: len(self)], vectors, max(0, limit))
        return self._ids[rows], cosines

    def _reserve(self, count: int) -> None:
        if count > len(self._ids):
            size = max(count, 2 * len(self._ids))
            self._ids = np.concatenate([self._ids, np.empty(size - len(self._ids), np.int64)])
            room = np.empty((size, self._dimension), np.float32)
            room[: len(self)] = self._vectors[: len(self)]
            self._vectors = room
