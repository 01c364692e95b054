"""The colour histogram of a picture."""

import cv2
import numpy as np

from twinlens.domain.fingerprint import HISTOGRAM_BINS, Float32Array, UInt8Array


def rgb_histogram(pixels: UInt8Array) -> Float32Array:
    """float32 [96] of uint8 RGB [h, w, 3]: red, green, blue with 32 bins each, every channel summing to 1."""
    counts = [cv2.calcHist([pixels], [channel], None, [HISTOGRAM_BINS], [0, 256]) for channel in range(3)]
    share = np.concatenate(counts).ravel() / (pixels.shape[0] * pixels.shape[1])
    return np.asarray(share, dtype=np.float32)
