"""How sharp a picture is."""

import cv2

from twinlens.domain.fingerprint import UInt8Array


def sharpness(pixels: UInt8Array) -> float:
    """Variance of the Laplacian of the luma of uint8 RGB [h, w, 3], 0 and up (Pech-Pacheco et al., ICPR 2000)."""
    luma = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    _mean, deviation = cv2.meanStdDev(cv2.Laplacian(luma, cv2.CV_16S))
    return float(deviation[0, 0]) ** 2
