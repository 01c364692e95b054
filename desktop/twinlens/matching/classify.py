"""From measurements to a class and a score. The limits of
same-shot were read off the tuning half of photos with known truth; those of edited are a first, cautious choice.

A score is a falling function of the worst ratio of a measurement to its limit: 1 for perfect agreement, 0.75 exactly at
the limits (the default cut), 0.5 at 1.73 times the limits, below which nothing is stored.
"""

import numpy as np
from numpy.typing import NDArray

from twinlens.domain.relation import Transform
from twinlens.matching.alignment import Overlay, turn_degrees
from twinlens.matching.registration import Agreement

LOWEST_SCORE = 0.5
TRUSTED_SCORE = 0.75  # the default cut of the similarity slider
HIGHEST_SCORE = 0.999  # 1 is for identical ones
SHAPE_TOLERANCE = 0.006

_TEXTURE_LEVELS = 5.0  # below it a picture carries too little to prove that two files are one exposure
_DETAIL_LEVELS = 1.5
_FEWEST_BLOCKS = 24


def same_shot_score(found: Agreement) -> float:
    """0 to 1, how sure it is that only the encoding differs. Pictures without structure never get a score."""
    if found.texture_levels < _TEXTURE_LEVELS or found.detail_levels < _DETAIL_LEVELS:
        return 0.0
    ratios = np.abs(
        [
            found.shift_px / 0.68,
            (found.gain - 1) / 0.025,
            found.offset_levels / 1.7,
            found.softening / 0.14,
            found.error_levels / 3.2,
            found.patch_levels / 9.5,
            found.colour_levels / 10.5,
            found.worst_block / 2.3,
            (1 - found.correlation) / 0.042,
        ]
    )
    # Hardly more than the largest, but two that are near their limits count more than one.
    return _score(float((ratios**8).sum() ** 0.125))


def edited_score(found: Overlay) -> float:
    """0 to 1, how sure it is that an edit of one exposure explains the pair."""
    if found.blocks < _FEWEST_BLOCKS or found.coverage < 0.2:
        return 0.0
    return _score(max((1 - found.typical) / 0.05, (1 - found.weak) / 0.10, (1 - found.good_share) / 0.25))


def _score(ratio: float) -> float:
    return min(HIGHEST_SCORE, 1.0 / (1.0 + ratio * ratio / 3.0))


def edit_transform(matrix: NDArray[np.float64], found: Overlay, turned: Transform, bordered: bool) -> Transform:
    """What the edit did: one thing by name, several as ``mixed``."""
    parts: list[Transform] = []
    if turned is not Transform.NONE:
        parts.append(turned)
    if abs(turn_degrees(matrix)) > 0.4:
        parts.append(Transform.TURNED_SLIGHTLY)
    if found.coverage < 0.97:
        parts.append(Transform.BORDERED if bordered else Transform.CROPPED)
    if not parts:
        return Transform.TONED
    return parts[0] if len(parts) == 1 else Transform.MIXED
