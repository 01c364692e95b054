"""Edits of the surface: blur, sharpening, noise."""

import cv2
import numpy as np

from twinlens.domain.fingerprint import UInt8Array

_REFERENCE_PX = 1600  # a radius is meant for a picture of this width


def blurred(picture: UInt8Array, rng: np.random.Generator) -> UInt8Array:
    """Softer: as by a lens or as by a box."""
    sigma = float(rng.uniform(0.8, 2.0)) * max(0.3, max(picture.shape[:2]) / _REFERENCE_PX)
    if rng.random() < 0.7:
        return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), dtype=np.uint8)
    side = max(3, 2 * round(sigma * 1.7 / 2) + 1)
    return np.asarray(cv2.blur(picture, (side, side)), dtype=np.uint8)


def sharpened(picture: UInt8Array, rng: np.random.Generator) -> UInt8Array:
    """Unsharp mask."""
    soft = cv2.GaussianBlur(picture, (0, 0), float(rng.uniform(0.8, 2.5)))
    amount = float(rng.uniform(0.6, 1.8))
    return np.asarray(cv2.addWeighted(picture, 1 + amount, soft, -amount, 0), dtype=np.uint8)


def noisy(picture: UInt8Array, rng: np.random.Generator) -> UInt8Array:
    """Grain: of gray or of colour."""
    height, width = picture.shape[:2]
    channels = 1 if rng.random() < 0.6 else 3
    grain = rng.standard_normal((height, width, channels), dtype=np.float32) * np.float32(rng.uniform(4, 13))
    return np.asarray(np.rint(picture + grain).clip(0, 255), dtype=np.uint8)
