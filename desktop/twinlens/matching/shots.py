"""Which shot a photo is of, where only its relatives know when it was taken.

A copy without metadata may look like an edit of the next frame of a series as well, from a tripod most of all. But it is
surely a copy of one frame, and that one's time says that the other frame is another shot.
"""

import numpy as np

from twinlens.domain.columns import BoolArray, Float64Array, PhotoColumns
from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.matching.exposure import SAME_MOMENT_S, SAME_SECOND_S


def other_shots(
    photos: PhotoColumns,
    node: Int64Array,
    first: Int64Array,
    second: Int64Array,
    class_rank: Int64Array,
    score: Float32Array,
    trusted_score: float,
) -> BoolArray:
    """Whether the times say that an edge ties two shots.

    Args:
        photos: all photos, n rows.
        node: int64 [n], the node of each row; rows of one node are one picture.
        first: int64 [e], one end of each edge, a node.
        second: int64 [e], the other end.
        class_rank: int64 [e], rank of the class; the lower the surer that it is one shot.
        score: float32 [e].
        trusted_score: only edges from this score on lend a time.

    Returns:
        bool [e]. A node without a time has that of its surest neighbour with one. Nothing is said of two cameras.
    """
    taken_s, camera, fine = _times(photos, node)
    known = camera >= 0
    one, two = np.concatenate([first, second]), np.concatenate([second, first])
    rank, sure = np.concatenate([class_rank, class_rank]), np.concatenate([score, score])
    lends = ~known[one] & known[two] & (sure >= trusted_score)
    edges = np.flatnonzero(lends)
    edges = edges[np.lexsort((taken_s[two[edges]], -sure[edges], rank[edges], one[edges]))]
    edges = edges[np.flatnonzero(np.diff(one[edges], prepend=-1))]
    lent = np.zeros(len(known), np.bool_)
    lent[one[edges]] = True
    for times in (taken_s, camera, fine):
        times[one[edges]] = times[two[edges]]
    gap_s = np.abs(taken_s[first] - taken_s[second])  # NaN where one is unknown: never larger
    # Of two that have times of their own verification knew as much.
    alike = (camera[first] == camera[second]) & (camera[first] >= 0) & (lent[first] | lent[second])
    both_fine = fine[first] & fine[second]
    return np.asarray(alike & ((gap_s >= SAME_SECOND_S) | (both_fine & (gap_s > SAME_MOMENT_S))))


def _times(photos: PhotoColumns, node: Int64Array) -> tuple[Float64Array, Int64Array, BoolArray]:
    """Time, camera (-1 for none) and whether the time has sub-seconds, of each node: of its first row that has a time."""
    count = int(node.max(initial=-1)) + 1
    taken_s, camera = np.full(count, np.nan), np.full(count, -1, np.int64)
    fine = np.zeros(count, np.bool_)
    timed = np.flatnonzero(~np.isnan(photos.taken_s) & (photos.camera_key >= 0))[::-1]  # the first row is written last
    taken_s[node[timed]] = photos.taken_s[timed]
    camera[node[timed]] = photos.camera_key[timed]
    fine[node[timed]] = photos.has_subseconds[timed]
    return taken_s, camera, fine
