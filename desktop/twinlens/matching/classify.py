"""From measurements to a class and a score. All limits and weights come from the tuning half of photos with known truth.

The score of the same shot is a falling function of the worst ratio of a measurement to its limit: 1 for perfect
agreement, 0.75 exactly at the limits (the default cut). That of an edit is fitted (``fitted``); a rule stands before it,
for series that nothing but an animal or a guest tells apart. Below 0.5 nothing is stored.
"""

import numpy as np

from twinlens.domain.difference import Difference
from twinlens.domain.relation import ORIENTATIONS, Transform
from twinlens.matching.difference import turned_only
from twinlens.matching.evidence import numbers
from twinlens.matching.fitted import edited_fit
from twinlens.matching.laying import Laid
from twinlens.matching.registration import Agreement

LOWEST_SCORE = 0.5
TRUSTED_SCORE = 0.75  # the default cut of the similarity slider
HIGHEST_SCORE = 0.999  # 1 is for identical ones
SHAPE_TOLERANCE = 0.006
BORDER_SHARE = 0.03  # of the area

_TEXTURE_LEVELS = 5.0  # below it a picture carries too little to prove that two files are one exposure
_DETAIL_LEVELS = 1.5
_FEWEST_BLOCKS, _FEWEST_IN_PLACE = 12, 6
_SAME_PLACE_PX = 1.5
_LEAST_COVERAGE = 0.2
_SAME_FRAME = 0.85  # shared part; a tilt of three degrees leaves as much
_TURNED_DEGREES = 0.4
_CUT_SHARE = 0.95
_STRIKING = 4.0  # a block this far off shows something else
_PAINTED, _ONE_SIDED, _PARTLY_PAINTED = 0.9, 0.8, 0.7
_SMALL_MARK, _CLEAN = 0.01, 0.5
_BAR_SPAN, _MOST_BAR = 0.9, 0.5
_ALIKE, _MOVED_PX, _FOCUS_SPREAD = 0.9, 0.7, 0.12  # these only find words for what the fit has decided
_STRONG_COLOUR_LEVELS = 10.0
_SURE_SCORE = 0.9
_UNSURE_SCORE = 0.6  # stored, and below the default cut


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
    if has_too_little(laid) or laid.coverage < _LEAST_COVERAGE:
        return 0.0
    fit = edited_fit()
    score = min(HIGHEST_SCORE, fit.score(numbers(laid, fit.names)))
    if not is_guest(laid) or (score > _SURE_SCORE and is_coloured_paint(laid)):
        return score
    return min(score, _UNSURE_SCORE)


def is_enough(laid: Laid) -> bool:
    """Whether no other way to lay the two need be tried."""
    return laid.is_close or edited_score(laid) >= TRUSTED_SCORE


def doubts(laid: Laid) -> list[str]:
    """What speaks against one exposure, in words, most important first; empty where nothing stands out."""
    half = laid.left.scales[1].quantiles[2]
    said = {
        "there is too little structure to prove that it is one exposure": has_too_little(laid),
        "they share too little of the frame": laid.coverage < _LEAST_COVERAGE,
        "the same frame shows something else in one place, and not as paint or text would": is_guest(laid)
        and not is_coloured_paint(laid),
        "what lies in the same place does not look the same": laid.found.fine.typical < _ALIKE,
        "parts have moved against each other": laid.found.moved_px > _MOVED_PX or laid.found.drift_px > _MOVED_PX,
        "the one is in focus where the other is not": laid.found.focus_spread > _FOCUS_SPREAD,
        "half of the picture differs more than an edit of the whole explains": half > 1,
    }
    return [words for words, holds in said.items() if holds]


def has_too_little(laid: Laid) -> bool:
    """Whether too few blocks have structure to prove one exposure: the moon of two nights, moved and scaled, is one moon.

    Less will do where it stands in the very same place.
    """
    stays = laid.strayed_px < _SAME_PLACE_PX and laid.coverage > _CUT_SHARE
    return laid.found.blocks < (_FEWEST_IN_PLACE if stays else _FEWEST_BLOCKS)


def is_coloured_paint(laid: Laid) -> bool:
    """Whether what changed took on colours as text and stickers have them, and mostly changed as paint does."""
    return laid.marked.painted_share > _PARTLY_PAINTED and laid.marked.colour_levels > _STRONG_COLOUR_LEVELS


def is_guest(laid: Laid) -> bool:
    """Whether the same frame shows something else in one place, and not as paint does: a tripod and an animal do that."""
    coarse = laid.left.scales[1]
    if laid.coverage < _SAME_FRAME or coarse.worst < _STRIKING:
        return False
    marked = laid.marked
    painted = marked.painted_share > _PAINTED or (
        marked.one_sided > _ONE_SIDED and marked.painted_share > _PARTLY_PAINTED
    )
    spoilt = laid.left.spoilt
    bar = spoilt.span > _BAR_SPAN and spoilt.piece < _MOST_BAR and marked.painted_share > _PARTLY_PAINTED
    small = marked.changed_share < _SMALL_MARK and coarse.quantiles[2] < _CLEAN
    return not (painted or bar or small)


def _score(ratio: float) -> float:
    return min(HIGHEST_SCORE, 1.0 / (1.0 + ratio * ratio / 3.0))


def edit_transform(difference: Difference) -> Transform:
    """What the edit did: one thing by name, several as ``mixed``."""
    parts: list[Transform] = []
    orientation = _ORIENTATIONS[difference.is_mirrored, difference.quarter_turns]
    if orientation is not Transform.NONE:
        parts.append(orientation)
    if abs(difference.turn_degrees) > _TURNED_DEGREES:
        parts.append(Transform.TURNED_SLIGHTLY)
    if max(difference.first_border, difference.second_border) > BORDER_SHARE:
        parts.append(Transform.BORDERED)
    if min(difference.first_shared, difference.second_shared) < _CUT_SHARE:
        parts.append(Transform.CROPPED)
    if not parts:
        return Transform.TONED
    return parts[0] if len(parts) == 1 else Transform.MIXED


_ORIENTATIONS = {
    (turn.is_mirrored, turn.quarter_turns): orientation
    for orientation, turn in ((orientation, turned_only(orientation)) for orientation in ORIENTATIONS)
}
