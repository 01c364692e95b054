"""Candidates: the pairs worth verifying, by union of cheap channels."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twinlens.domain.columns import FingerprintColumns, Int8Array
from twinlens.domain.fingerprint import HISTOGRAM_BINS, Float32Array, Int64Array, UInt8Array, UInt64Array
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import ORIENTATIONS, Transform

HASH_RADIUS_BITS = 12  # turned, resized and re-encoded copies stay below; strangers lie at 32 with a deviation of 4
COSINE_FLOOR = 0.72  # strong edits go down to it; what verification then refuses costs a few milliseconds
HASHES_TO_THE_SAME = 64  # a photo that is near to more than this many (black frames, snow) proposes only the nearest
_BLOCK_PAIRS = 4_000_000  # pairs compared at once: 32 MB of 64-bit words


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair worth verifying, ``first`` < ``second``.

    ``hash_distance``: 0 to 64 bits, the best of the eight orientations. ``orientation``: which of the eight gives it,
    so that the second picture looks like ``orientation`` applied to the first. ``histogram_similarity``: 0 to 1.
    ``cosine``: of the embeddings, None where it was not asked for.
    """

    first: PhotoId
    second: PhotoId
    hash_distance: int
    orientation: Transform
    histogram_similarity: float
    cosine: float | None


def near_hashes(
    queries: UInt64Array, upright: UInt64Array, radius_bits: int
) -> tuple[Int64Array, Int64Array, Int8Array, UInt8Array]:
    """All pairs of a query and an upright hash that differ in at most ``radius_bits`` bits in some orientation.

    Args:
        queries: uint64 [m, 8], the hashes of the eight orientations of m pictures.
        upright: uint64 [n], the upright hashes of the pictures searched.
        radius_bits: 0 to 64.

    Returns:
        Row in ``queries`` (int64), row in ``upright`` (int64), the orientation that gives the smallest distance (int8,
        the first of equals) and that distance (uint8). Each pair occurs once, ordered by query, then by base.
    """
    block = max(1, _BLOCK_PAIRS // max(1, len(upright)))
    found: list[tuple[Int64Array, Int64Array, Int8Array, UInt8Array]] = []
    for start in range(0, len(queries), block):
        part = queries[start : start + block]
        best, orientation = _best_orientation(part, upright)
        query, base = np.nonzero(best <= radius_bits)
        found.append((query + start, base, orientation[query, base], best[query, base]))
    if not found:
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, np.zeros(0, dtype=np.int8), np.zeros(0, dtype=np.uint8)
    query, base, turned, bits = (np.concatenate(column) for column in zip(*found, strict=True))
    return query.astype(np.int64), base.astype(np.int64), turned.astype(np.int8), bits.astype(np.uint8)


def _best_orientation(queries: UInt64Array, upright: UInt64Array) -> tuple[UInt8Array, Int8Array]:
    """Smallest distance over the eight orientations [m, n] and which one gives it."""
    best = np.bitwise_count(queries[:, 0, None] ^ upright[None, :])
    orientation = np.zeros(best.shape, dtype=np.int8)
    for turn in range(1, queries.shape[1]):
        bits = np.bitwise_count(queries[:, turn, None] ^ upright[None, :])
        nearer = bits < best
        np.copyto(best, bits, where=nearer)
        np.copyto(orientation, np.int8(turn), where=nearer)
    return best, orientation


def histogram_similarity(first: Float32Array, second: Float32Array) -> Float32Array:
    """Intersection of RGB histograms, averaged over the channels.

    Args:
        first: float32 [..., 96], every channel of 32 bins summing to 1.
        second: as ``first``; the two broadcast.

    Returns:
        float32 [...], 0 for no colour in common to 1 for the same colours.
    """
    shared = np.minimum(first, second).sum(axis=-1) / (first.shape[-1] / HISTOGRAM_BINS)
    return np.asarray(np.clip(shared, 0.0, 1.0), dtype=np.float32)


def candidates(
    new_ids: Sequence[int] | Int64Array,
    columns: FingerprintColumns,
    neighbours: tuple[Int64Array, Float32Array] | None,
) -> list[Candidate]:
    """Pairs of a new photo with any photo of the library, near by hash or by embedding; each pair once.

    The histogram is carried along and rejects nothing here: a grayscale or toned copy shares no colour with its original.

    Args:
        new_ids: the m photos to look for; those that are not in ``columns`` are passed over.
        columns: the fingerprints of all photos.
        neighbours: ids int64 [m, k] and cosines float32 [m, k] of the embedding neighbours of ``new_ids``, row by row;
            None without a network. Neighbours that are not in ``columns`` are passed over.

    Returns:
        Candidates ordered by first and second id.
    """
    ids = np.asarray(new_ids, dtype=np.int64)
    rows, known = _rows_of(ids, columns)
    pairs = [_near_pairs(rows[known], columns)]
    cosine_of: dict[tuple[int, int], float] = {}
    if neighbours is not None and len(ids):
        pairs.append(_neighbour_pairs(rows, known, columns, neighbours, cosine_of))
    joined = np.concatenate(pairs)
    low, high = joined.min(axis=1), joined.max(axis=1)
    unique = np.unique(np.stack([low, high], axis=1)[low != high], axis=0)
    return _measured(unique, columns, cosine_of)


def _rows_of(ids: Int64Array, columns: FingerprintColumns) -> tuple[Int64Array, NDArray[np.bool_]]:
    if not len(columns.photo_id):
        return np.zeros(ids.shape, dtype=np.int64), np.zeros(ids.shape, dtype=np.bool_)
    rows = np.minimum(np.searchsorted(columns.photo_id, ids), len(columns.photo_id) - 1)
    return rows.astype(np.int64), columns.photo_id[rows] == ids


def _near_pairs(rows: Int64Array, columns: FingerprintColumns) -> Int64Array:
    """Pairs of rows near by hash; of a photo with crowds of near ones only the nearest, so that time stays bounded."""
    query, base, _, bits = near_hashes(columns.perceptual[rows], columns.perceptual[:, 0], HASH_RADIUS_BITS)
    apart = rows[query] != base
    query, base, bits = query[apart], base[apart], bits[apart]
    order = np.lexsort((base, bits, query))
    query, base = query[order], base[order]
    starts = np.searchsorted(query, query, side="left")
    kept = np.arange(len(query)) - starts < HASHES_TO_THE_SAME
    return np.stack([rows[query[kept]], base[kept]], axis=1).reshape(-1, 2)


def _neighbour_pairs(
    rows: Int64Array,
    known: NDArray[np.bool_],
    columns: FingerprintColumns,
    neighbours: tuple[Int64Array, Float32Array],
    cosine_of: dict[tuple[int, int], float],
) -> Int64Array:
    ids, cosines = neighbours
    other, present = _rows_of(ids, columns)
    wanted = (cosines >= COSINE_FLOOR) & present & known[:, None]
    mine = np.broadcast_to(rows[:, None], other.shape)[wanted]
    pairs = np.stack([mine, other[wanted]], axis=1).reshape(-1, 2)
    for (one, two), cosine in zip(pairs.tolist(), cosines[wanted].tolist(), strict=True):
        cosine_of[min(one, two), max(one, two)] = cosine
    return pairs


def _measured(
    pairs: Int64Array, columns: FingerprintColumns, cosine_of: dict[tuple[int, int], float]
) -> list[Candidate]:
    first, second = pairs[:, 0], pairs[:, 1]
    bits = np.bitwise_count(columns.perceptual[first] ^ columns.perceptual[second, :1])
    turned = bits.argmin(axis=1)
    distance = bits.min(axis=1, initial=64)
    similar = histogram_similarity(columns.histogram[first], columns.histogram[second])
    return [
        Candidate(
            PhotoId(int(columns.photo_id[one])),
            PhotoId(int(columns.photo_id[two])),
            int(distance[at]),
            ORIENTATIONS[int(turned[at])],
            float(similar[at]),
            cosine_of.get((int(one), int(two))),
        )
        for at, (one, two) in enumerate(pairs.tolist())
    ]


def candidates_of_pairs(pairs: Sequence[tuple[PhotoId, PhotoId]], columns: FingerprintColumns) -> list[Candidate]:
    """Candidates for pairs that somebody else proposed; pairs of a photo without fingerprints are left out."""
    if not pairs:
        return []
    rows, known = _rows_of(np.asarray(pairs, dtype=np.int64), columns)
    return _measured(rows[known.all(axis=1)], columns, {})
