"""How the second of two pictures differs from the first, once they are known to be one exposure."""

import cv2
import numpy as np
from numpy.typing import NDArray

from twinlens.domain.difference import WHOLE, Affine, Difference
from twinlens.domain.fingerprint import UInt8Array
from twinlens.domain.relation import Transform
from twinlens.matching.portraits import Portrait, oriented
from twinlens.matching.tone import tone_changes

Matrix = NDArray[np.float64]
Mask = NDArray[np.bool_]

_WORK_PX = 128
_SAME_SCALE = 0.015
_FEWEST_OUTSIDE_PX = 24
_PLAIN_LEVELS = 8  # of all channels, after JPEG
_PLAIN_SHARE = 0.9

# From a place in the picture that was turned so to the same place in the picture as it is, both as fractions.
_BACK: dict[Transform, tuple[tuple[float, float, float], tuple[float, float, float]]] = {
    Transform.NONE: ((1, 0, 0), (0, 1, 0)),
    Transform.ROTATED_90: ((0, -1, 1), (1, 0, 0)),
    Transform.ROTATED_180: ((-1, 0, 1), (0, -1, 1)),
    Transform.ROTATED_270: ((0, 1, 0), (-1, 0, 1)),
    Transform.MIRRORED: ((-1, 0, 1), (0, 1, 0)),
    Transform.FLIPPED: ((1, 0, 0), (0, -1, 1)),
    Transform.TRANSPOSED: ((0, 1, 0), (1, 0, 0)),
    Transform.TRANSVERSED: ((0, -1, 1), (-1, 0, 1)),
}


def turned_only(turned: Transform) -> Difference:
    """The difference of two encodings of one picture, of which the first was turned so to lie as the second."""
    return Difference(_as_affine(_back(turned)))


def measured_difference(
    one: UInt8Array, two: UInt8Array, turned: Transform, first: Portrait, second: Portrait, matrix: Matrix
) -> Difference:
    """Read the difference of two upright previews RGB [h, w, 3].

    ``turned``: how the first was turned for its portrait; ``matrix`` [2, 3]: from the second portrait to the first, in px.
    """
    content = _in_fractions(matrix, first.luma.shape, second.luma.shape)
    pictures = _place(first) @ content @ np.linalg.inv(_place(second))
    small, other = _shrunk(oriented(one, turned)), _shrunk(two)
    to_first = _between(pictures, small.shape, other.shape)
    moved, shared = _moved(other, to_first, small.shape)
    first_shared, first_border = _shown(small, shared)
    covered = _moved(small, np.asarray(cv2.invertAffineTransform(to_first), dtype=np.float64), other.shape)[1]
    second_shared, second_border = _shown(other, covered)
    scale = float(np.sqrt(abs(np.linalg.det(to_first[:, :2]))))
    in_place = abs(scale - 1) < _SAME_SCALE and abs(float(to_first[0, 1])) < _SAME_SCALE
    return Difference(
        _as_affine(_back(turned) @ pictures),
        first_shared,
        second_shared,
        first_border,
        second_border,
        tone_changes(small, moved, shared, in_place=in_place),
    )


def _back(turned: Transform) -> Matrix:
    return np.array([*_BACK.get(turned, _BACK[Transform.NONE]), (0, 0, 1)], dtype=np.float64)


def _place(portrait: Portrait) -> Matrix:
    """From fractions of the content to fractions of the picture with its border."""
    left, top, width, height = portrait.frame
    return np.array([[width, 0, left], [0, height, top], [0, 0, 1]], dtype=np.float64)


def _in_fractions(matrix: Matrix, first: tuple[int, ...], second: tuple[int, ...]) -> Matrix:
    """A matrix between pixels, whose middles are the whole numbers, as one between fractions [3, 3]."""
    whole = np.vstack([matrix, [0, 0, 1]])
    return np.asarray(np.linalg.inv(_to_px(first)) @ whole @ _to_px(second), dtype=np.float64)


def _to_px(shape: tuple[int, ...]) -> Matrix:
    return np.array([[shape[1], 0, -0.5], [0, shape[0], -0.5], [0, 0, 1]], dtype=np.float64)


def _shrunk(picture: UInt8Array) -> UInt8Array:
    factor = min(1.0, _WORK_PX / max(picture.shape[:2]))
    size = (max(8, round(picture.shape[1] * factor)), max(8, round(picture.shape[0] * factor)))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)


def _between(pictures: Matrix, first: tuple[int, ...], second: tuple[int, ...]) -> Matrix:
    """A matrix between fractions as one between pixels [2, 3]."""
    return np.asarray((_to_px(first) @ pictures @ np.linalg.inv(_to_px(second)))[:2], dtype=np.float64)


def _moved(picture: UInt8Array, matrix: Matrix, shape: tuple[int, ...]) -> tuple[UInt8Array, Mask]:
    """``picture`` laid on a canvas of this shape, and where it covers that."""
    size = (shape[1], shape[0])
    moved = cv2.warpAffine(picture, matrix, size, flags=cv2.INTER_LINEAR)
    full = np.full(picture.shape[:2], 255, np.uint8)
    covered = cv2.warpAffine(full, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    return moved.astype(np.uint8, copy=False), covered > 127


def _shown(picture: UInt8Array, shared: Mask) -> tuple[float, float]:
    """The part of the picture that is shared and the part that is a border: what lies outside and has one colour.

    The corners that are left empty by a turn are a border too.
    """
    part = float(shared.mean())
    if part > WHOLE:
        return 1.0, 0.0
    outside = cv2.erode((~shared).astype(np.uint8), np.ones((3, 3), np.uint8), borderValue=1).astype(np.bool_)
    rest = picture[outside]
    if len(rest) < _FEWEST_OUTSIDE_PX:
        return max(part, 1e-6), 0.0
    plain = np.abs(rest.astype(np.int16) - np.median(rest, axis=0).astype(np.int16)).max(axis=1) < _PLAIN_LEVELS
    if float(plain.mean()) > _PLAIN_SHARE:
        return 1.0, 1 - part
    return max(part, 1e-6), 0.0


def _as_affine(matrix: Matrix) -> Affine:
    a, b, c, d, e, f = (float(value) for value in matrix[:2].ravel())
    return (a, b, c, d, e, f)
