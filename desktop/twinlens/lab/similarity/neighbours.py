"""The nearest of each photo by exact cosine, block by block: memory does not grow with the square of the photos."""

from collections.abc import Iterator

import numpy as np

from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.lab.similarity.gathering import Float16Array

QUERIES = 512
ROWS = 4_096  # 20 MB of whole vectors, 8 MB of cosines


def nearest(
    vectors: Float16Array, asked: Int64Array, count: int
) -> Iterator[tuple[Int64Array, Int64Array, Float32Array]]:
    """Block by block: which rows were asked about [q], their ``count`` nearest others [q, k], best first, and the cosines."""
    for start in range(0, len(asked), QUERIES):
        rows = asked[start : start + QUERIES]
        queries = vectors[rows].astype(np.float32)
        best = np.full((len(rows), count), -np.inf, np.float32)
        best_rows = np.full((len(rows), count), -1, np.int64)
        for first in range(0, len(vectors), ROWS):
            cosines = queries @ vectors[first : first + ROWS].astype(np.float32).T
            own = np.flatnonzero((rows >= first) & (rows < first + cosines.shape[1]))
            cosines[own, rows[own] - first] = -np.inf
            best, best_rows = _merged(best, best_rows, cosines, first, count)
        yield rows, best_rows, best


def _merged(
    best: Float32Array, best_rows: Int64Array, cosines: Float32Array, first: int, count: int
) -> tuple[Float32Array, Int64Array]:
    take = min(count, cosines.shape[1])
    place = np.argpartition(-cosines, take - 1, axis=1)[:, :take]
    both = np.concatenate([best, np.take_along_axis(cosines, place, axis=1)], axis=1)
    both_rows = np.concatenate([best_rows, place + first], axis=1)
    order = np.argsort(-both, axis=1, kind="stable")[:, :count]
    return np.take_along_axis(both, order, axis=1), np.take_along_axis(both_rows, order, axis=1)
