"""The colour histogram of a picture."""

import numpy as np
from PIL import Image

from twinlens.domain.fingerprint import HISTOGRAM_BINS, Float32Array

_VALUES = 256


def rgb_histogram(picture: Image.Image) -> Float32Array:
    """float32 [96] of an RGB image: red, green, blue with 32 bins each, every channel summing to 1."""
    counts = np.array(picture.histogram(), dtype=np.float32).reshape(3 * HISTOGRAM_BINS, _VALUES // HISTOGRAM_BINS)
    return np.asarray(counts.sum(axis=1) / (picture.width * picture.height), dtype=np.float32)
