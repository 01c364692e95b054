"""Faces of the frames of a group: how sharp they are, and whose eyes are open in one frame and closed in another."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.domain.measures import EYES_UNKNOWN, STEPS_A_DOUBLING

SURELY_OPEN, SURELY_CLOSED = 125, 75  # of 254; what lies between is nobody's verdict
CLOSED = 0.5  # of score for each face with closed eyes, as a part of the faces found
LOST = 0.25  # of score for a frame in which not all faces are found
MOST_FRAMES_HAVE = 0.6  # of the frames show a face before faces are what is compared


class FaceScores(Struct, frozen=True):
    """float32 [n] each. ``sharp``: as of the subject, NaN where the group is not about faces. ``penalty``: what eyes and
    missing faces cost.
    """

    sharp: Float32Array
    penalty: Float32Array
    found: Float32Array
    open: Float32Array
    closed: Float32Array


def face_scores(faces: NDArray[np.void], starts: Int64Array) -> FaceScores:
    """Compare the faces [n, ``MOST_FACES``] of frames of several groups, each within its group."""
    there = faces["side"] > 0
    found = there.sum(axis=1)
    told = there & (faces["open"] != EYES_UNKNOWN)
    is_open = (told & (faces["open"] >= SURELY_OPEN)).sum(axis=1)
    is_closed = (told & (faces["open"] <= SURELY_CLOSED)).sum(axis=1)
    lengths = np.diff(starts)
    first = starts[:-1]

    def of_group(values: NDArray[np.generic]) -> NDArray[np.float64]:
        return np.repeat(values, lengths).astype(np.float64)

    most = of_group(np.maximum.reduceat(found, first))
    most_open = of_group(np.maximum.reduceat(is_open, first))
    share = of_group(np.add.reduceat((found > 0).astype(np.float64), first) / lengths)
    about_faces = share >= MOST_FRAMES_HAVE
    # Eyes closed in every frame are an expression, or a mistake of ours; only what another frame does better counts.
    closed = np.where(about_faces, np.minimum(is_closed, np.maximum(most_open - is_open, 0)), 0)
    size = np.where(there, faces["side"].astype(np.float64) ** 2, 0)
    decoded = np.log2(np.maximum(np.exp2(faces["sharp"].astype(np.float64) / STEPS_A_DOUBLING) - 1, 0.25))
    sharp = (size * decoded).sum(axis=1) / np.maximum(size.sum(axis=1), 1)
    all_have = of_group(np.minimum.reduceat(found, first)) > 0
    penalty = CLOSED * closed / np.maximum(most, 1) + LOST * (1 - found / np.maximum(most, 1)) * about_faces
    return FaceScores(
        np.where(all_have, sharp, np.nan).astype(np.float32),
        penalty.astype(np.float32),
        found.astype(np.float32),
        np.where(about_faces, is_open, 0).astype(np.float32),
        closed.astype(np.float32),
    )
