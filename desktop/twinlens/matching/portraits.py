"""What verification derives from a preview, kept for the pairs that follow. Bounded, safe from several threads."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

import cv2
import numpy as np
from msgspec import Struct

from twinlens.domain.fingerprint import Float32Array, UInt8Array
from twinlens.domain.photo import PhotoId
from twinlens.domain.ports import PreviewSource
from twinlens.domain.relation import Transform
from twinlens.matching.alignment import Features, features_of
from twinlens.matching.trimming import Box, content_box

MOST_PIXELS = 192  # previews of about 0.2 MB
MOST_PORTRAITS = 192  # of up to 0.39 MB
MOST_FEATURES = 1600  # of up to 35 kB, which take longer to find than all else
LUMA_SIDE_PX = 256
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
WHOLE_FRAME = (0.0, 0.0, 1.0, 1.0)


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


class Portrait(Struct, frozen=True):
    """One preview in one orientation, without its borders or with them.

    ``luma``: float32 [h, w], longest side at most 256. ``chroma``: its two colour differences, uint8 [h, w, 2].
    ``frame``: left, top, width and height of what is left after trimming, in fractions.
    """

    luma: Float32Array
    chroma: UInt8Array
    frame: tuple[float, float, float, float] = WHOLE_FRAME

    @property
    def content_share(self) -> float:
        """What is left of the area after trimming, 1 where there was no border."""
        return self.frame[2] * self.frame[3]

    def features(self) -> Features:
        """Found again at each call."""
        return features_of(np.rint(self.luma).clip(0, 255).astype(np.uint8))


def portrait_of(pixels: UInt8Array, *, trimmed: bool = True) -> Portrait:
    """The portrait of an upright picture, RGB uint8 [h, w, 3]."""
    height, width = pixels.shape[:2]
    box = content_box(pixels) if trimmed else Box(0, height, 0, width)
    content = pixels[box.top : box.bottom, box.left : box.right]
    factor = min(1.0, LUMA_SIDE_PX / max(content.shape[:2]))
    if factor < 1:
        content = cv2.resize(content, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA).astype(np.uint8)
    parts = cv2.cvtColor(np.ascontiguousarray(content), cv2.COLOR_RGB2YCrCb).astype(np.uint8, copy=False)
    # The grain of an encoder is gone after this; what is left to compare survives another encoder.
    luma = cv2.GaussianBlur(parts[..., 0].astype(np.float32), (0, 0), 0.6).astype(np.float32, copy=False)
    frame = (box.left / width, box.top / height, (box.right - box.left) / width, (box.bottom - box.top) / height)
    return Portrait(luma, np.ascontiguousarray(parts[..., 1:]), frame)


class _Latest(Generic[Key, Value]):
    """The values used last, the others forgotten. Safe from several threads, which may each make the same value."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._known: OrderedDict[Key, Value] = OrderedDict()

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value of ``key``, made where it is not known; None is not kept."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        made = make()
        if made is not None:
            with self._lock:
                self._known[key] = made
                while len(self._known) > self._most:
                    self._known.popitem(last=False)
        return made


class Portraits:
    """Previews, portraits and features by photo and orientation, the least recently used forgotten first."""

    def __init__(self, previews: PreviewSource) -> None:
        self._previews = previews
        self._pixels = _Latest[PhotoId, UInt8Array | None](MOST_PIXELS)
        self._portraits = _Latest[tuple[PhotoId, Transform, bool], Portrait](MOST_PORTRAITS)
        self._features = _Latest[tuple[PhotoId, Transform], Features](MOST_FEATURES)

    def pixels(self, photo_id: PhotoId) -> UInt8Array | None:
        """The preview, None when there is none."""
        return self._pixels.get(photo_id, lambda: self._previews.preview(photo_id))

    def portrait(
        self, photo_id: PhotoId, pixels: UInt8Array, orientation: Transform, *, trimmed: bool = True
    ) -> Portrait:
        """The portrait of this preview after ``orientation``, without its borders or with them."""
        return self._portraits.get(
            (photo_id, orientation, trimmed), lambda: portrait_of(oriented(pixels, orientation), trimmed=trimmed)
        )

    def features(self, photo_id: PhotoId, orientation: Transform, portrait: Portrait) -> Features:
        """Features of the trimmed portrait in this orientation."""
        return self._features.get((photo_id, orientation), portrait.features)
