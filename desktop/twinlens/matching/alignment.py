"""The second question: does some shift, scale, small turn or crop lay one picture over the other?

SIFT features (Lowe, 2004) matched with the ratio test, an affine transform by RANSAC, then a few Gauss-Newton steps on
locally normalised luma, since a residual is only worth reading when the pictures lie within a fraction of a pixel.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from twinlens.domain.fingerprint import Float32Array, UInt8Array

MAX_FEATURES = 350
_RATIO = 0.8
_INLIER_PX = 2.0
_NORMALISING_PX = 15
_BLOCK_PX = 16
_TEXTURED_LEVELS = 3.0


@dataclass(frozen=True, slots=True)
class Features:
    """SIFT keypoints float32 [n, 2] (x, y) and descriptors float32 [n, 128], L2-normalised after a square root."""

    points: Float32Array
    descriptors: Float32Array


@dataclass(frozen=True, slots=True)
class Overlay:
    """How two pictures agree where they overlap after alignment.

    ``coverage``: shared part of the larger content, 0 to 1. ``typical``, ``weak``: median and lower quartile of the
    correlation of locally normalised luma over textured blocks, -1 to 1. ``good_share``: part of the textured blocks
    above 0.8. ``blocks``: how many textured blocks. ``error_levels``: mean absolute luma difference after a linear fit.
    """

    coverage: float
    typical: float
    weak: float
    good_share: float
    blocks: int
    error_levels: float


def features_of(gray: UInt8Array) -> Features:
    """Features of a luma picture [h, w]."""
    sift = cv2.SIFT.create(nfeatures=MAX_FEATURES, contrastThreshold=0.02)
    points, descriptors = sift.detectAndCompute(gray, None)
    if len(points) == 0:
        return Features(np.zeros((0, 2), np.float32), np.zeros((0, 128), np.float32))
    rooted = np.sqrt(descriptors / np.maximum(descriptors.sum(axis=1, keepdims=True), 1e-6))
    return Features(
        np.array([point.pt for point in points], dtype=np.float32).reshape(-1, 2), rooted.astype(np.float32)
    )


def find_affine(first: Features, second: Features) -> tuple[NDArray[np.float64], int] | None:
    """Affine matrix [2, 3] from ``second`` to ``first`` and how many matches agree with it; None where there is none."""
    if min(len(first.points), len(second.points)) < 8:
        return None
    similarity = second.descriptors @ first.descriptors.T
    at = np.argpartition(-similarity, 1, axis=1)[:, :2]
    pair = np.take_along_axis(similarity, at, axis=1)
    best = pair.max(axis=1)
    distance = np.sqrt(np.maximum(2 - 2 * best, 0))
    runner_up = np.sqrt(np.maximum(2 - 2 * pair.min(axis=1), 0))
    kept = distance < _RATIO * runner_up
    if kept.sum() < 8:
        return None
    target = first.points[np.where(pair[:, 0] >= pair[:, 1], at[:, 0], at[:, 1])[kept]]
    matrix, inliers = cv2.estimateAffine2D(
        second.points[kept], target, method=cv2.RANSAC, ransacReprojThreshold=_INLIER_PX, maxIters=500, confidence=0.995
    )
    if matrix is None or not np.isfinite(matrix).all():
        return None
    return matrix, int(inliers.sum())


def is_plausible(matrix: NDArray[np.float64]) -> bool:
    """Whether an editor does this to a picture: size by 1/4 to 4, stretch up to 1.35, hardly any shear."""
    linear = matrix[:, :2]
    across, down = float(np.hypot(*linear[:, 0])), float(np.hypot(*linear[:, 1]))
    if not (0.25 < across < 4 and 0.25 < down < 4 and max(across, down) < 1.35 * min(across, down)):
        return False
    return abs(float(linear[:, 0] @ linear[:, 1])) < 0.02 * across * down


def turn_degrees(matrix: NDArray[np.float64]) -> float:
    """The turn in a plausible matrix, -180 to 180."""
    return float(np.degrees(np.arctan2(matrix[1, 0], matrix[0, 0])))


def normalised(luma: Float32Array) -> Float32Array:
    """Luma with the local mean removed and the local contrast evened out."""
    side = (_NORMALISING_PX, _NORMALISING_PX)
    detail = luma - cv2.blur(luma, side)
    return np.asarray(detail / np.sqrt(cv2.blur(detail * detail, side) + 4.0), dtype=np.float32)


def refine_affine(
    first: Float32Array, second: Float32Array, matrix: NDArray[np.float64], steps: int = 4
) -> NDArray[np.float64]:
    """Improve ``matrix`` (second to first) by Gauss-Newton on normalised luma [h, w]."""
    height, width = first.shape
    across = cv2.Sobel(first, cv2.CV_32F, 1, 0, ksize=3, scale=1 / 8)
    down = cv2.Sobel(first, cv2.CV_32F, 0, 1, ksize=3, scale=1 / 8)
    x = np.broadcast_to(np.arange(width, dtype=np.float32)[None, :], first.shape)
    y = np.broadcast_to(np.arange(height, dtype=np.float32)[:, None], first.shape)
    terms = np.stack([across * x, across * y, across, down * x, down * y, down]).reshape(6, -1)
    ones = np.ones(second.shape, dtype=np.float32)
    for _ in range(steps):
        moved = warped(second, matrix, width, height)
        inside = warped(ones, matrix, width, height) > 0.99
        difference = moved - first
        use = (inside & (np.abs(difference) < 1.0)).reshape(-1)
        if use.sum() < 200:
            return matrix
        chosen = terms[:, use]
        normal = (chosen @ chosen.T).astype(np.float64)
        normal[np.diag_indices(6)] *= 1 + 1e-4
        normal[np.diag_indices(6)] += 1e-6
        step = np.linalg.solve(normal, (chosen @ difference.reshape(-1)[use]).astype(np.float64)).reshape(2, 3)
        # moved(p) = first(p + step p): undo it after the present matrix
        correction = np.vstack([np.array([[1.0, 0, 0], [0, 1, 0]]) + step, [0, 0, 1]])
        matrix = (correction @ np.vstack([matrix, [0, 0, 1]]))[:2]
        if np.abs(step[:, 2]).max() > 6:
            return matrix
    return matrix


def warped(picture: Float32Array, matrix: NDArray[np.float64], width: int, height: int) -> Float32Array:
    """``picture`` moved by ``matrix`` onto a canvas of this size, zero outside."""
    moved = cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR)
    return moved.astype(np.float32, copy=False)


def overlay(first: Float32Array, second: Float32Array, matrix: NDArray[np.float64]) -> Overlay:
    """Lay ``second`` over ``first`` (luma [h, w], 0 to 255) and read the agreement block by block."""
    height, width = first.shape
    moved = warped(second, matrix, width, height)
    inside = warped(np.ones(second.shape, np.float32), matrix, width, height) > 0.99
    shared = float(inside.sum())
    scale = abs(float(np.linalg.det(matrix[:, :2])))
    coverage = shared / max(1.0, float(first.size), second.size * scale)
    rows, columns = height // _BLOCK_PX, width // _BLOCK_PX
    if rows < 2 or columns < 2 or shared < 400:
        return Overlay(coverage, 0.0, 0.0, 0.0, 0, 255.0)
    one, two = _blocks(normalised(first), rows, columns), _blocks(normalised(moved), rows, columns)
    raw_one, raw_two = _blocks(first, rows, columns), _blocks(moved, rows, columns)
    whole = _blocks(inside.astype(np.float32), rows, columns).min(axis=-1) > 0
    textured = whole & (np.maximum(raw_one.std(axis=-1), raw_two.std(axis=-1)) > _TEXTURED_LEVELS)
    energy = np.sqrt((one * one).sum(axis=-1) * (two * two).sum(axis=-1)) + 1e-6
    correlation = ((one * two).sum(axis=-1) / energy)[textured]
    if not correlation.size:
        return Overlay(coverage, 0.0, 0.0, 0.0, 0, 255.0)
    return Overlay(
        coverage,
        float(np.median(correlation)),
        float(np.quantile(correlation, 0.25)),
        float((correlation > 0.8).mean()),
        int(textured.sum()),
        _tone_error(first[inside], moved[inside]),
    )


def _blocks(picture: Float32Array, rows: int, columns: int) -> Float32Array:
    cut = picture[: rows * _BLOCK_PX, : columns * _BLOCK_PX]
    split = cut.reshape(rows, _BLOCK_PX, columns, _BLOCK_PX).swapaxes(1, 2)
    return split.reshape(rows * columns, _BLOCK_PX * _BLOCK_PX)


def _tone_error(first: Float32Array, second: Float32Array) -> float:
    one, two = first - first.mean(), second - second.mean()
    gain = float((one * two).sum() / ((two * two).sum() + 1e-6))
    return float(np.abs(one - gain * two).mean())
