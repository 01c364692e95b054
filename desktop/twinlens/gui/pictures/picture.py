"""A decoded picture as Qt paints it: its pixels, and halves of it, so that a small one is averaged and not sampled."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QImage

from twinlens.domain.fingerprint import UInt8Array

SMALLEST_PX = 480
NEARLY_FULL = 0.9  # what a camera puts beside its RAW may be a little smaller, and is there at once
SCREEN_STEP_PX = 512
LEAST_SCREEN_PX, MOST_SCREEN_PX = 1024, 3840


@dataclass(frozen=True, eq=False)
class Picture:
    """BGRX pixels uint8 [h, w, 4], the largest first, and images that look into them: nothing is copied to be painted."""

    pixels: tuple[UInt8Array, ...]
    images: tuple[QImage, ...]

    @property
    def size_bytes(self) -> int:
        """What all of it occupies."""
        return sum(one.nbytes for one in self.pixels)

    @property
    def longest_px(self) -> int:
        """The longer side of the largest."""
        return int(max(self.pixels[0].shape[:2]))

    def image_for(self, longest_px: float) -> QImage:
        """The smallest image whose longer side has so many pixels, or the largest there is."""
        return self.images[self._step_for(longest_px)]

    def pixels_for(self, longest_px: float) -> UInt8Array:
        """The same as an array."""
        return self.pixels[self._step_for(longest_px)]

    def _step_for(self, longest_px: float) -> int:
        enough = [step for step, one in enumerate(self.pixels) if max(one.shape[:2]) >= longest_px * 0.98]
        return enough[-1] if enough else 0


def picture_of(rgb: UInt8Array) -> Picture:
    """From RGB pixels uint8 [h, w, 3]; runs in a worker."""
    import cv2  # loaded in the worker

    largest = cv2.cvtColor(rgb, cv2.COLOR_RGB2BGRA)
    steps = [np.asarray(largest, np.uint8)]
    while max(steps[-1].shape[:2]) >= 2 * SMALLEST_PX and min(steps[-1].shape[:2]) >= 2:
        height, width = steps[-1].shape[:2]
        half = cv2.resize(steps[-1], (max(1, width // 2), max(1, height // 2)), interpolation=cv2.INTER_AREA)
        steps.append(np.asarray(half, np.uint8))
    return Picture(tuple(steps), tuple(_looking_into(one) for one in steps))


def screen_side_px(width: float, height: float, ratio: float) -> int:
    """How long a picture's longer side must be to fill a window of this size; in few steps, so that little is made twice."""
    wanted = max(width, height) * ratio
    steps = -(-wanted // SCREEN_STEP_PX)
    return int(min(max(steps * SCREEN_STEP_PX, LEAST_SCREEN_PX), MOST_SCREEN_PX))


def _looking_into(pixels: UInt8Array) -> QImage:
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
