"""Bursts: exposures of one camera within seconds that show the same scene."""

import numpy as np

from twinlens.domain.columns import Float64Array, Int32Array
from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import PhotoClass, Relation

REACH_S = 60.0  # the time slider's upper end
REACH_FRAMES = 32  # a frame is compared with this many that follow it
LOWEST_SCORE = 0.5


def burst_score(cosine: Float32Array) -> Float32Array:
    """How sure it is that two exposures seconds apart show one scene: 0.75 at a cosine of 0.60, 0.5 at 0.45.

    A logistic of the cosine: time has done most of the work already, so that the embedding needs only to refuse the
    photographer who has turned round.
    """
    return np.asarray(1.0 / (1.0 + np.exp(-7.324 * (np.asarray(cosine, dtype=np.float64) - 0.45))), dtype=np.float32)


def burst_relations(
    photo_ids: Int64Array, taken_s: Float64Array, camera_key: Int32Array, vectors: Float32Array
) -> list[Relation]:
    """Relations of the class ``burst`` between exposures at most 60 s and 32 frames apart.

    Args:
        photo_ids: int64 [n]; rows sorted by camera, then time.
        taken_s: float64 [n], seconds; rows with NaN take part in nothing.
        camera_key: int32 [n], -1 for an unknown camera, which takes part in nothing.
        vectors: float32 [n, d], L2-normalised embeddings.

    Returns:
        Relations with score and ``gap_s``, weakest score 0.5, ordered by distance in frames, then by row.
    """
    found: list[Relation] = []
    for step in range(1, min(REACH_FRAMES, len(photo_ids) - 1) + 1):
        gap = taken_s[step:] - taken_s[:-step]
        near = (gap >= 0) & (gap <= REACH_S) & (camera_key[step:] == camera_key[:-step]) & (camera_key[step:] >= 0)
        rows = np.nonzero(near)[0]
        if not len(rows):
            break  # sorted rows: what no frame reaches in k steps, none reaches in k + 1
        score = burst_score(np.einsum("ij,ij->i", vectors[rows], vectors[rows + step]))
        for row, value in zip(rows.tolist(), score.tolist(), strict=True):
            if value >= LOWEST_SCORE:
                first, second = sorted((int(photo_ids[row]), int(photo_ids[row + step])))
                found.append(
                    Relation(
                        PhotoId(first), PhotoId(second), PhotoClass.BURST, min(value, 0.999), gap_s=float(gap[row])
                    )
                )
    return found
