"""Photos that contain a part of a picture: the likeliest candidates looked at closely, by local features."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from twinlens.domain.fingerprint import UInt8Array
from twinlens.domain.photo import PhotoId
from twinlens.library.open import Library

if TYPE_CHECKING:
    from twinlens.matching.alignment import Features
    from twinlens.matching.containing import Contained

LOOKED_AT = 32  # candidates: 20 ms of processor time each, 2 ms where they were looked at before
REMEMBERED = 1500  # photos whose features are kept, about 70 KB each
WHOLE_SIDE_PX = 320  # that of the stored previews
SMALLEST_PART_PX, LARGEST_PART_PX = 160, 320
THREADS = 2


class RegionSearch:
    """Remembers the features of the photos it looked at, so that the next rectangle on a photo is answered sooner."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._guard = threading.Lock()
        self._seen: OrderedDict[PhotoId, Features] = OrderedDict()

    def containing(self, part: UInt8Array, share: float, candidates: Sequence[PhotoId]) -> "dict[PhotoId, Contained]":
        """Those of the candidates that show what ``part`` shows (uint8 RGB [h, w, 3]), with how sure that is.

        ``share``: the longer side of the part as a fraction of its picture's.
        """
        from twinlens.matching.containing import contained, dense_features

        side_px = int(np.clip(share * WHOLE_SIDE_PX * 1.5, SMALLEST_PART_PX, LARGEST_PART_PX))
        wanted = dense_features(_gray(part), side_px)

        def look(photo_id: PhotoId) -> "Contained | None":
            features = self._features(photo_id)
            return None if features is None else contained(wanted, features)

        with ThreadPoolExecutor(THREADS, thread_name_prefix="twinlens-region") as pool:
            found = list(pool.map(look, candidates))
        return {id_: each for id_, each in zip(candidates, found, strict=True) if each is not None}

    def prepare(self, candidates: Sequence[PhotoId]) -> None:
        """Look at these while the user still draws."""
        for photo_id in candidates:
            self._features(photo_id)

    def _features(self, photo_id: PhotoId) -> "Features | None":
        from twinlens.matching.containing import dense_features

        with self._guard:
            known = self._seen.get(photo_id)
            if known is not None:
                self._seen.move_to_end(photo_id)
                return known
        preview = self._library.preview(photo_id)
        if preview is None:
            return None
        features = dense_features(_gray(preview), WHOLE_SIDE_PX)
        with self._guard:
            self._seen[photo_id] = features
            while len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
        return features


def _gray(pixels: UInt8Array) -> UInt8Array:
    import cv2

    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
