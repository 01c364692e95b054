"""The silhouette coefficient under cosine distance, exact and in linear time, and the clustering that it is best for.

P. J. Rousseeuw, "Silhouettes: a graphical aid to the interpretation and validation of cluster analysis", 1987: for each
photo, a is its mean distance to its own cluster, b that to the nearest other cluster, s = (b - a) / max(a, b).
With vectors of unit length the mean cosine to a cluster is one product with the cluster's sum: no pair is looked at.
Clusters come from k-means, which on such vectors looks for directions, in the same geometry as the silhouette; the number of
clusters is that with the highest mean silhouette.
"""

import numpy as np
from msgspec import Struct

from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.lab.similarity.gathering import Float16Array
from twinlens.lab.workbench import Workbench

ROWS = 4_096
NUMBERS = (2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128, 160, 200)
PHOTOS_A_CLUSTER = 3  # fewer clusters than a third of the photos: else every burst is a perfect cluster
LEARNT_FROM = 10_000
_TURNS, _STARTS, _SEED = 30, 3, 1


class Clustering(Struct, frozen=True):
    """``labels`` [n] and the mean silhouette for each number of clusters that was tried."""

    labels: Int64Array
    tried: tuple[tuple[int, float], ...]


def silhouettes(vectors: Float16Array, labels: Int64Array) -> Float32Array:
    """One coefficient, -1 to 1, for each photo [n]; 0 for the only one of its cluster. Labels are 0 ... c - 1, none empty."""
    count = int(labels.max()) + 1
    sizes = np.bincount(labels, minlength=count).astype(np.float32)
    sums = np.zeros((count, vectors.shape[1]), np.float32)
    for start in range(0, len(vectors), ROWS):
        np.add.at(sums, labels[start : start + ROWS], vectors[start : start + ROWS].astype(np.float32))
    found = np.zeros(len(vectors), np.float32)
    for start in range(0, len(vectors), ROWS):
        part = vectors[start : start + ROWS].astype(np.float32)
        own = labels[start : start + ROWS]
        at = np.arange(len(part))
        totals = part @ sums.T
        lengths = np.einsum("ij,ij->i", part, part)
        alone = sizes[own] == 1
        inside = 1 - (totals[at, own] - lengths) / np.maximum(sizes[own] - 1, 1)
        outside = 1 - totals / sizes
        outside[at, own] = np.inf
        nearest = outside.min(axis=1)
        found[start : start + ROWS] = np.where(
            alone, 0, (nearest - inside) / np.maximum(np.maximum(inside, nearest), 1e-9)
        )
    return found


def clustered(bench: Workbench, vectors: Float16Array, wanted: int) -> Clustering:
    """Clusters of all photos: ``wanted`` of them, or with 0 as many as part best."""
    import cv2

    from twinlens.index.projection import fair_sample, learn

    learnt = vectors[fair_sample(np.arange(len(vectors)))].astype(np.float32)
    projection = learn(learnt, len(vectors))
    short = np.concatenate(
        [projection.project(vectors[start : start + ROWS].astype(np.float32)) for start in range(0, len(vectors), ROWS)]
    )
    some = np.linspace(0, len(vectors) - 1, min(len(vectors), LEARNT_FROM)).astype(np.int64)
    most = max(2, len(some) // PHOTOS_A_CLUSTER)
    numbers = [min(wanted, len(vectors) - 1)] if wanted > 1 else [number for number in NUMBERS if number <= most]
    tried: list[tuple[int, float]] = []
    best, centres = -2.0, short[:1]
    for step, number in enumerate(numbers):
        bench.step("Clustering", step, len(numbers))
        cv2.setRNGSeed(_SEED)
        criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, _TURNS, 1e-4)
        _, labels, found = cv2.kmeans(short[some], number, None, criteria, _STARTS, cv2.KMEANS_PP_CENTERS)  # type: ignore[call-overload]
        score = float(silhouettes(vectors[some], _closed_up(labels[:, 0].astype(np.int64))).mean())
        tried.append((number, score))
        if score > best:
            best, centres = score, found
    return Clustering(_closed_up(_nearest_centre(short, centres)), tuple(tried))


def _nearest_centre(vectors: Float32Array, centres: Float32Array) -> Int64Array:
    lengths = np.einsum("ij,ij->i", centres, centres) / 2
    return np.asarray(np.argmax(vectors @ centres.T - lengths, axis=1), np.int64)


def _closed_up(labels: Int64Array) -> Int64Array:
    """Without numbers that nobody has."""
    return np.asarray(np.unique(labels, return_inverse=True)[1], np.int64).reshape(-1)
