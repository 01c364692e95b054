"""Reads two pictures that lie one over the other: is it one exposure, block by block?

An edit changes tones smoothly, covers a part with text, sharpens or softens the whole; what it never does is move one
thing against another. Parallax, a moved subject and another focus each leave a trace of their own in the blocks.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from twinlens.domain.fingerprint import Float32Array

BLOCK_PX = 16
_NORMALISING_PX = 15
_NOISE_LEVELS = 2.0
_TEXTURED_LEVELS = 3.0
_FIRM = 0.02  # least mean squared gradient of a block, in either direction, that lets its displacement be told


@dataclass(frozen=True, slots=True)
class Overlay:
    """How two pictures agree where they overlap after alignment.

    ``coverage``: shared part of the larger content, 0 to 1. ``blocks``: how many textured blocks are shared.
    ``typical``, ``weak``, ``worst``: median, lower quartile and 5 % quantile of the correlation of locally normalised
    luma over those blocks, -1 to 1. ``good_share``: part of the blocks above 0.8. ``moved_px``: 90 % quantile of the
    displacement left in blocks with structure in both directions; ``drift_px``: that of their smoothed field, where only
    what neighbours have in common remains. ``focus_spread``: standard deviation over blocks of the logarithm of the
    ratio of fine to coarse detail. ``error_levels``: mean absolute luma difference after a linear fit.
    """

    coverage: float
    blocks: int
    typical: float
    weak: float
    worst: float
    good_share: float
    moved_px: float
    drift_px: float
    focus_spread: float
    error_levels: float


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


def overlay(fixed: Float32Array, moving: Float32Array, matrix: NDArray[np.float64]) -> Overlay:
    """Lay ``moving`` over ``fixed`` (luma [h, w], 0 to 255) by ``matrix`` [2, 3] and read the agreement."""
    height, width = fixed.shape
    moved = warped(moving, matrix, width, height)
    inside = warped(np.ones(moving.shape, np.float32), matrix, width, height) > 0.99
    shared = float(inside.sum())
    coverage = shared / max(1.0, float(fixed.size), moving.size * abs(float(np.linalg.det(matrix[:, :2]))))
    rows, columns = height // BLOCK_PX, width // BLOCK_PX
    if rows < 2 or columns < 2 or shared < 900:
        return Overlay(coverage, 0, 0.0, 0.0, 0.0, 0.0, 9.0, 9.0, 9.0, 255.0)
    one, two = normalised(fixed), normalised(moved)
    whole = cv2.erode(inside.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(np.float32)
    texture = np.sqrt(np.maximum(block_means(fixed * fixed) - block_means(fixed) ** 2, 0))
    texture_two = np.sqrt(np.maximum(block_means(moved * moved) - block_means(moved) ** 2, 0))
    textured = (block_means(whole) > 0.999) & (np.minimum(texture, texture_two) > _TEXTURED_LEVELS)
    count = int(textured.sum())
    if count == 0:
        return Overlay(coverage, 0, 0.0, 0.0, 0.0, 0.0, 9.0, 9.0, 9.0, 255.0)
    correlation = block_means(one * two) / np.sqrt(block_means(one * one) * block_means(two * two) + 1e-8)
    median, weak, worst = np.quantile(correlation[textured], (0.5, 0.25, 0.05))
    moved_px, drift_px = _displacement(one, two, textured & (correlation > 0.5))
    return Overlay(
        coverage,
        count,
        float(median),
        float(weak),
        float(worst),
        float((correlation[textured] > 0.8).mean()),
        moved_px,
        drift_px,
        _focus_spread(fixed, moved, textured & (correlation > 0.5)),
        _tone_error(fixed[inside], moved[inside]),
    )


def block_means(picture: Float32Array) -> Float32Array:
    """Mean of each block [rows, columns]."""
    rows, columns = picture.shape[0] // BLOCK_PX, picture.shape[1] // BLOCK_PX
    cut = np.ascontiguousarray(picture[: rows * BLOCK_PX, : columns * BLOCK_PX])
    return np.asarray(cv2.resize(cut, (columns, rows), interpolation=cv2.INTER_AREA), dtype=np.float32)


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


def _focus_spread(fixed: Float32Array, moved: Float32Array, use: NDArray[np.bool_]) -> float:
    if use.sum() < 6:
        return 0.0
    ratio = _fineness(fixed) - _fineness(moved)
    return float(ratio[use].std())


def _fineness(luma: Float32Array) -> Float32Array:
    """Logarithm of fine to coarse detail of each block."""
    soft, softer = cv2.GaussianBlur(luma, (0, 0), 1.0), cv2.GaussianBlur(luma, (0, 0), 3.0)
    fine, coarse = luma - soft, soft - softer
    ratio = np.log((block_means(fine * fine) + 0.5) / (block_means(coarse * coarse) + 2.0)) / 2
    return np.asarray(ratio, dtype=np.float32)


def _tone_error(first: Float32Array, second: Float32Array) -> float:
    one, two = first - first.mean(), second - second.mean()
    gain = float((one * two).sum() / ((two * two).sum() + 1e-6))
    return float(np.abs(one - gain * two).mean())
