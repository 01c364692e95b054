"""Lays one picture over another, as they lie and by features, without their borders and with them, and reads the best."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from twinlens.domain.fingerprint import Float32Array
from twinlens.matching.alignment import find_affine, is_plausible, refine_affine, turn_degrees
from twinlens.matching.explained import unexplained
from twinlens.matching.leftover import Leftover, leftover
from twinlens.matching.marks import Marks, marks
from twinlens.matching.overlay import Overlay, normalised, overlay, warped
from twinlens.matching.portraits import Portrait

FEWEST_INLIERS = 8
_STRETCH = 1.2
_GLANCE_PX = 40
_GLANCE_CORRELATION = 0.5
_FEWEST_PX = 900


@dataclass(frozen=True, slots=True)
class Laid:
    """How a picture lies over another. ``matrix`` [2, 3] leads from the second to the first, in px of their portraits.

    ``first``, ``second``: the portraits. ``strayed_px``: how far a corner lies from where it would lie if both showed the
    same frame. ``coverage``: shared part of the larger content, 0 to 1. ``border_share``: part of the area that only one
    spends on a border. ``error_levels``: mean absolute luma difference that nothing explains. ``gain``: contrast factor of
    the finer against the coarser; ``offset_levels``: difference of their mean luma; ``sharpening``: of the coarser.
    """

    first: Portrait
    second: Portrait
    matrix: NDArray[np.float64]
    found: Overlay
    left: Leftover
    marked: Marks
    strayed_px: float
    coverage: float
    border_share: float
    error_levels: float
    gain: float
    offset_levels: float
    sharpening: tuple[float, float]

    @property
    def scales(self) -> tuple[float, float]:
        """By how much each direction was scaled."""
        return float(np.hypot(*self.matrix[:, 0])), float(np.hypot(*self.matrix[:, 1]))

    @property
    def stretch(self) -> float:
        """How much more one direction was scaled than the other, 1 or more."""
        return max(self.scales) / max(min(self.scales), 1e-6)

    @property
    def shear(self) -> float:
        """Cosine of the angle between what were the axes, 0 for a right angle."""
        across, down = self.scales
        return abs(float(self.matrix[:, 0] @ self.matrix[:, 1])) / max(across * down, 1e-6)

    @property
    def turn_degrees(self) -> float:
        """-180 to 180."""
        return turn_degrees(self.matrix)

    @property
    def unlikeness(self) -> float:
        """To choose between two ways of laying the same pictures: the smaller the better."""
        half, most = self.left.scales[1].quantiles[2:4]
        return half + most + 10 * max(0.0, 0.9 - self.found.fine.typical)

    @property
    def is_close(self) -> bool:
        """Whether another way to lay them could hardly be better."""
        return self.left.scales[1].quantiles[3] < 0.5 and self.found.fine.typical > 0.9


def laid_over(pairs: Iterator[tuple[Portrait, Portrait]]) -> Laid | None:
    """The best way to lay a second picture over a first, of portraits of the same two; None where there is none."""
    best: Laid | None = None
    for first, second in pairs:
        for way in (as_they_lie, by_features):
            laid = way(first, second)
            if laid is not None and (best is None or laid.unlikeness < best.unlikeness):
                best = laid
            if best is not None and best.is_close:
                return best
    return best


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
    fixed, moving = (second, first) if finer_first else (first, second)
    refined = refine_affine(normalised(fixed.luma), normalised(moving.luma), start)
    if not np.isfinite(refined).all() or not is_plausible(refined):
        return None
    height, width = fixed.luma.shape
    shared = warped(np.ones(moving.luma.shape, np.float32), refined, width, height) > 0.99
    inside = cv2.erode(shared.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(np.bool_)
    if int(inside.sum()) < _FEWEST_PX:
        return None
    luma = warped(moving.luma, refined, width, height)
    found = overlay(fixed.luma, luma, inside)
    if found is None:
        return None
    colours = warped(moving.chroma.astype(np.float32), refined, width, height)
    apart = unexplained((fixed.luma, fixed.chroma.astype(np.float32)), (luma, colours), inside)
    left = leftover(apart, inside)
    if left is None:
        return None
    area = moving.luma.size * abs(float(np.linalg.det(refined[:, :2])))
    return Laid(
        first,
        second,
        _inverse(refined) if finer_first else refined,
        found,
        left,
        marks(fixed.luma, luma, apart.residual, inside),
        _strayed_px(fixed.luma.shape, moving.luma.shape, refined),
        min(1.0, float(shared.sum()) / max(1.0, float(fixed.luma.size), area)),
        abs(first.content_share - second.content_share),
        float(np.abs(apart.residual[inside]).mean()),
        apart.spreads[1] / max(apart.spreads[0], 1.0),
        float(luma[inside].mean() - fixed.luma[inside].mean()),
        apart.sharpening,
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
