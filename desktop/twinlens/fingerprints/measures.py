"""Measuring one photo: sharpness by tile, noise, clipping. All at one scale, so that frames of any size compare."""

import cv2
import numpy as np
from numpy.typing import NDArray

from twinlens.domain.fingerprint import Float32Array, UInt8Array
from twinlens.domain.measures import GRID, STEPS_A_DOUBLING, no_measures
from twinlens.fingerprints.faces import face_rows

SIDE_PX = 1600  # the longer side while measuring; the decoder gives 12 and 24 megapixels at half their size for it
FINE, MIDDLE, COARSE = 0.8, 1.6, 4.0  # pixels: the softenings between which detail is fine or coarse
FLAT_PART = 0.15  # of the picture, where nothing is drawn: what is seen there is noise
LEAST_LIT = 0.93  # of a tile, for it to tell anything
SQUARE_PX = 16
LEAST_COARSE = 1.0  # levels²: a tile with less has nothing to be sharp
WHITE, BLACK = 253, 2
_MEDIAN_OF_NORMAL = 0.6745


def measure(pixels: UInt8Array) -> NDArray[np.void]:
    """One row of ``MEASURE``, an array of length 1, of uint8 RGB [h, w, 3]."""
    scaled = at_measuring_scale(pixels)
    luma = cv2.cvtColor(scaled, cv2.COLOR_RGB2GRAY).astype(np.float32)
    row = no_measures(1)
    fine, coarse, sigma = _bands(luma)
    noise_in_fine = sigma**2 * _FINE_OF_NOISE
    noise_in_coarse = sigma**2 * _COARSE_OF_NOISE
    lit = _tiles(_lit(luma)) >= LEAST_LIT
    fine_energy = lit * np.maximum(_tiles(fine * fine) - 1.2 * noise_in_fine, 0.0)
    coarse_energy = lit * np.maximum(_tiles(coarse * coarse) - noise_in_coarse, 0.0)
    row["sharp"][0] = _logarithm(16.0 * np.sqrt(fine_energy / (coarse_energy + LEAST_COARSE)))
    row["content"][0] = _logarithm(4.0 * np.sqrt(coarse_energy))
    row["luma"][0] = np.round(_tiles(luma))
    row["noise"], row["mean"] = sigma, luma.mean()
    lightest = np.maximum(np.maximum(scaled[..., 0], scaled[..., 1]), scaled[..., 2])
    row["bright"], row["dark"] = float(np.mean(lightest >= WHITE)), float(np.mean(lightest <= BLACK))
    row["faces"] = face_rows(scaled, _sharpness_map(fine, coarse, sigma))
    return row


def at_measuring_scale(pixels: UInt8Array) -> UInt8Array:
    """The picture with its longer side at the length at which all are measured."""
    height, width = pixels.shape[:2]
    scale = SIDE_PX / max(height, width)
    size = (max(GRID, round(width * scale)), max(GRID, round(height * scale)))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(pixels, size, interpolation=way), np.uint8)


def _bands(luma: Float32Array) -> tuple[Float32Array, Float32Array, float]:
    """Fine detail, coarse detail, and the deviation of the noise: that of the finest detail where nothing is drawn."""
    soft = cv2.GaussianBlur(luma, (5, 5), FINE)
    softer = cv2.GaussianBlur(luma, (9, 9), MIDDLE)
    height, width = luma.shape
    halved = cv2.resize(softer, (max(GRID, width // 2), max(GRID, height // 2)), interpolation=cv2.INTER_AREA)
    coarse = _float(halved - cv2.GaussianBlur(halved, (11, 11), COARSE / 2))
    return _float(soft - softer), coarse, _noise(luma[::2, ::2], _float(soft[::2, ::2]), coarse)


def _noise(luma: Float32Array, soft: Float32Array, coarse: Float32Array) -> float:
    """Of every second pixel: how far it is from its surroundings, as a rule, where the picture is flat and not clipped."""
    height, width = (min(sides) for sides in zip(luma.shape, coarse.shape, strict=True))
    luma, soft = luma[:height, :width], soft[:height, :width]
    drawn = cv2.blur(np.abs(coarse[:height, :width]), (5, 5))
    lit = (luma > BLACK + 2) & (luma < WHITE - 2)  # what is clipped shows no noise
    if lit.mean() < FLAT_PART:
        return 0.0
    flat = lit & (drawn <= np.quantile(drawn[lit][::16], FLAT_PART))
    usual = float(np.median(np.abs(luma[flat] - soft[flat])))
    return usual / (_MEDIAN_OF_NORMAL * _FINEST_OF_NOISE)


def _sharpness_map(fine: Float32Array, coarse: Float32Array, sigma: float) -> UInt8Array:
    """Sharpness as in ``MEASURE``, of every square of ``SQUARE_PX``: what faces are measured by."""
    size = (max(1, fine.shape[1] // SQUARE_PX), max(1, fine.shape[0] // SQUARE_PX))
    details, outlines = (cv2.resize(band * band, size, interpolation=cv2.INTER_AREA) for band in (fine, coarse))
    drawn = np.maximum(_float(details) - 1.2 * sigma**2 * _FINE_OF_NOISE, 0.0)
    return _logarithm(_float(16.0 * np.sqrt(drawn / (_float(outlines) + LEAST_COARSE))))


def _lit(luma: Float32Array) -> Float32Array:
    """1 where nothing near is clipped: an edge that is cut off by the sensor or the tone curve looks sharper than it is."""
    clipped = cv2.bitwise_not(cv2.inRange(luma, 1.0, WHITE - 4.0))
    near = cv2.dilate(clipped, np.ones((5, 5), np.uint8))
    return _float(near == 0)


def _tiles(values: Float32Array) -> Float32Array:
    """The mean of every tile, row by row."""
    return np.asarray(cv2.resize(values, (GRID, GRID), interpolation=cv2.INTER_AREA), np.float32).reshape(-1)


def _logarithm(amplitude: Float32Array) -> UInt8Array:
    return np.asarray(np.clip(np.round(STEPS_A_DOUBLING * np.log2(1.0 + amplitude)), 0, 255), np.uint8)


def _float(values: object) -> Float32Array:
    return np.asarray(values, np.float32)


def _of_noise(first: float, second: float) -> float:
    """What a difference of two softenings leaves of the variance of white noise."""
    impulse = np.zeros((65, 65), np.float32)
    impulse[32, 32] = 1.0
    one = cv2.GaussianBlur(impulse, (0, 0), first) if first else impulse
    return float(np.square(one - cv2.GaussianBlur(impulse, (0, 0), second)).sum())


_FINEST_OF_NOISE = float(np.sqrt(_of_noise(0.0, FINE)))
_FINE_OF_NOISE = _of_noise(FINE, MIDDLE)
_COARSE_OF_NOISE = _of_noise(MIDDLE, COARSE)
