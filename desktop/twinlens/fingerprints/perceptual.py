"""The 64-bit perceptual hash of a picture in its eight orientations.

The upright one is ``imagehash.phash``: luma at 32x32, the 8x8 lowest frequencies of its DCT, each bit whether a
coefficient is above their median. The other seven are the same hash of the turned 32x32 luma, computed together.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from twinlens.domain.fingerprint import UInt8Array, UInt64Array

_LUMA_SIDE_PX = 32
_HASH_SIDE = 8


def perceptual_hashes(pixels: UInt8Array) -> UInt64Array:
    """Hashes uint64 [8] of uint8 RGB [h, w, 3], in the order of ``ORIENTATIONS``; the first is ``imagehash.phash``."""
    luma = Image.fromarray(pixels).convert("L").resize((_LUMA_SIDE_PX, _LUMA_SIDE_PX), Image.Resampling.LANCZOS)
    from imagehash import phash

    hashes = _hashes(_orientations(np.asarray(luma))[1:])
    upright = np.packbits(phash(luma).hash.ravel()).view(">u8").astype(np.uint64)
    return np.concatenate([upright, hashes])


def _orientations(luma: UInt8Array) -> UInt8Array:
    """A square picture [s, s] in its eight orientations [8, s, s]; turns are counter-clockwise."""
    turns = [np.rot90(luma, quarter) for quarter in range(4)]
    transposed = luma.T
    return np.stack([*turns, np.fliplr(luma), np.flipud(luma), transposed, np.rot90(transposed, 2)])


def _hashes(pictures: UInt8Array) -> UInt64Array:
    from scipy.fftpack import dct

    frequencies: NDArray[np.float64] = dct(dct(pictures, axis=1), axis=2)
    lowest = frequencies[:, :_HASH_SIDE, :_HASH_SIDE].reshape(len(pictures), -1)
    bits = lowest > np.median(lowest, axis=1, keepdims=True)
    return np.packbits(bits, axis=1).view(">u8")[:, 0].astype(np.uint64)
