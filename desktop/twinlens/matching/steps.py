"""What changed from one frame of a series to the next: place, tone or focus, read from two small pictures."""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from twinlens.domain.fingerprint import Float32Array, UInt8Array
from twinlens.matching.alignment import Features, features_of, matched
from twinlens.matching.overlay import normalised, warped

SIDE_PX = 160
FEWEST_MATCHES = 8
_BLOCKS = (12, 9)  # of the map of fine structure
_TEXTURED_PART = 0.7  # of the blocks, the more textured ones, say where the focus lies
_DEEPEST_PX = 48  # what is shrunk to this is the same in and out of focus
_INLIER_PX = 3.0
_FARTHEST = 0.1


@dataclass(frozen=True)
class View:
    """One frame. ``gray``: uint8 [h, w], longest side as stored, about 320."""

    gray: UInt8Array

    @cached_property
    def luma(self) -> Float32Array:
        """At most 160 px."""
        return _shrunk(self.gray, SIDE_PX)

    @cached_property
    def pattern(self) -> Float32Array:
        """The luma without its tone."""
        return np.asarray(normalised(self.luma), dtype=np.float32)

    @cached_property
    def fineness(self) -> Float32Array:
        """How much fine structure each block holds, as a power of two, float32 [108]."""
        fine = (self.luma - cv2.GaussianBlur(self.luma, (0, 0), 1.2)) ** 2
        blocks = cv2.resize(cv2.blur(fine, (11, 11)), _BLOCKS, interpolation=cv2.INTER_AREA)
        return np.asarray(0.5 * np.log2(blocks + 0.5), dtype=np.float32).ravel()

    @cached_property
    def features(self) -> Features:
        """Found when first asked for."""
        return features_of(self.gray)


class Step(Struct, frozen=True):
    """From one frame to the next. ``strayed``: how far the view moved, as part of its longer side, infinite where the
    two do not lie over each other at all. ``brighter_levels``: difference of the mean luma of what both show.
    ``likeness``: correlation of the coarse lumas, of their ranks where features were compared.
    ``refocused``: median change of fine structure in powers of two. ``error_levels``: mean difference of the coarse lumas.
    ``matches``: features that agree with one movement; ``agreement``: their part of all that were matched.
    """

    strayed: float
    brighter_levels: float
    likeness: float
    refocused: float
    error_levels: float
    matches: int = 0
    agreement: float = 0.0


def view_of(pixels: UInt8Array) -> View:
    """The view of an upright picture, RGB uint8 [h, w, 3]."""
    return View(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8))


def glance(first: View, second: View) -> Step:
    """Compare two frames as they lie, up to a small shift: a millisecond."""
    brighter = float(second.luma.mean() - first.luma.mean())
    height, width = first.luma.shape
    if abs(second.luma.shape[0] - height) > 1 or abs(second.luma.shape[1] - width) > 1:
        return Step(np.inf, brighter, 0.0, 0.0, 255.0)
    luma, pattern = (
        picture if picture.shape == (height, width) else cv2.resize(picture, (width, height))
        for picture in (second.luma, second.pattern)
    )
    window = cv2.createHanningWindow((width, height), cv2.CV_32F)
    shift, _ = cv2.phaseCorrelate(first.pattern, pattern, window)
    # To quarters of a pixel: the last digits of a Fourier transform hang on where its arrays lie in memory.
    across, down = (round(4 * part) / 4 for part in shift)
    strayed = float(np.hypot(across, down)) / max(width, height)
    if strayed > _FARTHEST:
        return Step(strayed, brighter, 0.0, 0.0, 255.0)
    back = np.array([[1.0, 0.0, -across], [0.0, 1.0, -down]])
    margin = max(2, round(strayed * max(width, height)) + 1)
    inner = np.s_[margin:-margin, margin:-margin]
    one, two = first.luma[inner], warped(np.asarray(luma, np.float32), back, width, height)[inner]
    one, two = (_shrunk(np.ascontiguousarray(part), _DEEPEST_PX) for part in (one, two))
    textured = np.maximum(first.fineness, second.fineness)
    kept = textured >= np.quantile(textured, 1 - _TEXTURED_PART)
    refocused = float(np.median(np.abs(second.fineness - first.fineness)[kept]))
    return Step(strayed, brighter, _correlation(one, two), refocused, round(float(np.abs(one - two).mean()), 1))


def laid(first: View, second: View) -> Step | None:
    """Compare two frames after the movement that most features tell; None where too few agree on one."""
    if min(len(first.features.points), len(second.features.points)) < FEWEST_MATCHES:
        return None
    source, target = matched(first.features, second.features)
    if len(source) < FEWEST_MATCHES:
        return None
    found, inliers = cv2.estimateAffine2D(
        source, target, method=cv2.RANSAC, ransacReprojThreshold=_INLIER_PX, maxIters=500
    )
    matches = 0 if inliers is None else int(inliers.sum())
    if found is None or not np.isfinite(found).all() or matches < FEWEST_MATCHES:
        return None
    matrix: NDArray[np.float64] = found.astype(np.float64)
    height, width = first.gray.shape
    corners = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1]], np.float64)
    strayed = float(np.abs(corners @ matrix.T - corners[:, :2]).max()) / max(width, height)
    inside = warped(np.ones(second.gray.shape, np.float32), matrix, width, height) > 0.99
    if inside.mean() < 0.1:
        return None
    one = cv2.GaussianBlur(first.gray.astype(np.float32), (0, 0), 2)[inside][::37]
    two = cv2.GaussianBlur(warped(second.gray.astype(np.float32), matrix, width, height), (0, 0), 2)[inside][::37]
    ranks = [np.argsort(np.argsort(part, kind="stable")).astype(np.float32) for part in (one, two)]
    return Step(
        strayed,
        float(two.mean() - one.mean()),
        _correlation(*ranks),
        0.0,
        float(np.abs(one - two).mean()),
        matches,
        matches / len(source),
    )


def _shrunk(picture: UInt8Array | Float32Array, side_px: int) -> Float32Array:
    factor = min(1.0, side_px / max(picture.shape))
    size = (max(8, round(picture.shape[1] * factor)), max(8, round(picture.shape[0] * factor)))
    return np.asarray(cv2.resize(picture.astype(np.float32), size, interpolation=cv2.INTER_AREA), np.float32)


def _correlation(first: Float32Array, second: Float32Array) -> float:
    one, two = first - first.mean(), second - second.mean()
    return float((one * two).sum() / np.sqrt((one * one).sum() * (two * two).sum() + 1e-6))
