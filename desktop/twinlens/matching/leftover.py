"""What an edit of tones cannot explain of two pictures that lie one over the other.

Explained away, in this order: light that varies smoothly over the frame (a polynomial), any curve of tones (the mean
for each level, pixels that disagree left out), sharpening or softening of the whole (the Laplacian), and what is left of
slow variation. A tone edit, a filter or a vignette leaves hardly more than an encoder does; a moved subject, other light
or another focus leave more, and in more places than a text or a stamp covers.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from twinlens.domain.fingerprint import Float32Array
from twinlens.matching.overlay import block_means, warped

_LEVELS_A_BIN = 4
_FEWEST_IN_A_BIN = 4
_SLOW_PX = 65
_CONTRAST_LEVELS = 45.0  # of a usual photo; a flatter copy leaves less, and is measured by less


@dataclass(frozen=True, slots=True)
class Leftover:
    """Residuals of blocks, relative to what an encoder leaves in a block of that texture.

    ``half``, ``most``, ``nearly``: their 50, 75 and 90 % quantiles. ``worst``: the largest. ``gain``: contrast factor of
    one against the other; ``offset_levels``: difference of mean luma; ``softening``: coefficient of the Laplacian.
    """

    half: float
    most: float
    nearly: float
    worst: float
    gain: float
    offset_levels: float
    softening: float


NOTHING_IN_COMMON = Leftover(9.0, 9.0, 9.0, 9.0, 1.0, 0.0, 0.0)


def leftover(fixed: Float32Array, moving: Float32Array, matrix: NDArray[np.float64]) -> Leftover:
    """Read lumas [h, w] laid over one another by ``matrix`` [2, 3] (moving to fixed)."""
    height, width = fixed.shape
    moved = warped(moving, matrix, width, height)
    inside = cv2.erode(
        (warped(np.ones(moving.shape, np.float32), matrix, width, height) > 0.99).astype(np.uint8), np.ones((5, 5))
    ).astype(np.bool_)
    if inside.sum() < 900:
        return NOTHING_IN_COMMON
    # The flatter of the two is explained by the richer: what clipping took away cannot be told from what is left.
    spread, spread_moved = float(fixed[inside].std()), float(moved[inside].std())
    rich, flat = (moved, fixed) if spread_moved > spread else (fixed, moved)
    explained = _by_tone(_by_light(rich, flat, inside), flat, inside)
    residual = (flat - explained) * inside
    edges = cv2.Laplacian(explained, cv2.CV_32F) * inside
    sane = np.abs(residual) < 30
    softening = float((residual * edges * sane).sum() / ((edges * edges * sane).sum() + 1.0))
    residual = residual - softening * edges
    weight = inside.astype(np.float32)
    calm = np.clip(residual, -20, 20)
    slow = cv2.blur(calm, (_SLOW_PX, _SLOW_PX)) / np.maximum(cv2.blur(weight, (_SLOW_PX, _SLOW_PX)), 0.05)
    residual = (residual - slow) * weight
    unit = float(np.clip(min(spread, spread_moved) / _CONTRAST_LEVELS, 0.3, 1.5))
    texture = np.sqrt(np.maximum(block_means(explained * explained) - block_means(explained) ** 2, 0))
    relative = np.sqrt(block_means(residual * residual)) / (1.5 * unit + 0.1 * texture)
    relative = relative[block_means(weight) > 0.999]
    if relative.size < 8:
        return NOTHING_IN_COMMON
    half, most, nearly = (float(part) for part in np.quantile(relative, (0.5, 0.75, 0.9)))
    offset = float(moved[inside].mean() - fixed[inside].mean())
    return Leftover(half, most, nearly, float(relative.max()), spread_moved / max(spread, 1.0), offset, softening)


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
    sparse = np.s_[::2, ::2]
    inner = inside[sparse]
    near, target = level[sparse][inner], flat[sparse][inner]
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
