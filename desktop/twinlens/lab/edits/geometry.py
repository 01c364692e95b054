"""Edits that move pixels: crops, turns, mirrors, other sizes, stretching."""

import math

import cv2
import numpy as np

from twinlens.domain.fingerprint import UInt8Array

SMALLEST_SIDE_PX = 8
_SHRINKING = (cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC)
_PLACES = ("anywhere", "corner", "middle")


def resized(picture: UInt8Array, width_px: float, height_px: float, rng: np.random.Generator) -> UInt8Array:
    """The picture in another size, by a filter that some program might use; never below 8 pixels a side."""
    size = (max(SMALLEST_SIDE_PX, round(width_px)), max(SMALLEST_SIDE_PX, round(height_px)))
    if size[0] * size[1] >= picture.shape[0] * picture.shape[1]:
        filtered = cv2.INTER_CUBIC if rng.random() < 0.7 else cv2.INTER_LINEAR
    else:
        filtered = _SHRINKING[int(rng.integers(len(_SHRINKING)))]
        if filtered != cv2.INTER_AREA:  # no program skips pixels: a soft picture first, as their filters do
            sigma = max(0.01, (picture.shape[1] / size[0] - 1) * 0.35)
            picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), dtype=np.uint8)
    return np.asarray(cv2.resize(picture, size, interpolation=filtered), dtype=np.uint8)


def scaled(picture: UInt8Array, factor: float, rng: np.random.Generator) -> UInt8Array:
    """Both sides times ``factor``."""
    return resized(picture, picture.shape[1] * factor, picture.shape[0] * factor, rng)


def fitted(picture: UInt8Array, longest_px: int, rng: np.random.Generator) -> UInt8Array:
    """Made smaller so that the longest side has ``longest_px``; a smaller picture stays as it is."""
    factor = longest_px / max(picture.shape[:2])
    return picture if factor >= 1 else scaled(picture, factor, rng)


def stretched(picture: UInt8Array, rng: np.random.Generator) -> UInt8Array:
    """One side longer or shorter by up to a tenth: another shape."""
    factor = float(rng.uniform(1.05, 1.1)) ** (1 if rng.random() < 0.5 else -1)
    return resized(picture, picture.shape[1] * factor, picture.shape[0], rng)


def cropped(picture: UInt8Array, away: float, rng: np.random.Generator) -> UInt8Array:
    """``away`` of each side's length cut off: evenly, towards a corner or anywhere."""
    height, width = picture.shape[:2]
    return window(picture, round(width * (1 - away)), round(height * (1 - away)), rng)


def cropped_to_shape(picture: UInt8Array, rng: np.random.Generator) -> UInt8Array:
    """The largest part of another shape that a program offers: square, 4:5, 16:9."""
    shape = (1.0, 0.8, 16 / 9)[int(rng.integers(3))]
    height, width = picture.shape[:2]
    if width / height > shape:
        return window(picture, round(height * shape), height, rng)
    return window(picture, width, round(width / shape), rng)


def window(picture: UInt8Array, width_px: int, height_px: int, rng: np.random.Generator) -> UInt8Array:
    """A part of the given size, somewhere."""
    height, width = picture.shape[:2]
    free_x, free_y = max(0, width - width_px), max(0, height - height_px)
    place = _PLACES[int(rng.integers(len(_PLACES)))]
    if place == "middle":
        x, y = free_x // 2, free_y // 2
    elif place == "corner":
        x, y = free_x * int(rng.integers(2)), free_y * int(rng.integers(2))
    else:
        x, y = int(rng.integers(free_x + 1)), int(rng.integers(free_y + 1))
    return np.ascontiguousarray(picture[y : y + height_px, x : x + width_px])


def turned(picture: UInt8Array, quarters: int) -> UInt8Array:
    """Turned counter-clockwise by quarters of a turn."""
    return np.ascontiguousarray(np.rot90(picture, quarters))


def mirrored(picture: UInt8Array) -> UInt8Array:
    """Left and right swapped."""
    return np.ascontiguousarray(picture[:, ::-1])


def flipped(picture: UInt8Array) -> UInt8Array:
    """Top and bottom swapped."""
    return np.ascontiguousarray(picture[::-1])


def transposed(picture: UInt8Array) -> UInt8Array:
    """Mirrored and turned: rows become columns."""
    return np.ascontiguousarray(picture.swapaxes(0, 1))


def tilted(picture: UInt8Array, degrees: float, rng: np.random.Generator, *, cut: bool) -> UInt8Array:
    """Turned a little about the middle, with the empty corners filled, or cut away as programs that straighten do."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), degrees, 1.0)
    fill = (0.0, 0.0, 0.0) if rng.random() < 0.6 else (255.0, 255.0, 255.0)
    flat = cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=fill)
    if cut:
        inner_w, inner_h = _largest_upright(width, height, math.radians(abs(degrees)))
        x, y = round((width - inner_w) / 2) + 1, round((height - inner_h) / 2) + 1
        flat = flat[y : height - y, x : width - x]
    return np.ascontiguousarray(flat, dtype=np.uint8)


def _largest_upright(width: int, height: int, angle: float) -> tuple[float, float]:
    """Sides of the largest rectangle of the same shape that fits into one turned by ``angle``."""
    sine, cosine = math.sin(angle), math.cos(angle)
    shrink = min(width / (width * cosine + height * sine), height / (width * sine + height * cosine))
    return width * shrink, height * shrink
