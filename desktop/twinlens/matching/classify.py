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
HIGHEST_SCORE = 0.999  # 1 is for identical ones
SHAPE_TOLERANCE = 0.006

_TEXTURE_LEVELS = 5.0  # below it a picture carries too little to prove that two files are one exposure
_DETAIL_LEVELS = 1.5
_FEWEST_BLOCKS = 24


def same_shot_score(found: Agreement) -> float:
    """0 to 1, how sure it is that only the encoding differs. Pictures without structure never get a score."""
    if found.texture_levels < _TEXTURE_LEVELS or found.detail_levels < _DETAIL_LEVELS:
        return 0.0
    return _score(
        max(
            found.shift_px / 0.25,
            abs(found.gain - 1) / 0.03,
            abs(found.offset_levels) / 1.2,
            abs(found.softening) / 0.15,
            found.error_levels / 2.5,
            found.patch_levels / 6.0,
            found.colour_levels / 9.0,
            found.worst_block / 1.8,
            (1 - found.correlation) / 0.03,
        )
    )


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
