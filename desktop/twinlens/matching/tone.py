"""What was done to the tones of a picture: read off two that lie one over the other. Limits are of the tuning half."""

import cv2
import numpy as np
from numpy.typing import NDArray

from twinlens.domain.difference import UNCHANGED, Change
from twinlens.domain.fingerprint import Float32Array, UInt8Array

_FEWEST_PX = 400
_BRIGHTER_LEVELS = 5.0
_MORE_CONTRAST = 1.10
_WARMER_LEVELS = 3.0
_MORE_COLOUR = 1.18
_NO_COLOUR_LEVELS = 1.6  # of what luma does not explain; the chroma of a sepia print follows its luma
_COLOUR_LEVELS = 3.0
_SHARPER = 1.2
_STRIKING_LEVELS = 18.0
_OVERLAID_SHARE = (0.0015, 0.3)
_ONE_SIDED = 2.5


def tone_changes(first: UInt8Array, second: UInt8Array, shared: NDArray[np.bool_], *, in_place: bool) -> Change:
    """What ``second`` has that ``first`` has not, of two RGB pictures [h, w, 3] where ``shared`` [h, w] says both show it.

    ``in_place``: neither was scaled or turned to lie so, which alone makes a picture softer.
    """
    if int(shared.sum()) < _FEWEST_PX:
        return UNCHANGED
    one = cv2.cvtColor(first, cv2.COLOR_RGB2YCrCb).astype(np.float32)
    two = cv2.cvtColor(second, cv2.COLOR_RGB2YCrCb).astype(np.float32)
    tones, other_tones = one[shared], two[shared]
    changes = _brightness(tones[:, 0], other_tones[:, 0]) | _colour(tones, other_tones)
    if not in_place:
        return changes
    finer = _fineness(one[..., 0], two[..., 0], shared)
    # Sharpening leaves halos, which are tones that the other has not either.
    return changes | (finer or _overlay(one[..., 0], two[..., 0], shared))


def _either(ratio: float, limit: float, more: Change) -> Change:
    """``more`` where the ratio is above the limit, its opposite where it is below the limit's inverse."""
    if ratio > limit:
        return more
    return more.reversed() if ratio < 1 / limit else UNCHANGED


def _apart(apart: float, limit: float, more: Change) -> Change:
    if apart > limit:
        return more
    return more.reversed() if apart < -limit else UNCHANGED


def _brightness(one: Float32Array, two: Float32Array) -> Change:
    mean, other_mean = float(one.mean()) + 1, float(two.mean()) + 1
    brighter = _apart(other_mean - mean, _BRIGHTER_LEVELS, Change.BRIGHTER)
    # A factor on all tones raises their spread with their mean: that is light, not contrast.
    contrast = (float(two.std()) + 1) / (float(one.std()) + 1)
    gain = max(other_mean / mean, 0.2)
    if abs(np.log(contrast)) > abs(np.log(contrast / gain)):
        contrast = contrast / gain
    return brighter | _either(contrast, _MORE_CONTRAST, Change.MORE_CONTRAST)


def _colour(one: Float32Array, two: Float32Array) -> Change:
    own, other = _unexplained_colour(one), _unexplained_colour(two)
    if min(own, other) < _NO_COLOUR_LEVELS and max(own, other) > _COLOUR_LEVELS:
        return Change.ONE_COLOUR if other < own else Change.COLOURED
    gain = (float(two[:, 0].mean()) + 1) / (float(one[:, 0].mean()) + 1)
    contrast = (float(two[:, 0].std()) + 1) / (float(one[:, 0].std()) + 1)
    spread = (other + 0.5) / (own + 0.5)
    cast, other_cast = (float((tones[:, 1] - tones[:, 2]).mean()) for tones in (one, two))
    # More light, contrast or saturation moves a cast along; what any of them explains is no other temperature.
    apart = min((other_cast - factor * cast for factor in (1.0, gain, contrast, spread)), key=abs)
    warmer = _apart(apart, _WARMER_LEVELS, Change.WARMER)
    limit = _MORE_COLOUR * (_MORE_COLOUR if warmer else 1.0)
    least = min((spread, spread / contrast, spread / gain), key=lambda ratio: abs(np.log(ratio)))
    return warmer | _either(float(least), limit, Change.MORE_SATURATED)


def _unexplained_colour(tones: Float32Array) -> float:
    """Spread of the two colour differences beyond what a straight line from luma gives, in levels."""
    luma = tones[:, 0] - tones[:, 0].mean()
    power = float(luma @ luma) + 1.0
    rest = 0.0
    for at in (1, 2):
        chroma = tones[:, at] - tones[:, at].mean()
        left = chroma - luma * (float(luma @ chroma) / power)
        rest += float(left @ left) / len(left)
    return float(np.sqrt(rest))


def _fineness(one: Float32Array, two: Float32Array, shared: NDArray[np.bool_]) -> Change:
    inner = cv2.erode(shared.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(np.bool_)
    if int(inner.sum()) < _FEWEST_PX:
        return UNCHANGED
    ratios = []
    for luma in (one, two):
        soft = cv2.GaussianBlur(luma, (0, 0), 0.8)
        softer = cv2.GaussianBlur(luma, (0, 0), 2.4)
        ratios.append(float(np.std((luma - soft)[inner])) / (float(np.std((soft - softer)[inner])) + 0.5))
    return _either(ratios[1] / max(ratios[0], 1e-3), _SHARPER, Change.SHARPER)


def _overlay(one: Float32Array, two: Float32Array, shared: NDArray[np.bool_]) -> Change:
    """Whether something thin or small, such as text, lies over a part of one of them.

    It has tones that the other has nowhere near that place; the other's are still there between the strokes.
    """
    inner = cv2.erode(shared.astype(np.uint8), np.ones((5, 5), np.uint8), borderValue=1).astype(np.bool_)
    count = int(inner.sum())
    if count < _FEWEST_PX:
        return UNCHANGED
    other = _through_curve(one, two, inner)
    over = float(_beyond(two, other)[inner].sum()) / count
    gone = float(_beyond(other, two)[inner].sum()) / count
    least, most = _OVERLAID_SHARE
    if least < over < most and over > _ONE_SIDED * gone:
        return Change.OVERLAID
    return Change.OVERLAY_GONE if least < gone < most and gone > _ONE_SIDED * over else UNCHANGED


def _beyond(luma: Float32Array, other: Float32Array) -> NDArray[np.bool_]:
    """Where a tone lies far outside those that the other has around."""
    around = np.ones((5, 5), np.uint8)
    above = luma - cv2.dilate(other, around)
    below = cv2.erode(other, around) - luma
    return np.asarray(np.maximum(above, below) > _STRIKING_LEVELS)


def _through_curve(one: Float32Array, two: Float32Array, inner: NDArray[np.bool_]) -> Float32Array:
    """``one`` through the curve that leads to the tones of ``two``: that of equal ranks, but for the ends."""
    ranks = np.linspace(0.02, 0.98, 25)
    own, there = np.quantile(one[inner], ranks), np.quantile(two[inner], ranks)
    mapped = np.interp(one, own, there)
    beyond = np.where(one < own[0], one - own[0], np.where(one > own[-1], one - own[-1], 0.0))
    return np.asarray(np.clip(mapped + beyond, 0, 255), dtype=np.float32)
