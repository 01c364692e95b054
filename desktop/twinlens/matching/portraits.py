"""What verification derives from a preview, kept for the pairs that follow. Bounded, safe from several threads."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

import cv2
import numpy as np

from twinlens.domain.fingerprint import Float32Array, UInt8Array
from twinlens.domain.photo import PhotoId
from twinlens.domain.ports import PreviewSource
from twinlens.domain.relation import Transform
from twinlens.matching.alignment import Features, features_of

MOST_PORTRAITS = 256  # about 0.8 MB each at most


def oriented(pixels: UInt8Array, orientation: Transform) -> UInt8Array:
    """The picture after one of the eight orientations, C-contiguous."""
    match orientation:
        case Transform.ROTATED_90:
            turned = np.rot90(pixels, 1)
        case Transform.ROTATED_180:
            turned = np.rot90(pixels, 2)
        case Transform.ROTATED_270:
            turned = np.rot90(pixels, 3)
        case Transform.MIRRORED:
            turned = pixels[:, ::-1]
        case Transform.FLIPPED:
            turned = pixels[::-1]
        case Transform.TRANSPOSED:
            turned = pixels.swapaxes(0, 1)
        case Transform.TRANSVERSED:
            turned = pixels[::-1, ::-1].swapaxes(0, 1)
        case _:
            turned = pixels
    return np.ascontiguousarray(turned)


@dataclass(frozen=True, slots=True)
class Portrait:
    """One preview in one orientation: RGB uint8 [h, w, 3], luma float32 [h, w] and features."""

    pixels: UInt8Array
    luma: Float32Array
    features: Features


class Portraits:
    """Previews and portraits by photo and orientation, the least recently used forgotten first."""

    def __init__(self, previews: PreviewSource, capacity: int = MOST_PORTRAITS) -> None:
        self._previews = previews
        self._capacity = capacity
        self._lock = threading.Lock()
        self._pixels: OrderedDict[PhotoId, UInt8Array] = OrderedDict()
        self._portraits: OrderedDict[tuple[PhotoId, Transform], Portrait] = OrderedDict()

    def pixels(self, photo_id: PhotoId) -> UInt8Array | None:
        """The preview, None when there is none."""
        with self._lock:
            known = self._pixels.get(photo_id)
            if known is not None:
                self._pixels.move_to_end(photo_id)
                return known
        found = self._previews.preview(photo_id)
        if found is not None:
            with self._lock:
                self._pixels[photo_id] = found
                while len(self._pixels) > self._capacity:
                    self._pixels.popitem(last=False)
        return found

    def portrait(self, photo_id: PhotoId, pixels: UInt8Array, orientation: Transform) -> Portrait:
        """The portrait of this preview after ``orientation``."""
        key = (photo_id, orientation)
        with self._lock:
            known = self._portraits.get(key)
            if known is not None:
                self._portraits.move_to_end(key)
                return known
        turned = oriented(pixels, orientation)
        gray = cv2.cvtColor(turned, cv2.COLOR_RGB2GRAY).astype(np.uint8, copy=False)
        made = Portrait(turned, gray.astype(np.float32), features_of(gray))
        with self._lock:
            self._portraits[key] = made
            while len(self._portraits) > self._capacity:
                self._portraits.popitem(last=False)
        return made
