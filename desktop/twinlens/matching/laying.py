"""Lays one picture over another, as they lie and by features, without their borders and with them, and reads the best."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from twinlens.domain.fingerprint import Float32Array, UInt8Array
from twinlens.matching.alignment import Features, find_affine, is_plausible, refine_affine, turn_degrees
from twinlens.matching.explained import unexplained
from twinlens.matching.leftover import Leftover, leftover
from twinlens.matching.marks import Marks, marks
from twinlens.matching.overlay import Overlay, normalised, overlay, warped
from twinlens.matching.portraits import Portrait, portrait_of

FEWEST_INLIERS = 8
_STRETCH = 1.2
_GLANCE_PX = 40
_GLANCE_CORRELATION = 0.5
_FEWEST_PX = 900
_HOPELESS = 0.5  # correlation; 99 of 100 edited copies have more than 0.9
_SAME_WAY_PX = 1.0
_SAME_FRAME = 0.02  # of a side


class Laid(Struct, frozen=True):
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


@dataclass(frozen=True)
class Couple:
    """Two pictures to lay over each other; what costs time is made when it is asked for.

    ``trimmed``: both without their borders. ``whole``: as they are, since a clear sky looks like a border. ``features``: of
    the trimmed ones; a border has none.
    """

    trimmed: tuple[Portrait, Portrait]
    whole: Callable[[], tuple[Portrait, Portrait]]
    features: Callable[[], tuple[Features, Features]]


def couple_of(first: UInt8Array, second: UInt8Array) -> Couple:
    """Two upright pictures, RGB uint8 [h, w, 3], of which nothing is kept."""
    trimmed = portrait_of(first), portrait_of(second)
    return Couple(
        trimmed,
        lambda: (portrait_of(first, trimmed=False), portrait_of(second, trimmed=False)),
        lambda: (trimmed[0].features(), trimmed[1].features()),
    )


def laid_over(couple: Couple, is_enough: Callable[[Laid], bool]) -> Laid | None:
    """The best way to lay the second picture over the first, or the first that is enough; None where there is none."""
    best: Laid | None = None
    for laid in ways(couple):
        if is_enough(laid):
            return laid
        if best is None or laid.unlikeness < best.unlikeness:
            best = laid
    return best


def ways(couple: Couple) -> Iterator[Laid]:
    """As they lie and by features; without their borders, then, where these differ, as they are."""
    first, second = couple.trimmed
    plain = as_they_lie(first, second)
    if plain is not None:
        yield plain
    matrix = by_features(*couple.features())
    if matrix is not None and (plain is None or _strayed_px(first, second, plain.matrix, matrix) > _SAME_WAY_PX):
        found = _read(first, second, matrix)
        if found is not None:
            yield found
    if np.abs(np.subtract(first.frame, second.frame)).max() < _SAME_FRAME:
        return
    whole = couple.whole()
    plain = as_they_lie(*whole)
    if plain is not None:
        yield plain
    if matrix is not None:
        grown = _of_whole(matrix, couple.trimmed, whole)
        if plain is None or _strayed_px(*whole, plain.matrix, grown) > _SAME_WAY_PX:
            found = _read(*whole, grown)
            if found is not None:
                yield found


def as_they_lie(first: Portrait, second: Portrait) -> Laid | None:
    """How two portraits agree if both show the same frame; None where a glance shows that they do not."""
    plain = _plain(first, second)
    across, down = plain[0, 0], plain[1, 1]
    if max(across, down) > _STRETCH * min(across, down) or not _alike_at_a_glance(first.luma, second.luma):
        return None
    return _read(first, second, plain)


def by_features(first: Features, second: Features) -> NDArray[np.float64] | None:
    """The matrix from the second to the first that most features tell; None where there is no plausible one."""
    found = find_affine(first, second)
    if found is None or found[1] < FEWEST_INLIERS or not is_plausible(found[0]):
        return None
    return found[0]


def _plain(first: Portrait, second: Portrait) -> NDArray[np.float64]:
    (height, width), (other_height, other_width) = first.luma.shape, second.luma.shape
    across, down = width / other_width, height / other_height
    return np.array([[across, 0.0, (across - 1) / 2], [0.0, down, (down - 1) / 2]])


def _of_whole(
    matrix: NDArray[np.float64], trimmed: tuple[Portrait, Portrait], whole: tuple[Portrait, Portrait]
) -> NDArray[np.float64]:
    """What leads from one trimmed portrait to the other, between the whole ones."""
    there, back = (_placed(part, every) for part, every in zip(trimmed, whole, strict=True))
    return np.asarray((there @ np.vstack([matrix, [0, 0, 1]]) @ np.linalg.inv(back))[:2], np.float64)


def _placed(part: Portrait, whole: Portrait) -> NDArray[np.float64]:
    """From pixels of a trimmed portrait to those of the whole one, [3, 3]."""
    (height, width), (part_height, part_width) = whole.luma.shape, part.luma.shape
    left, top, wide, high = part.frame
    across, down = wide * width / part_width, high * height / part_height
    return np.array(
        [[across, 0, left * width + across / 2 - 0.5], [0, down, top * height + down / 2 - 0.5], [0, 0, 1]], np.float64
    )


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
    if found is None or found.fine.typical < _HOPELESS:
        return None
    colours = warped(moving.chroma.astype(np.float32), refined, width, height)
    one, two = (fixed.luma, fixed.chroma.astype(np.float32)), (luma, colours)
    apart = unexplained(one, two, inside)
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
        marks(one, two, apart.residual, inside),
        _strayed_px(fixed, moving, refined),
        min(1.0, float(shared.sum()) / max(1.0, float(fixed.luma.size), area)),
        abs(first.content_share - second.content_share),
        float(np.abs(apart.residual[inside]).mean()),
        apart.spreads[1] / max(apart.spreads[0], 1.0),
        float(luma[inside].mean() - fixed.luma[inside].mean()),
        apart.sharpening,
    )


def _strayed_px(
    fixed: Portrait, moving: Portrait, matrix: NDArray[np.float64], other: NDArray[np.float64] | None = None
) -> float:
    """How far apart two matrices put a corner of ``moving``; without a second one, from where the same frame puts it."""
    height, width = moving.luma.shape
    corners = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1]], dtype=np.float64)
    there = _plain(fixed, moving) if other is None else other
    return float(np.abs(corners @ (matrix - there).T).max())


def _inverse(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(cv2.invertAffineTransform(matrix), dtype=np.float64)


def _alike_at_a_glance(first: Float32Array, second: Float32Array) -> bool:
    """Whether the locally normalised lumas correlate when shrunk."""
    one, two = (
        normalised(cv2.resize(luma, (_GLANCE_PX, _GLANCE_PX), interpolation=cv2.INTER_AREA).astype(np.float32))
        for luma in (first, second)
    )
    return float((one * two).sum() / np.sqrt((one * one).sum() * (two * two).sum() + 1e-6)) > _GLANCE_CORRELATION
