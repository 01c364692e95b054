"""Lays one picture over another: as they lie if that fits, else by features."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from twinlens.domain.fingerprint import Float32Array
from twinlens.matching.alignment import find_affine, is_plausible, refine_affine
from twinlens.matching.leftover import NOTHING_IN_COMMON, Leftover, leftover
from twinlens.matching.overlay import Overlay, normalised, overlay
from twinlens.matching.portraits import Portrait

FEWEST_INLIERS = 10
_WORTH_READING = 0.8
_STRETCH = 1.2
_GLANCE_PX = 40
_GLANCE_CORRELATION = 0.6


@dataclass(frozen=True, slots=True)
class Laid:
    """How a picture lies over another. ``matrix`` [2, 3] leads from the second to the first, in px of their portraits.

    ``strayed_px``: how far a corner lies from where it would lie if both showed the same frame.
    ``border_share``: part of the area that only one spends on a border. ``colour_levels``: how far their colours lie apart.
    """

    matrix: NDArray[np.float64]
    found: Overlay
    left: Leftover
    strayed_px: float
    border_share: float
    colour_levels: float

    @property
    def stretch(self) -> float:
        """How much more one direction was scaled than the other, 1 or more."""
        across, down = (float(np.hypot(*self.matrix[:, at])) for at in (0, 1))
        return max(across, down) / max(min(across, down), 1e-6)


def as_they_lie(first: Portrait, second: Portrait) -> Laid | None:
    """How two portraits agree if both show the same frame; None where a glance shows that they do not."""
    height, width = first.luma.shape
    across, down = width / second.luma.shape[1], height / second.luma.shape[0]
    if max(across, down) > _STRETCH * min(across, down) or not _alike_at_a_glance(first.luma, second.luma):
        return None
    plain = np.array([[across, 0.0, (across - 1) / 2], [0.0, down, (down - 1) / 2]])
    return _read(first, second, plain)


def by_features(first: Portrait, second: Portrait) -> Laid | None:
    """How they agree after the transform that most features tell; None where there is no plausible one."""
    found = find_affine(first.features, second.features)
    if found is None or found[1] < FEWEST_INLIERS or not is_plausible(found[0]):
        return None
    return _read(first, second, found[0])


def _read(first: Portrait, second: Portrait, matrix: NDArray[np.float64]) -> Laid | None:
    """Refine and read with the finer of the two laid over the coarser, so that nothing is judged that only one shows."""
    finer_first = abs(float(np.linalg.det(matrix[:, :2]))) > 1.0
    start = _inverse(matrix) if finer_first else matrix
    fixed, moving = (second.luma, first.luma) if finer_first else (first.luma, second.luma)
    refined = refine_affine(normalised(fixed), normalised(moving), start)
    if not np.isfinite(refined).all() or not is_plausible(refined):
        return None
    found = overlay(fixed, moving, refined)
    return Laid(
        _inverse(refined) if finer_first else refined,
        found,
        leftover(fixed, moving, refined) if found.typical > _WORTH_READING else NOTHING_IN_COMMON,
        _strayed_px(fixed.shape, moving.shape, refined),
        abs(first.content_share - second.content_share),
        float(np.abs(first.colour - second.colour).max()),
    )


def _strayed_px(fixed: tuple[int, ...], moving: tuple[int, ...], matrix: NDArray[np.float64]) -> float:
    height, width = moving
    corners = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1]], dtype=np.float64)
    there = corners[:, :2] * (fixed[1] / width, fixed[0] / height)
    return float(np.abs(corners @ matrix.T - there).max())


def _inverse(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(cv2.invertAffineTransform(matrix), dtype=np.float64)


def _alike_at_a_glance(first: Float32Array, second: Float32Array) -> bool:
    """Whether the locally normalised lumas correlate when shrunk."""
    one, two = (
        normalised(cv2.resize(luma, (_GLANCE_PX, _GLANCE_PX), interpolation=cv2.INTER_AREA).astype(np.float32))
        for luma in (first, second)
    )
    return float((one * two).sum() / np.sqrt((one * one).sum() * (two * two).sum() + 1e-6)) > _GLANCE_CORRELATION
