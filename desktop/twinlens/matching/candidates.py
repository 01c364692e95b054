"""Candidates: the pairs worth verifying, by union of cheap channels."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from twinlens.domain.columns import FingerprintColumns, HistogramArray, Int8Array
from twinlens.domain.fingerprint import HISTOGRAM_BINS, Float32Array, Int64Array, UInt8Array, UInt64Array
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import ORIENTATIONS, Transform

HASH_RADIUS_BITS = 12  # turned, resized and re-encoded copies stay below; strangers lie at 32 with a deviation of 4
COSINE_FLOOR = (
    0.72  # of embeddings: strong edits go down to it; what verification then refuses costs a few milliseconds
)
COPY_FLOOR = 0.60  # of copy vectors: edits of the tune half stay above it, save screenshots of a photo
HASHES_TO_THE_SAME = 64  # a photo that is near to more than this many (black frames, snow) proposes only the nearest
_AS_NEAR_BITS = 2
_UNLIKE_BITS = 26  # from here on one more says nothing
_BLOCK_PAIRS = 32_768  # pairs compared at once: 256 KB of words, which stay in the processor's cache
_PAIRS_AT_ONCE = 262_144  # in memory before only the nearest of each photo are kept, were all of them near


class Candidate(Struct, frozen=True):
    """A pair worth verifying, ``first`` < ``second``.

    ``hash_distance``: 0 to 64 bits, the best of the eight orientations. ``orientation``: which of the eight gives it,
    so that the second picture looks like ``orientation`` applied to the first. ``histogram_similarity``: 0 to 1.
    ``cosine``: of the copy vectors, or of the embeddings where there are none; None where it was not asked for.
    ``also``: other orientations that give hashes as near: a round moon looks the same turned and mirrored.
    """

    first: PhotoId
    second: PhotoId
    hash_distance: int
    orientation: Transform
    histogram_similarity: float
    cosine: float | None
    also: tuple[Transform, ...] = ()


def likeliness(candidate: Candidate) -> float:
    """How likely a pair is one exposure before anybody looks, on the scale of a cosine: the more the likelier.

    Weights of a logistic regression on copies of the tuning half and strangers that were proposed beside them.
    """
    cosine = candidate.cosine if candidate.cosine is not None else COPY_FLOOR
    bits = min(candidate.hash_distance, _UNLIKE_BITS)
    return cosine + 0.1 * candidate.histogram_similarity - 0.008 * bits


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
    columns = min(_BLOCK_PAIRS, max(1, len(upright)))
    step = max(1, _BLOCK_PAIRS // columns)
    words = np.empty((step, columns), np.uint64)
    bits, best = np.empty(words.shape, np.uint8), np.empty(words.shape, np.uint8)
    found: list[tuple[Int64Array, Int64Array]] = []
    for start in range(0, len(queries), step):
        part = queries[start : start + step]
        for first in range(0, len(upright), columns):
            base = upright[first : first + columns]
            room = (slice(0, len(part)), slice(0, len(base)))
            _least_bits(part, base, words[room], bits[room], best[room])
            near = np.flatnonzero(best[room] <= radius_bits)  # of a flat array: several times as quick
            if len(near):
                query, column = np.divmod(near, len(base))
                found.append((query + start, column + first))
    if not found:
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, np.zeros(0, dtype=np.int8), np.zeros(0, dtype=np.uint8)
    query, row = (np.concatenate(column) for column in zip(*found, strict=True))
    if columns < len(upright):
        order = np.lexsort((row, query))
        query, row = query[order], row[order]
    differing = np.bitwise_count(queries[query] ^ upright[row, None])
    return query, row, differing.argmin(axis=1).astype(np.int8), differing.min(axis=1, initial=64)


def _least_bits(
    queries: UInt64Array, upright: UInt64Array, words: UInt64Array, bits: UInt8Array, best: UInt8Array
) -> None:
    """Write the smallest distance over the eight orientations into ``best`` [m, n]; ``words``, ``bits``: room to work in."""
    for turn in range(queries.shape[1]):
        np.bitwise_xor(queries[:, turn, None], upright, out=words)
        np.bitwise_count(words, out=bits if turn else best)
        if turn:
            np.minimum(best, bits, out=best)


def histogram_similarity(first: HistogramArray, second: HistogramArray) -> Float32Array:
    """Intersection of RGB histograms, averaged over the channels.

    Args:
        first: float [..., 96], every channel of 32 bins summing to 1.
        second: as ``first``; the two broadcast.

    Returns:
        float32 [...], 0 for no colour in common to 1 for the same colours.
    """
    both = np.minimum(first.astype(np.float32, copy=False), second.astype(np.float32, copy=False))
    shared = both.sum(axis=-1) / (first.shape[-1] / HISTOGRAM_BINS)
    return np.asarray(np.clip(shared, 0.0, 1.0), dtype=np.float32)


def candidates(
    new_ids: Sequence[int] | Int64Array,
    columns: FingerprintColumns,
    neighbours: tuple[Int64Array, Float32Array] | None,
    floor: float = COSINE_FLOOR,
    near: Int64Array | None = None,
) -> list[Candidate]:
    """Pairs of a new photo with any photo of the library, near by hash or by embedding; each pair once.

    The histogram is carried along and rejects nothing here: a grayscale or toned copy shares no colour with its original.

    Args:
        new_ids: the m photos to look for; those that are not in ``columns`` are passed over.
        columns: the fingerprints of all photos.
        neighbours: ids int64 [m, k] and cosines float32 [m, k] of the embedding neighbours of ``new_ids``, row by row;
            None without a network. Neighbours that are not in ``columns`` are passed over.
        floor: the least cosine that makes a neighbour a candidate.
        near: what ``near_pairs`` gave for the same photos, where it was found on another thread meanwhile.

    Returns:
        Candidates ordered by first and second id.
    """
    ids = np.asarray(new_ids, dtype=np.int64)
    rows, known = _rows_of(ids, columns)
    pairs = [near_pairs(new_ids, columns) if near is None else near]
    cosine_of: dict[tuple[int, int], float] = {}
    if neighbours is not None and len(ids):
        alike = (neighbours[1] >= floor) & known[:, None]
        pairs.append(_neighbour_pairs(rows, alike, columns, neighbours, cosine_of))
    joined = np.concatenate(pairs)
    low, high = joined.min(axis=1), joined.max(axis=1)
    unique = np.unique(np.stack([low, high], axis=1)[low != high], axis=0)
    return _measured(unique, columns, cosine_of)


def _rows_of(ids: Int64Array, columns: FingerprintColumns) -> tuple[Int64Array, NDArray[np.bool_]]:
    if not len(columns.photo_id):
        return np.zeros(ids.shape, dtype=np.int64), np.zeros(ids.shape, dtype=np.bool_)
    rows = np.minimum(np.searchsorted(columns.photo_id, ids), len(columns.photo_id) - 1)
    return rows.astype(np.int64), columns.photo_id[rows] == ids


def near_pairs(new_ids: Sequence[int] | Int64Array, columns: FingerprintColumns) -> Int64Array:
    """Pairs of rows near by hash, int64 [p, 2], a new photo first; of a photo with crowds of near ones only the nearest, so
    that time stays bounded. Releases the interpreter while it counts.
    """
    rows, known = _rows_of(np.asarray(new_ids, dtype=np.int64), columns)
    rows = rows[known]
    upright = np.ascontiguousarray(columns.perceptual[:, 0])
    kept = [np.zeros((0, 2), np.int64)]
    step = max(1, _PAIRS_AT_ONCE // max(1, len(upright)))
    for start in range(0, len(rows), step):
        part = rows[start : start + step]
        query, base, _, bits = near_hashes(columns.perceptual[part], upright, HASH_RADIUS_BITS)
        apart = part[query] != base
        query, base, bits = query[apart], base[apart], bits[apart]
        order = np.lexsort((base, bits, query))
        query, base = query[order], base[order]
        nearest = np.arange(len(query)) - np.searchsorted(query, query, side="left") < HASHES_TO_THE_SAME
        kept.append(np.stack([part[query[nearest]], base[nearest]], axis=1))
    return np.concatenate(kept)


def _neighbour_pairs(
    rows: Int64Array,
    near: NDArray[np.bool_],
    columns: FingerprintColumns,
    neighbours: tuple[Int64Array, Float32Array],
    cosine_of: dict[tuple[int, int], float],
) -> Int64Array:
    ids, cosines = neighbours
    other, present = _rows_of(ids, columns)
    wanted = near & present
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
    as_near = (bits <= distance[:, None] + _AS_NEAR_BITS) & (distance[:, None] <= HASH_RADIUS_BITS)
    as_near[np.arange(len(turned)), turned] = False
    also = {
        at: tuple(ORIENTATIONS[turn] for turn in np.flatnonzero(as_near[at]).tolist())
        for at in np.flatnonzero(as_near.any(axis=1)).tolist()
    }
    ends = pairs.tolist()
    ids = columns.photo_id[pairs].tolist()
    turns, nearest, colours = turned.tolist(), distance.tolist(), similar.tolist()
    return [
        Candidate(
            ids[at][0],
            ids[at][1],
            nearest[at],
            ORIENTATIONS[turns[at]],
            colours[at],
            cosine_of.get((one, two)),
            also.get(at, ()),
        )
        for at, (one, two) in enumerate(ends)
    ]


def candidates_of_pairs(pairs: Sequence[tuple[PhotoId, PhotoId]], columns: FingerprintColumns) -> list[Candidate]:
    """Candidates for pairs that somebody else proposed; pairs of a photo without fingerprints are left out."""
    if not pairs:
        return []
    rows, known = _rows_of(np.asarray(pairs, dtype=np.int64), columns)
    return _measured(rows[known.all(axis=1)], columns, {})
