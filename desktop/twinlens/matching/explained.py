"""What an edit of tones and colours explains of the difference of two pictures that lie one over the other.

Explained away, in this order: light that varies smoothly over the frame (a polynomial), any curve of tones (the mean
for each level, pixels that disagree left out), sharpening or softening of the whole (Laplacians of two widths) together
with what another mixture of colours does to the luma, and what is left of slow variation.
"""

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from twinlens.domain.fingerprint import Float32Array

_LEVELS_A_BIN = 4
_FEWEST_IN_A_BIN = 4
_SLOW_PX = 65
_CALM_LEVELS = 20.0
_WIDER_PX = 1.5
_SPOILT_PX = 5  # of halved pictures, as all that finds the spoilt places
_SPOILT_LEVELS = 8.0
_LEAST_SPOILT, _MUCH_SPOILT, _MOST_SPOILT = 0.03, 0.1, 0.6
_SPARSE = np.s_[::2, ::2]  # a quarter of the pixels fixes a curve and four weights as well as all

Picture = tuple[Float32Array, Float32Array]
"""Luma [h, w] and chroma [h, w, 2]."""


class Unexplained(Struct, frozen=True):
    """``residual`` [h, w]: luma that nothing explains, in levels, 0 outside. ``explained`` [h, w]: what the flatter of the
    two should look like. ``sharpening``: coefficients of the fine and of the wider Laplacian. ``spreads``: standard
    deviation of the luma of the fixed and of the moved picture inside.
    """

    residual: Float32Array
    explained: Float32Array
    sharpening: tuple[float, float]
    spreads: tuple[float, float]


def unexplained(fixed: Picture, moved: Picture, inside: NDArray[np.bool_]) -> Unexplained:
    """Compare two pictures on one canvas, each luma [h, w] and chroma [h, w, 2], where ``inside`` says both have one.

    Where a part of the picture has nothing to do with the other, all is fitted once more without that part: a caption
    over a fifth of a picture would bend the curve of tones of the rest.
    """
    small = _halved(fixed), _halved(moved), inside[_SPARSE]
    use = _what_to_fit(*small)
    if use is small[2]:
        return _explain(fixed, moved, inside, inside)
    grown = cv2.resize(use.astype(np.uint8), inside.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0
    return _explain(fixed, moved, inside, inside & grown)


def _halved(picture: Picture) -> Picture:
    size = tuple((side + 1) // 2 for side in reversed(picture[0].shape))
    luma, chroma = (np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.float32) for part in picture)
    return luma, chroma


def _what_to_fit(fixed: Picture, moved: Picture, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The pixels of two halved pictures that a fit should go by: ``inside`` itself for all of them."""
    first = _explain(fixed, moved, inside, inside, _SLOW_PX // 2)
    share = _spoilt_share(first, inside)
    if share < _LEAST_SPOILT:
        return inside
    # A dark bar at one end looks like light that falls off: without light it stands alone.
    flat = _explain(fixed, moved, inside, inside, _SLOW_PX // 2, light=False) if share > _MUCH_SPOILT else first
    tried = [(inside, first)]
    for found in {id(first): first, id(flat): flat}.values():
        use = inside & ~_spoilt(found.residual, inside)
        if use.sum() > (1 - _MOST_SPOILT) * inside.sum():
            tried.append((use, _explain(fixed, moved, inside, use, _SLOW_PX // 2)))
    return min(tried, key=lambda one: float(np.median(np.abs(one[1].residual[inside]))))[0]


def _spoilt_share(found: Unexplained, inside: NDArray[np.bool_]) -> float:
    return float(_spoilt(found.residual, inside).sum()) / max(1, int(inside.sum()))


def _spoilt(residual: Float32Array, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Places with a large residual all round, and a little more."""
    # A running sum of float32 may end a little below zero.
    size = np.sqrt(np.maximum(cv2.blur(residual * residual, (_SPOILT_PX, _SPOILT_PX)), 0))
    limit = max(_SPOILT_LEVELS, 3 * float(np.median(size[inside])))
    return (
        np.asarray(cv2.dilate((size > limit).astype(np.uint8), np.ones((_SPOILT_PX, _SPOILT_PX), np.uint8)) > 0)
        & inside
    )


def _explain(
    fixed: Picture,
    moved: Picture,
    inside: NDArray[np.bool_],
    use: NDArray[np.bool_],
    slow_px: int = _SLOW_PX,
    *,
    light: bool = True,
) -> Unexplained:
    """What is left ``inside`` of fits to the pixels of ``use``."""
    sampled = use[_SPARSE]
    spreads = float(fixed[0][_SPARSE][sampled].std()), float(moved[0][_SPARSE][sampled].std())
    # The flatter of the two is explained by the richer: what clipping took away cannot be told from what is left.
    (rich, colours), (flat, _) = (moved, fixed) if spreads[1] > spreads[0] else (fixed, moved)
    explained = _by_tone(_by_light(rich, flat, use) if light else rich, flat, use)
    weight, trusted = inside.astype(np.float32), use.astype(np.float32)
    residual, sharpening = _by_detail_and_colour((flat - explained) * weight, explained, colours, weight, trusted)
    calm = np.clip(residual, -_CALM_LEVELS, _CALM_LEVELS) * trusted
    side = (slow_px, slow_px)
    slow = cv2.blur(calm, side) / np.maximum(cv2.blur(trusted, side), 0.05)
    return Unexplained(np.asarray((residual - slow) * weight, np.float32), explained, sharpening, spreads)


def _by_detail_and_colour(
    residual: Float32Array,
    explained: Float32Array,
    colours: Float32Array,
    weight: Float32Array,
    trusted: Float32Array,
) -> tuple[Float32Array, tuple[float, float]]:
    """The residual without what Laplacians and colour differences account for; pixels far off hardly shape the fit."""
    centred = colours - colours[_SPARSE].reshape(-1, 2).mean(axis=0)
    parts = [
        cv2.Laplacian(explained, cv2.CV_32F),
        cv2.Laplacian(cv2.GaussianBlur(explained, (0, 0), _WIDER_PX), cv2.CV_32F),
        *cv2.split(centred * weight[..., None]),
    ]
    known = trusted[_SPARSE].reshape(-1)
    terms = np.stack([part[_SPARSE].reshape(-1) for part in parts]) * weight[_SPARSE].reshape(-1)
    target = residual[_SPARSE].reshape(-1)
    trust: Float32Array = known
    fit = np.zeros(4, np.float32)
    for _ in range(2):
        weighted = terms * trust
        normal = weighted @ terms.T
        normal[np.diag_indices(4)] += 1e-3 * target.size
        fit = np.linalg.solve(normal, weighted @ target).astype(np.float32)
        apart = np.abs(target - fit @ terms)
        trust = np.asarray(known / (1 + (apart / (2 * float(np.median(apart[known > 0])) + 2)) ** 2), np.float32)
    left = residual - weight * (fit[0] * parts[0] + fit[1] * parts[1]) - (fit[2] * parts[2] + fit[3] * parts[3])
    return np.asarray(left, np.float32), (float(fit[0]), float(fit[1]))


def _by_light(rich: Float32Array, flat: Float32Array, inside: NDArray[np.bool_]) -> Float32Array:
    """``rich`` under the light of ``flat``: times a polynomial over the frame, fitted at every fourth pixel."""
    sparse = np.s_[::4, ::4]
    height, width = rich[sparse].shape
    y, x = np.meshgrid(np.linspace(-1, 1, height), np.linspace(-1, 1, width), indexing="ij")
    round_px = x * x + y * y
    shapes = np.stack([x, y, x * x, x * y, y * y, round_px**2, np.ones_like(round_px)]).reshape(7, -1)
    use = inside[sparse].reshape(-1)
    terms = np.concatenate([shapes[:, use] * rich[sparse].reshape(-1)[use], np.ones((1, int(use.sum())))])
    target = flat[sparse].reshape(-1)[use].astype(np.float64)
    weight = np.ones(len(target))
    fit = np.zeros(8)
    for _ in range(2):
        normal = (terms * weight) @ terms.T
        normal[np.diag_indices(8)] *= 1 + 1e-5
        fit = np.linalg.lstsq(normal, (terms * weight) @ target, rcond=None)[0]
        apart = np.abs(target - fit @ terms)
        weight = 1 / (1 + (apart / (2 * np.median(apart) + 2)) ** 2)
    field = (fit[:7] @ shapes).reshape(height, width).astype(np.float32)
    # Sample k of the field stands for pixel 4k, resizing would put it in the middle of a square.
    grown = cv2.warpAffine(
        field,
        np.array([[4.0, 0.0, 0.0], [0.0, 4.0, 0.0]]),
        rich.shape[::-1],
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(rich * grown + float(fit[7]), dtype=np.float32)


def _by_tone(lit: Float32Array, flat: Float32Array, inside: NDArray[np.bool_]) -> Float32Array:
    """``lit`` through the curve that leads best to ``flat``; pixels far from a first curve do not shape the second."""
    level = np.clip(lit, 0, 255)
    inner = inside[_SPARSE]
    near, target = level[_SPARSE][inner], flat[_SPARSE][inner]
    bins = (near / _LEVELS_A_BIN).astype(np.int32)
    use = np.ones(near.shape, dtype=np.bool_)
    table = np.arange(256, dtype=np.float32)
    for _ in range(2):
        count = np.bincount(bins[use], minlength=64)
        total = np.bincount(bins[use], weights=target[use], minlength=64)
        known = np.nonzero(count > _FEWEST_IN_A_BIN)[0]
        if not known.size:
            return lit
        middle = known * _LEVELS_A_BIN + (_LEVELS_A_BIN - 1) / 2
        table = np.interp(np.arange(256), middle, total[known] / count[known]).astype(np.float32)
        apart = np.abs(target - np.interp(near, np.arange(256), table))
        use = apart < 3 * float(np.median(apart)) + 3
    curve = cv2.remap(table[None], level, np.zeros_like(level), cv2.INTER_LINEAR)
    return curve.astype(np.float32, copy=False)
