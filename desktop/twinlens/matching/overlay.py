"""Reads two pictures that lie one over the other: is it one exposure, block by block?

An edit changes tones smoothly, covers a part with text, sharpens or softens the whole; what it never does is move one
thing against another. Parallax, a moved subject and another focus each leave a trace of their own in the blocks.
"""

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from twinlens.domain.fingerprint import Float32Array
from twinlens.matching.blocks import BLOCK_PX, block_means, block_spreads, coarser

_NORMALISING_PX = 15
_NOISE_LEVELS = 2.0
_TEXTURED_LEVELS = 3.0
_RELATED = 0.5
_GOOD = 0.8
_FEWEST_BLOCKS = 6
_FIRM = 0.02  # least mean squared gradient of a block, in either direction, that lets its displacement be told


class Correlations(Struct, frozen=True):
    """Of locally normalised luma over the textured blocks, -1 to 1: 5, 25, 50 and 75 % quantile, and the part above 0.8."""

    worst: float
    weak: float
    typical: float
    strong: float
    good_share: float


class Overlay(Struct, frozen=True):
    """How two pictures agree where they overlap after alignment.

    ``blocks``: how many textured blocks are shared. ``fine``, ``coarse``: correlations at full and at half size.
    ``moved_px``: 90 % quantile of the displacement left in blocks with structure in both directions; ``drift_px``: that of
    their smoothed field, where only what neighbours have in common remains. ``focus_spread``, ``focus_shift``: standard
    deviation and mean over blocks of the logarithm of the ratio of fine to coarse detail.
    """

    blocks: int
    fine: Correlations
    coarse: Correlations
    moved_px: float
    drift_px: float
    focus_spread: float
    focus_shift: float


def normalised(luma: Float32Array) -> Float32Array:
    """Luma [h, w] with the local mean removed and the local contrast evened out."""
    side = (_NORMALISING_PX, _NORMALISING_PX)
    detail = luma - cv2.blur(luma, side)
    spread = np.sqrt(cv2.blur(detail * detail, side) + _NOISE_LEVELS**2)
    return np.asarray(detail / spread, dtype=np.float32)


def warped(picture: Float32Array, matrix: NDArray[np.float64], width: int, height: int) -> Float32Array:
    """``picture`` moved by ``matrix`` onto a canvas of this size, zero outside."""
    moved = cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR)
    return moved.astype(np.float32, copy=False)


def overlay(fixed: Float32Array, moved: Float32Array, inside: NDArray[np.bool_]) -> Overlay | None:
    """Read the agreement of two lumas [h, w] on one canvas; None where too few textured blocks are shared."""
    weight = inside.astype(np.float32)
    one, two = normalised(fixed), normalised(moved)
    fine, use = _correlations(one, two, _textured(fixed, moved, weight), BLOCK_PX)
    if fine is None:
        return None
    small, small_moved, small_weight = (coarser(part, 2) for part in (fixed, moved, weight))
    coarse, _ = _correlations(
        normalised(small),
        normalised(small_moved),
        _textured(small, small_moved, small_weight, BLOCK_PX // 2),
        BLOCK_PX // 2,
    )
    if coarse is None:
        return None
    moved_px, drift_px = _displacement(one, two, use)
    spread, shift = _focus(fixed, moved, use)
    return Overlay(fine[1], fine[0], coarse[0], moved_px, drift_px, spread, shift)


def _textured(
    fixed: Float32Array, moved: Float32Array, weight: Float32Array, side_px: int = BLOCK_PX
) -> NDArray[np.bool_]:
    texture = np.minimum(block_spreads(fixed, side_px), block_spreads(moved, side_px))
    return np.asarray((block_means(weight, side_px) > 0.99) & (texture > _TEXTURED_LEVELS))


def _correlations(
    one: Float32Array, two: Float32Array, textured: NDArray[np.bool_], side_px: int
) -> tuple[tuple[Correlations, int] | None, NDArray[np.bool_]]:
    """The correlations and how many blocks they are of, and which of these are related; None of fewer than six blocks."""
    count = int(textured.sum())
    if count < _FEWEST_BLOCKS:
        return None, textured
    power = block_means(one * one, side_px) * block_means(two * two, side_px)
    every = block_means(one * two, side_px) / np.sqrt(power + 1e-8)
    found = every[textured]
    worst, weak, typical, strong = (float(part) for part in np.quantile(found, (0.05, 0.25, 0.5, 0.75)))
    read = Correlations(worst, weak, typical, strong, float((found > _GOOD).mean()))
    return (read, count), textured & (every > _RELATED)


def _displacement(one: Float32Array, two: Float32Array, use: NDArray[np.bool_]) -> tuple[float, float]:
    """What is left of a displacement in the blocks, after Lucas and Kanade (1981): single blocks and smoothed field."""
    across = cv2.Sobel(one + two, cv2.CV_32F, 1, 0, ksize=3, scale=1 / 16)
    down = cv2.Sobel(one + two, cv2.CV_32F, 0, 1, ksize=3, scale=1 / 16)
    apart = two - one
    xx, yy, xy = block_means(across * across), block_means(down * down), block_means(across * down)
    xt, yt = block_means(across * apart), block_means(down * apart)
    firm = use & ((xx + yy) / 2 - np.sqrt(((xx - yy) / 2) ** 2 + xy * xy) > _FIRM)
    if firm.sum() < 6:
        return 0.0, 0.0
    weight = firm.astype(np.float32)
    single = _solved(xx, yy, xy, xt, yt)[firm]
    # Normal equations of 3 x 3 blocks together: noise averages out, parallax does not.
    joint = _solved(*(_pooled(part * weight) for part in (xx, yy, xy, xt, yt)))[firm]
    return float(np.quantile(single, 0.9)), float(np.quantile(joint, 0.9))


def _pooled(blocks: Float32Array) -> Float32Array:
    return np.asarray(cv2.boxFilter(blocks, -1, (3, 3), normalize=False), dtype=np.float32)


def _solved(xx: Float32Array, yy: Float32Array, xy: Float32Array, xt: Float32Array, yt: Float32Array) -> Float32Array:
    determinant = np.maximum(xx * yy - xy * xy, 1e-6)
    return np.asarray(np.hypot(yy * xt - xy * yt, xx * yt - xy * xt) / determinant, dtype=np.float32)


def _focus(fixed: Float32Array, moved: Float32Array, use: NDArray[np.bool_]) -> tuple[float, float]:
    if use.sum() < _FEWEST_BLOCKS:
        return 9.0, 9.0
    ratio = (_fineness(fixed) - _fineness(moved))[use]
    return float(ratio.std()), float(ratio.mean())


def _fineness(luma: Float32Array) -> Float32Array:
    """Logarithm of fine to coarse detail of each block."""
    soft, softer = cv2.GaussianBlur(luma, (0, 0), 1.0), cv2.GaussianBlur(luma, (0, 0), 3.0)
    fine, coarse = luma - soft, soft - softer
    ratio = np.log((block_means(fine * fine) + 0.5) / (block_means(coarse * coarse) + 2.0)) / 2
    return np.asarray(ratio, dtype=np.float32)
