"""The 64-bit perceptual hash of a picture in its eight orientations.

The upright one is ``imagehash.phash``: luma at 32x32, the 8x8 lowest frequencies of its DCT, each bit whether a
coefficient is above their median. Of the same 32x32 it is equal bit for bit, which a test holds; these are made by
averaging blocks before the Lanczos filter, which changes a bit of one photo in nine and costs a quarter of the time.
A turned picture has the same frequencies, transposed or with the odd ones negated: the other seven hashes cost no
further transform.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from twinlens.domain.fingerprint import UInt64Array

_LUMA_SIDE_PX = 32
_HASH_SIDE = 8
_HALF = _HASH_SIDE * _HASH_SIDE // 2
_REDUCING_GAP = 3.0
_NOISE = 1e-6  # of the coefficients' unit: below, a frequency is absent, and its sign is rounding

Frequencies = NDArray[np.float64]


def _cosines() -> Frequencies:
    """The first rows of the DCT-II of 32 samples, [8, 32], unnormalised as SciPy's."""
    frequency, sample = np.arange(_HASH_SIDE)[:, None], np.arange(_LUMA_SIDE_PX)[None, :]
    cosines: Frequencies = 2 * np.cos(np.pi * frequency * (2 * sample + 1) / (2 * _LUMA_SIDE_PX))
    return cosines


_COSINES = _cosines()
_ODD_NEGATED = np.where(np.arange(_HASH_SIDE) % 2, -1.0, 1.0)


def perceptual_hashes(picture: Image.Image) -> UInt64Array:
    """Hashes uint64 [8] of an RGB image, in the order of ``ORIENTATIONS``."""
    side = (_LUMA_SIDE_PX, _LUMA_SIDE_PX)
    luma = picture.convert("L").resize(side, Image.Resampling.LANCZOS, reducing_gap=_REDUCING_GAP)
    lowest = _COSINES @ np.asarray(luma, dtype=np.float64) @ _COSINES.T
    lowest[np.abs(lowest) < _NOISE] = 0.0
    turned = _orientations(lowest).reshape(-1, _HASH_SIDE * _HASH_SIDE)
    ranked = np.sort(turned, axis=1)
    median = (ranked[:, _HALF - 1] + ranked[:, _HALF]) / 2
    bits = turned > median[:, None]
    return np.packbits(bits, axis=1).view(">u8")[:, 0].astype(np.uint64)


def _orientations(lowest: Frequencies) -> Frequencies:
    """The frequencies [8, 8] of a picture in its eight orientations [8, 8, 8]; turns are counter-clockwise."""
    mirrored, upended = lowest * _ODD_NEGATED, lowest * _ODD_NEGATED[:, None]
    half_turn = mirrored * _ODD_NEGATED[:, None]
    return np.stack([lowest, mirrored.T, half_turn, upended.T, mirrored, upended, lowest.T, half_turn.T])
