"""How one picture of a scene lies over another, for the eye: handheld frames, crops and turned copies.

SIFT features (Lowe, 2004) matched with the ratio test both ways, a homography by RANSAC, which a camera that only turns obeys; an
affine one where that explains as much. Verification (``laying``) asks whether an edit explains a pair and works on thumbnails;
here two exposures are to lie still while one looks from the one to the other at 1:1.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from twinlens.domain.fingerprint import Float32Array, UInt8Array

Matrix = NDArray[np.float64]
WORK_SIDE_PX = 896
MAX_FEATURES = 1800
FEWEST_INLIERS = 12
LEAST_SHARE = 0.2  # of the matches; strangers agree by chance in fewer
_RATIO = 0.78
_REACH = 0.0025  # of the longer side: how far a match may lie from where the matrix puts it
_EXACT = 0.0005  # the same, of one that lies just there
_BETTER = 1.1  # so many times the exact ones make a homography worth its freedom
_MOST_STRETCH = 4.5
_LEAST_AREA, _MOST_AREA = 0.02, 50.0
_SAME_SHAPE = 1.02
_ALIKE = 0.9
_GLANCE_PX = 48


@dataclass(frozen=True, eq=False)
class Congruence:
    """``matrix`` [3, 3] leads from a place of the second picture to the first, both as fractions of width and height.

    ``inliers``: how many features agree; 0 where the pictures lie alike as they are. ``apart``: how far the middle half
    of them lie from where the matrix puts them at most, as a part of the first one's longer side.
    """

    matrix: Matrix
    inliers: int
    apart: float


class Sights(Struct, frozen=True):
    """Features of a picture, places in fractions float32 [n, 2], roots of descriptors float32 [n, 128]. ``glance``: its luma,
    48 by 48. ``shape``: width divided by height.
    """

    places: Float32Array
    descriptors: Float32Array
    glance: Float32Array
    shape: float


def sights_of(rgb: UInt8Array, *, mirrored: bool = False) -> Sights:
    """Features of a picture, uint8 [h, w, 3 or 4]; ``mirrored``: of its mirror image, with places in the picture as it is."""
    height, width = rgb.shape[:2]
    gray = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY if rgb.shape[2] == 3 else cv2.COLOR_BGRA2GRAY)
    factor = min(1.0, WORK_SIDE_PX / max(width, height))
    small = cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA) if factor < 1 else gray
    small = small[:, ::-1].copy() if mirrored else small
    even = cv2.createCLAHE(clipLimit=3.0, tileGridSize=(8, 8)).apply(small)  # frames of a bracket find each other
    points, descriptors = cv2.SIFT.create(nfeatures=MAX_FEATURES, contrastThreshold=0.02).detectAndCompute(even, None)
    shown = cv2.resize(small, (_GLANCE_PX, _GLANCE_PX), interpolation=cv2.INTER_AREA).astype(np.float32)
    if descriptors is None or not len(points):
        return Sights(np.zeros((0, 2), np.float32), np.zeros((0, 128), np.float32), shown, width / height)
    places = (np.array([point.pt for point in points], np.float32) + 0.5) / (small.shape[1], small.shape[0])
    if mirrored:
        places[:, 0] = 1 - places[:, 0]
    rooted = np.sqrt(descriptors / np.maximum(descriptors.sum(axis=1, keepdims=True), 1e-6))
    return Sights(places.astype(np.float32), rooted.astype(np.float32), shown, width / height)


def congruence(first: Sights, second: Sights, mirrored_second: Sights | None = None) -> Congruence | None:
    """How the second lies over the first; None where they have nothing in common. ``mirrored_second`` is tried too."""
    found = _by_features(first, second)
    if mirrored_second is not None and (found is None or found.inliers < 4 * FEWEST_INLIERS):
        other = _by_features(first, mirrored_second)
        if other is not None and (found is None or other.inliers > found.inliers):
            found = other
    if found is None and _lie_alike(first, second):
        return Congruence(np.eye(3), 0, 0.0)
    return found


def _by_features(first: Sights, second: Sights) -> Congruence | None:
    source, target = _matched(first, second)
    if len(source) < FEWEST_INLIERS:
        return None
    # In units of the longer side, so that a distance means the same across and down.
    one, two = _square(first.shape), _square(second.shape)
    source, target = source @ np.diag(two).astype(np.float32), target @ np.diag(one).astype(np.float32)
    affine, agree = cv2.estimateAffine2D(source, target, method=cv2.RANSAC, ransacReprojThreshold=_REACH, maxIters=3000)
    bent, agree_bent = cv2.findHomography(source, target, cv2.RANSAC, _REACH, maxIters=3000, confidence=0.995)
    best: Matrix | None = None
    inliers, exact = np.zeros(len(source), np.bool_), 0
    if affine is not None and np.isfinite(affine).all():
        best, inliers = np.vstack([affine, [0, 0, 1]]), agree.ravel() > 0
        exact = _exact(best, source, target)
    turned = None if bent is None or not np.isfinite(bent).all() else np.asarray(bent, np.float64)
    if turned is not None and _exact(turned, source, target) > _BETTER * exact + FEWEST_INLIERS / 2:
        best, inliers = turned, agree_bent.ravel() > 0
    count = int(inliers.sum())
    if best is None or count < FEWEST_INLIERS or count < LEAST_SHARE * len(source) or not _is_plausible(best):
        return None
    apart = np.hypot(*(_moved(best, source[inliers]) - target[inliers]).T)
    matrix = np.diag([1 / one[0], 1 / one[1], 1.0]) @ best @ np.diag([two[0], two[1], 1.0])
    return Congruence(matrix / matrix[2, 2], count, float(np.median(apart)))


def _exact(matrix: Matrix, source: Float32Array, target: Float32Array) -> int:
    """How many matches lie where the matrix puts them, to within what is seen at 1:1."""
    return int((np.hypot(*(_moved(matrix, source) - target).T) < _EXACT).sum())


def _matched(first: Sights, second: Sights) -> tuple[Float32Array, Float32Array]:
    """Places in the second and in the first of features that are each other's nearest, and by far."""
    if min(len(first.places), len(second.places)) < 2:
        none = np.zeros((0, 2), np.float32)
        return none, none
    likeness = second.descriptors @ first.descriptors.T
    at = np.argpartition(-likeness, 1, axis=1)[:, :2]
    pair = np.take_along_axis(likeness, at, axis=1)
    best = np.where(pair[:, 0] >= pair[:, 1], at[:, 0], at[:, 1])
    near = np.sqrt(np.maximum(2 - 2 * pair.max(axis=1), 0)) < _RATIO * np.sqrt(np.maximum(2 - 2 * pair.min(axis=1), 0))
    mutual = likeness.argmax(axis=0)[best] == np.arange(len(best))
    kept = near & mutual
    return second.places[kept], first.places[best[kept]]


def _square(shape: float) -> tuple[float, float]:
    """Width and height of a picture whose longer side is 1."""
    return (1.0, 1 / shape) if shape >= 1 else (shape, 1.0)


def _moved(matrix: Matrix, places: Float32Array) -> Matrix:
    there = np.column_stack([places, np.ones(len(places))]) @ matrix.T
    return np.asarray(there[:, :2] / there[:, 2:], np.float64)


def _is_plausible(matrix: Matrix) -> bool:
    """Whether a camera or an editor does this: nothing turned inside out, no side stretched beyond reason."""
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    depth = np.column_stack([corners, np.ones(4)]) @ matrix[2]
    if depth.min() <= 0.2 * depth.max():
        return False
    places = _moved(matrix, corners)
    sides = np.hypot(*(np.roll(places, -1, axis=0) - places).T)
    (across, down), (back, up) = places[2] - places[0], places[3] - places[1]
    area = 0.5 * abs(float(across * up - down * back))
    return _LEAST_AREA < area < _MOST_AREA and float(sides.max()) < _MOST_STRETCH * float(sides.min())


def _lie_alike(first: Sights, second: Sights) -> bool:
    """Whether two pictures without features, such as of a clear sky, show the same as they are."""
    if not 1 / _SAME_SHAPE < first.shape / second.shape < _SAME_SHAPE:
        return False
    one, two = first.glance - first.glance.mean(), second.glance - second.glance.mean()
    return float((one * two).sum() / np.sqrt((one * one).sum() * (two * two).sum() + 1e-6)) > _ALIKE
