"""From measurements to a class and a score. All limits were read off the tuning half of photos with known truth.

A score is a falling function of the worst ratio of a measurement to its limit: 1 for perfect agreement, 0.75 exactly at
the limits (the default cut), 0.5 at 1.73 times the limits, below which nothing is stored.
"""

import numpy as np

from twinlens.domain.relation import Transform
from twinlens.matching.alignment import turn_degrees
from twinlens.matching.laying import Laid
from twinlens.matching.registration import Agreement

LOWEST_SCORE = 0.5
TRUSTED_SCORE = 0.75  # the default cut of the similarity slider
HIGHEST_SCORE = 0.999  # 1 is for identical ones
SHAPE_TOLERANCE = 0.006
BORDER_SHARE = 0.03  # of the area; a trimmed sky is trimmed in both

_TEXTURE_LEVELS = 5.0  # below it a picture carries too little to prove that two files are one exposure
_DETAIL_LEVELS = 1.5
_FEWEST_BLOCKS = 20
_IN_PLACE_PX = 2.5  # of 256: less is no crop that anybody would make
_HARDLY_MOVED_PX = 5.0  # a lens that is refocused shows that much more or less
_STRETCHED = 1.02
_TURNED_DEGREES = 0.4
_STRIKING = 4.0  # a block this far off shows something else


def same_shot_score(found: Agreement) -> float:
    """0 to 1, how sure it is that only the encoding differs. Pictures without structure never get a score."""
    if found.texture_levels < _TEXTURE_LEVELS or found.detail_levels < _DETAIL_LEVELS:
        return 0.0
    ratios = np.abs(
        [
            found.shift_px / 0.68,
            (found.gain - 1) / 0.025,
            found.offset_levels / 2.2,
            found.softening / 0.14,
            found.error_levels / 3.7,
            found.patch_levels / 9.5,
            found.colour_levels / 10.5,
            found.worst_block / 2.3,
            (1 - found.correlation) / 0.042,
        ]
    )
    # Hardly more than the largest, but two that are near their limits count more than one.
    return _score(float((ratios**8).sum() ** 0.125))


def edited_score(laid: Laid) -> float:
    """0 to 1, how sure it is that an edit of one exposure explains the pair."""
    found, left = laid.found, laid.left
    if found.blocks < _FEWEST_BLOCKS or found.coverage < 0.2:
        return 0.0
    ratio = max(
        (1 - found.typical) / 0.10, found.moved_px / 0.70, found.drift_px / 0.62, left.half / 1.3, left.most / 1.4
    )
    bordered = laid.border_share > BORDER_SHARE
    if laid.strayed_px < _HARDLY_MOVED_PX and not bordered and left.worst < _STRIKING and _is_unexplained(laid):
        ratio = max(ratio, left.most / 0.5)
    if laid.strayed_px > _IN_PLACE_PX or bordered:
        return _score(max(ratio, left.nearly / 3.2))
    # Both show the same frame: so do two exposures from a tripod, and a text is only told from a guest by what else changed.
    return _score(max(ratio, left.nearly / 1.9, left.most / 0.75 if left.worst > _STRIKING else 0.0))


def _is_unexplained(laid: Laid) -> bool:
    """Whether nothing was done to the whole that would account for what differs: slices of a focus stack look so."""
    toned = abs(laid.left.gain - 1) > 0.04 or abs(laid.left.offset_levels) > 1.5 or laid.colour_levels > 1.5
    return not (toned or laid.stretch > _STRETCHED or abs(turn_degrees(laid.matrix)) > _TURNED_DEGREES)


def _score(ratio: float) -> float:
    return min(HIGHEST_SCORE, 1.0 / (1.0 + ratio * ratio / 3.0))


def edit_transform(laid: Laid, turned: Transform) -> Transform:
    """What the edit did: one thing by name, several as ``mixed``."""
    parts: list[Transform] = []
    if turned is not Transform.NONE:
        parts.append(turned)
    if abs(turn_degrees(laid.matrix)) > _TURNED_DEGREES:
        parts.append(Transform.TURNED_SLIGHTLY)
    if laid.border_share > BORDER_SHARE:
        parts.append(Transform.BORDERED)
    if laid.found.coverage < 0.95:
        parts.append(Transform.CROPPED)
    if not parts:
        return Transform.TONED
    return parts[0] if len(parts) == 1 else Transform.MIXED
