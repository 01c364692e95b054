"""Pauses that end a series: far longer than the pauses before and after them."""

import numpy as np

from twinlens.domain.columns import BoolArray, Float64Array, Int32Array

SHORTEST_PARTING_S = 3.0
PARTING_FACTOR = 10.0
_AROUND = 3  # pauses on either side that tell what is usual there
_SAME_MOMENT_S = 0.001
_FARTHEST_S = 60.0


def parting_pauses(roll: Int32Array, place: Float64Array, is_dated: BoolArray) -> BoolArray:
    """Whether a series ends between each frame and the next, bool [n - 1]; frames sorted by roll, then place.

    A burst of ten frames a second has ended after three seconds; of frames taken five seconds apart nobody knows that
    before a minute. Where nothing is near on one side, the other side decides; two frames alone have no usual pause.
    """
    pause = np.diff(place)
    timed = (roll[1:] == roll[:-1]) & is_dated[1:] & (pause >= 0)
    counted = np.flatnonzero((pause > _SAME_MOMENT_S) | ~timed)  # copies of one exposure lie at one moment
    known = np.where(timed[counted] & (pause[counted] <= _FARTHEST_S), pause[counted], np.nan)
    before, after = _usual(known), _usual(known[::-1])[::-1]
    limit_before = np.where(np.isnan(before), -np.inf, PARTING_FACTOR * before)
    limit_after = np.where(np.isnan(after), -np.inf, PARTING_FACTOR * after)
    limit = np.maximum(np.maximum(limit_before, limit_after), SHORTEST_PARTING_S)
    alone = np.isnan(before) & np.isnan(after)
    parting = np.zeros(len(pause), np.bool_)
    parting[counted] = ~np.isnan(known) & ~alone & (known > limit)
    return parting


def _usual(pauses: Float64Array) -> Float64Array:
    """The median of the up to three pauses before each, those beyond an unknown one left out; NaN where there is none."""
    before = np.full((_AROUND, len(pauses)), np.nan)
    reached = np.ones(len(pauses), np.bool_)
    for back in range(1, _AROUND + 1):
        earlier = np.concatenate([np.full(back, np.nan), pauses[:-back]])[: len(pauses)]
        reached = reached & ~np.isnan(earlier)
        before[back - 1] = np.where(reached, earlier, np.nan)
    has_one = ~np.isnan(before).all(axis=0)
    usual = np.full(len(pauses), np.nan)
    if has_one.any():
        usual[has_one] = np.nanmedian(before[:, has_one], axis=0)
    return usual
