"""The first question to a pair of equal shape: is the difference no more than what another encoding leaves?

One linear least-squares fit explains the difference of the two lumas by a sub-pixel shift and scale (the image gradients,
after Lucas and Kanade, 1981), by sharpening or softening (the Laplacian) and by gain and offset. What the fit cannot
explain is looked at in patches: noise of an encoder averages out in a patch, a moved subject does not.
"""

import cv2
import numpy as np
from msgspec import Struct

from twinlens.domain.fingerprint import Float32Array, UInt8Array

WORK_SIDE_PX = 240
_SHRINK = 0.75
PATCH_PX = 9
_BORDER_PX = 3
_INNER = np.s_[_BORDER_PX:-_BORDER_PX, _BORDER_PX:-_BORDER_PX]
_GLANCE_PX, _LEAST_GLANCE_PX = 48, 16
_GLANCE_CORRELATION = 0.97
_NO_SHIFT_PX = 0.05  # a smaller displacement is left in the picture: the fit explains it well enough
MOST_SHIFT_PX = 1.5  # of two decoders that round a size differently, at 240 px; more is a crop


class Agreement(Struct, frozen=True):
    """How well two pictures of one shape agree. Levels are 0 to 255.

    ``shift_px``: largest displacement anywhere in the frame. ``gain``: contrast factor, 1 for none. ``offset_levels``:
    difference in mean luma. ``softening``: coefficient of the Laplacian. ``error_levels``: mean absolute residual luma.
    ``patch_levels``: largest mean residual of a patch. ``colour_levels``: largest mean colour difference of a patch.
    ``texture_levels``: standard deviation of the first luma. ``detail_levels``: that of its fine structure.
    ``correlation``: of the fine structures, -1 to 1. ``worst_block``: largest residual of a block relative to what an
    encoder leaves in a block of that texture.
    """

    shift_px: float
    gain: float
    offset_levels: float
    softening: float
    error_levels: float
    patch_levels: float
    colour_levels: float
    texture_levels: float
    detail_levels: float
    correlation: float
    worst_block: float


def common_size(first: UInt8Array, second: UInt8Array) -> tuple[int, int]:
    """Width and height at which both are compared: three quarters of the smaller of the two, at most 240 px.

    Smaller than either, because a picture that was made at just this size is sharper than one that was shrunk to it.
    """
    width = min(first.shape[1], second.shape[1])
    height = min(first.shape[0], second.shape[0])
    factor = min(_SHRINK, WORK_SIDE_PX / max(width, height))
    return max(16, round(width * factor)), max(16, round(height * factor))


def agreement(first: UInt8Array, second: UInt8Array) -> Agreement | None:
    """Compare two upright RGB pictures [h, w, 3] of the same shape up to scale, already oriented alike.

    None where a glance at both already shows two different pictures.
    """
    if not _alike_at_a_glance(first, second):
        return None
    size = common_size(first, second)
    one, two = _prepared(first, size), _prepared(second, size)
    terms = _terms(one[..., 0])[:, *_INNER].reshape(7, -1)
    normal = terms @ terms.T
    normal[np.diag_indices(7)] += 1e-3 * terms.shape[1]
    moved = np.zeros(4, dtype=np.float32)
    for last in (False, True):
        target = (two[..., 0] - one[..., 0])[_INNER]
        fit = np.linalg.solve(normal, terms @ target.reshape(-1)).astype(np.float32)
        step = fit[:4]
        moved = moved + step
        if last or _largest_shift(step) < _NO_SHIFT_PX or _largest_shift(moved) > MOST_SHIFT_PX:
            break
        two = _moved_back(two, step)
    residual = (target.reshape(-1) - fit @ terms).reshape(target.shape)
    return _read(one[_INNER], two[_INNER], residual, fit, _largest_shift(moved))


def _alike_at_a_glance(first: UInt8Array, second: UInt8Array) -> bool:
    """Whether the lumas correlate when shrunk to 48 pixels, or to half: refuses strangers in a tenth of a millisecond."""
    px = max(_LEAST_GLANCE_PX, min(_GLANCE_PX, *(length // 2 for one in (first, second) for length in one.shape[:2])))
    side = (px, px)
    small = [
        cv2.resize(cv2.cvtColor(one, cv2.COLOR_RGB2GRAY), side, interpolation=cv2.INTER_AREA) for one in (first, second)
    ]
    return _correlation(small[0].astype(np.float32), small[1].astype(np.float32)) > _GLANCE_CORRELATION


def _largest_shift(fit: Float32Array) -> float:
    return float(max(abs(fit[0]) + abs(fit[2]), abs(fit[1]) + abs(fit[3])))


def _moved_back(picture: Float32Array, step: Float32Array) -> Float32Array:
    """``picture`` resampled so that the displacement (shift x, y and scale x, y in px at the edge) is undone."""
    height, width = picture.shape[:2]
    across, down, wide, high = (float(part) for part in step)
    half_width, half_height = (width - 1) / 2, (height - 1) / 2
    # two(p) = one(p + d(p)), so one(p) = two(p - d(p)) as long as d varies slowly.
    inverse = np.array(
        [
            [1 - wide / half_width, 0.0, wide - across],
            [0.0, 1 - high / half_height, high - down],
        ]
    )
    moved = cv2.warpAffine(
        picture, inverse, (width, height), flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
    )
    return moved.astype(np.float32, copy=False)


def _read(
    one: Float32Array, two: Float32Array, residual: Float32Array, fit: Float32Array, shift_px: float
) -> Agreement:
    residual = np.ascontiguousarray(residual, dtype=np.float32)
    luma = np.ascontiguousarray(one[..., 0])
    colour = cv2.blur(np.ascontiguousarray((two - one)[..., 1:]), (PATCH_PX, PATCH_PX))
    detail_one, detail_two = _detail(luma), _detail(np.ascontiguousarray(two[..., 0]))
    return Agreement(
        shift_px=shift_px,
        gain=float(1 + fit[6]),
        offset_levels=float(two[..., 0].mean() - luma.mean()),
        softening=float(fit[4]),
        error_levels=float(np.abs(residual).mean()),
        patch_levels=float(np.abs(cv2.blur(residual, (PATCH_PX, PATCH_PX))).max()),
        colour_levels=float(np.abs(colour).max()),
        texture_levels=float(luma.std()),
        detail_levels=float(detail_one.std()),
        correlation=_correlation(detail_one, detail_two),
        worst_block=_worst_block(residual, luma),
    )


def _prepared(pixels: UInt8Array, size: tuple[int, int]) -> Float32Array:
    """Luma and two colour differences at the common size, float32 [h, w, 3], slightly smoothed against encoder noise."""
    scaled = pixels if pixels.shape[1::-1] == size else cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    smooth = cv2.GaussianBlur(cv2.cvtColor(scaled, cv2.COLOR_RGB2YCrCb), (0, 0), 0.7)
    return smooth.astype(np.float32)


def _terms(luma: Float32Array) -> Float32Array:
    """The seven explanations of a difference [7, h, w]: shifts, scales (-1 to 1 across the frame), blur, offset, gain."""
    height, width = luma.shape
    across = cv2.Sobel(luma, cv2.CV_32F, 1, 0, ksize=3, scale=1 / 8)
    down = cv2.Sobel(luma, cv2.CV_32F, 0, 1, ksize=3, scale=1 / 8)
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    blur = cv2.Laplacian(luma, cv2.CV_32F)
    return np.stack([across, down, across * x, down * y, blur, np.ones_like(luma), luma - luma.mean()])


def _detail(luma: Float32Array) -> Float32Array:
    return np.asarray(luma - cv2.blur(luma, (PATCH_PX, PATCH_PX)), dtype=np.float32)


def _correlation(first: Float32Array, second: Float32Array) -> float:
    one, two = first - first.mean(), second - second.mean()
    return float((one * two).sum() / np.sqrt((one * one).sum() * (two * two).sum() + 1e-6))


def _worst_block(residual: Float32Array, luma: Float32Array) -> float:
    """Largest residual of a block, in units of 1.5 levels plus a tenth of the block's own texture."""
    side = (2 * PATCH_PX, 2 * PATCH_PX)
    energy = cv2.blur(np.ascontiguousarray(residual * residual), side)
    mean = cv2.blur(np.ascontiguousarray(luma), side)
    spread = cv2.blur(np.ascontiguousarray(luma * luma), side) - mean * mean
    return float((np.sqrt(energy) / (1.5 + 0.1 * np.sqrt(np.maximum(spread, 0)))).max())
