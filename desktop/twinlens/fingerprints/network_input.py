"""What the network is shown of a picture."""

import cv2
import numpy as np

from twinlens.domain.fingerprint import UInt8Array


def network_input(pixels: UInt8Array, side_px: int) -> UInt8Array:
    """The whole uint8 RGB picture [h, w, 3] squeezed into a square uint8 [side, side, 3] by one resize."""
    shrinks = min(pixels.shape[:2]) >= 2 * side_px  # bilinear sees two pixels a side: enough up to that
    method = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(pixels, (side_px, side_px), interpolation=method), dtype=np.uint8)
