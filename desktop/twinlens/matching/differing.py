"""Where two pictures of one scene differ once they lie over each other, pixel by pixel: something to look at, no verdict."""

from dataclasses import dataclass

import cv2
import numpy as np

from twinlens.domain.columns import BoolArray
from twinlens.domain.fingerprint import Int64Array, UInt8Array
from twinlens.matching.congruence import Matrix

_SOFT_PX = 0.9  # grain, and what is left of a pixel's displacement, is no difference
_SAMPLED = 40_000
_WITHIN = (0.1, 0.9)  # quantiles of a channel that the fit of the exposure looks at


@dataclass(frozen=True, eq=False)
class Differing:
    """``levels`` uint8 [h, w]: the largest absolute difference of a channel, 0 to 255, on the grid of the first picture; 0
    where only one shows anything. ``counts`` int64 [256]: how many shared pixels have which level.
    """

    levels: UInt8Array
    counts: Int64Array

    def share_from(self, level: int) -> float:
        """The part of what both show that differs by at least so much, 0 to 1."""
        return float(self.counts[level:].sum() / max(1, self.counts.sum()))


def differing(first: UInt8Array, second: UInt8Array, matrix: Matrix, *, exposure_explained: bool) -> Differing:
    """Compare two pictures, uint8 [h, w, 3 or 4]; ``matrix`` leads from the second to the first in fractions of both.

    ``exposure_explained``: gain and offset of each channel are fitted and taken away, so that only what moved is left.
    """
    height, width = first.shape[:2]
    other_height, other_width = second.shape[:2]
    there = np.diag([width, height, 1.0]) @ matrix @ np.diag([1 / other_width, 1 / other_height, 1.0])
    size = (width, height)
    # Repeated beyond its edge: the blur below would draw black from there into what both show.
    moved = cv2.warpPerspective(second[..., :3], there, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    shared = cv2.warpPerspective(np.full((other_height, other_width), 255, np.uint8), there, size) == 255
    one, two = (cv2.GaussianBlur(part, (0, 0), _SOFT_PX) for part in (first[..., :3].copy(), moved))
    if exposure_explained and shared.any():
        two = _exposed_alike(np.asarray(one, np.uint8), np.asarray(two, np.uint8), shared)
    levels = np.asarray(cv2.absdiff(one, two), np.uint8).max(axis=2)
    levels[~shared] = 0
    counts = np.bincount(levels[shared], minlength=256).astype(np.int64)
    return Differing(np.ascontiguousarray(levels), counts)


def _exposed_alike(first: UInt8Array, second: UInt8Array, shared: BoolArray) -> UInt8Array:
    """The second with the gain and offset of each channel that bring its tones nearest to the first's."""
    rows = np.flatnonzero(shared.ravel())
    rows = rows[:: max(1, len(rows) // _SAMPLED)]
    tables = np.empty((256, 3), np.uint8)
    for channel in range(3):
        one = np.quantile(first[..., channel].ravel()[rows], _WITHIN)
        two = np.quantile(second[..., channel].ravel()[rows], _WITHIN)
        gain = (one[1] - one[0]) / max(1.0, two[1] - two[0])
        tables[:, channel] = np.clip(np.rint((np.arange(256) - two[0]) * gain + one[0]), 0, 255)
    return np.asarray(np.stack([tables[second[..., channel], channel] for channel in range(3)], axis=2), np.uint8)
