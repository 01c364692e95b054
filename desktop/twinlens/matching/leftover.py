"""What no edit of tones explains of two pictures that lie one over the other, read at three scales and in one piece.

A tone edit, a filter or a vignette leaves hardly more than an encoder does; noise and sharpening leave as much in every
block, and little at a coarser scale. A moved subject, other light or another focus leave much, in some places, at every
scale; a caption or a stamp as well, but little beside it.
"""

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from twinlens.domain.fingerprint import Float32Array
from twinlens.matching.blocks import BLOCK_PX, block_means, block_spreads, coarser
from twinlens.matching.explained import Unexplained

SCALES = (1, 2, 4)
_LEVELS = 1.5  # that an encoder leaves in a block without texture, and a tenth of the texture in one with
_CONTRAST_LEVELS = 45.0  # of a usual photo; a flatter copy leaves less, and is measured by less
_SPOILT = 1.5
_LEAST_LEVELS = 0.2
_FEWEST_BLOCKS = 8
_QUANTILES = (0.10, 0.25, 0.50, 0.75, 0.90, 0.97)


class Residuals(Struct, frozen=True):
    """Residuals of blocks at one scale, relative to what an encoder leaves in a block of that texture.

    ``quantiles``: at 10, 25, 50, 75, 90 and 97 %. ``worst``: the largest. ``unevenness``: how many times more levels the
    90 % quantile has than the 25 % quantile.
    """

    quantiles: tuple[float, float, float, float, float, float]
    worst: float
    unevenness: float


class Spoilt(Struct, frozen=True):
    """Blocks in which the two have nothing to do with one another, at half size.

    ``share``: their part of all. ``piece``: part of the largest connected piece; ``span``: how much of the width or
    height it takes; ``fill``: how much of its bounding box. ``rest_most``, ``rest_nearly``: 75 and 90 % quantile without it.
    """

    share: float
    piece: float
    span: float
    fill: float
    rest_most: float
    rest_nearly: float


class Leftover(Struct, frozen=True):
    """``scales``: residuals at full, half and quarter size. ``least_contrast_levels``: spread of the flatter picture."""

    scales: tuple[Residuals, Residuals, Residuals]
    spoilt: Spoilt
    least_contrast_levels: float


def leftover(difference: Unexplained, inside: NDArray[np.bool_]) -> Leftover | None:
    """Read a difference; None where fewer than eight blocks are shared."""
    whole = block_means(inside.astype(np.float32)) > 0.999
    if int(whole.sum()) < _FEWEST_BLOCKS:
        return None
    contrast = min(difference.spreads)
    unit = _LEVELS * float(np.clip(contrast / _CONTRAST_LEVELS, 0.3, 1.5))
    fine, half, quarter = (_relative(difference, factor, whole, unit) for factor in SCALES)
    return Leftover((_read(*fine), _read(*half), _read(*quarter)), _spoilt(half[0], half[2]), contrast)


Relative = tuple[Float32Array, Float32Array, NDArray[np.bool_]]


def _relative(difference: Unexplained, factor: int, whole: NDArray[np.bool_], unit: float) -> Relative:
    """Relative residual and residual in levels of each block, and which blocks count."""
    side_px = BLOCK_PX // factor
    residual, explained = coarser(difference.residual, factor), coarser(difference.explained, factor)
    levels = np.sqrt(block_means(residual * residual, side_px))
    rows, columns = min(levels.shape[0], whole.shape[0]), min(levels.shape[1], whole.shape[1])
    levels = levels[:rows, :columns]
    texture = block_spreads(explained, side_px)[:rows, :columns]
    return np.asarray(levels / (unit + 0.1 * texture), np.float32), levels, whole[:rows, :columns]


def _read(relative: Float32Array, levels: Float32Array, use: NDArray[np.bool_]) -> Residuals:
    found = relative[use]
    ten, quarter, half, most, nearly, almost = (float(part) for part in np.quantile(found, _QUANTILES))
    low, high = (float(part) for part in np.quantile(levels[use], (0.25, 0.90)))
    return Residuals((ten, quarter, half, most, nearly, almost), float(found.max()), high / max(low, _LEAST_LEVELS))


def _spoilt(relative: Float32Array, use: NDArray[np.bool_]) -> Spoilt:
    count = int(use.sum())
    spoilt = ((relative > _SPOILT) & use).astype(np.uint8)
    pieces, label, stats, _ = cv2.connectedComponentsWithStats(spoilt, connectivity=8)
    if pieces < 2:
        most, nearly = (float(part) for part in np.quantile(relative[use], (0.75, 0.90)))
        return Spoilt(0.0, 0.0, 0.0, 0.0, most, nearly)
    largest = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    _, _, width, height, area = (int(part) for part in stats[largest])
    rest = relative[use & (label != largest)]
    most, nearly = (float(part) for part in np.quantile(rest, (0.75, 0.90))) if len(rest) > 4 else (9.0, 9.0)
    span = max(width / use.shape[1], height / use.shape[0])
    return Spoilt(float(spoilt.sum()) / count, area / count, span, area / (width * height), most, nearly)
