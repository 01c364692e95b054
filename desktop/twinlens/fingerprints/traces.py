"""What earlier encodings and enlargements leave in the pixels of a photo.

A JPEG that was decoded and saved again keeps the steps of its first quantisation: the coefficients of its blocks lie
near multiples of them (Lukas and Fridrich, 2003), also in a PNG made from it. An enlarged picture has hardly any energy
above the highest frequency that the small one had.
"""

import functools

import numpy as np
from numpy.typing import NDArray

from twinlens.domain.fingerprint import Float32Array
from twinlens.domain.jpeg_tables import luminance_table
from twinlens.domain.traces import SPECTRUM_BANDS, Traces

_SIDE_PX = 640  # of the part that is looked at, from the corner where the blocks begin
_TILE_PX = 128
_MODES = ((0, 1), (1, 0), (2, 0), (1, 1), (0, 2), (0, 3), (1, 2), (2, 1), (3, 0))
_PLACES = [8 * down + across for down, across in _MODES]
_QUALITIES = range(30, 98)
_COARSER = 1.3  # a step not coarser than the own one leaves nothing that could be told from it
_FEWEST = 150
_PERIODIC = 0.22  # mean cosine; single encodings stay under 0.16 on the tuning half, double ones lie above 0.27
_BIN = 4  # bins a level
_WAVES = np.array(
    [np.cos((2 * np.arange(8) + 1) * u * np.pi / 16) * (np.sqrt(1 / 8) if u == 0 else 0.5) for u in range(4)],
    dtype=np.float32,
)


def traces_of(pixels: NDArray[np.uint8] | NDArray[np.uint16], own_quality: int | None) -> Traces:
    """Traces in a full picture [h, w, 3 or 4]; ``own_quality`` is that of a JPEG, None for other formats."""
    part = pixels[:, :, :3]
    size = (min(_SIDE_PX, part.shape[0]), min(_SIDE_PX, part.shape[1]))
    corner = _luma(part[: size[0], : size[1]])
    middle = _luma(
        part[tuple(slice((of - side) // 2, (of + side) // 2) for of, side in zip(part.shape, size, strict=False))]
    )
    return Traces(_earlier_quality(corner, part.shape[0] % 8, part.shape[1] % 8, own_quality), _spectrum(middle))


def _luma(pixels: NDArray[np.uint8] | NDArray[np.uint16]) -> Float32Array:
    weights = np.array([0.299, 0.587, 0.114], np.float32) * (1.0 if pixels.dtype == np.uint8 else 1 / 257)
    return np.asarray(pixels.astype(np.float32) @ weights - 128, dtype=np.float32)


def _earlier_quality(luma: Float32Array, rest_down: int, rest_across: int, own_quality: int | None) -> int | None:
    """The quality of an earlier encoding; a picture that was turned or mirrored since has its blocks from other edges."""
    found = []
    for down in {0, rest_down}:
        for across in {0, rest_across}:
            found.append(_best_quality(luma[down:, across:], own_quality if (down, across) == (0, 0) else None))
    score, quality = max(found)
    return quality if score > _PERIODIC else None


def _best_quality(luma: Float32Array, own_quality: int | None) -> tuple[float, int]:
    """How periodic the coefficients are at the steps of the quality that fits best, -1 to 1, and that quality."""
    counts = _histograms(luma)
    steps, waves = _tables()
    own = np.array(luminance_table(own_quality) if own_quality else [1] * 64)[_PLACES]
    told = (steps >= 3) & (steps > _COARSER * own)
    mode = np.arange(len(_MODES))
    totals = np.where(told, (waves @ counts)[steps, mode], 0.0).sum(axis=1)
    below = np.vstack([np.zeros(len(_MODES)), np.cumsum(counts, axis=0)])
    between = below[12 * steps * _BIN, mode] - below[steps * _BIN // 2 + 1, mode]
    seen = np.where(told, between, 0.0).sum(axis=1)
    scores = np.where(seen >= _FEWEST, totals / np.maximum(seen, 1.0), -1.0)
    best = int(len(scores) - 1 - np.argmax(scores[::-1]))  # of equals the finer
    return (float(scores[best]), _QUALITIES[best]) if scores[best] > -1.0 else (-1.0, 0)


@functools.cache
def _tables() -> tuple[NDArray[np.int64], Float32Array]:
    """The step of each mode at each quality [qualities, modes], and how far each level speaks for each step [steps, levels]."""
    steps = np.array([luminance_table(quality) for quality in _QUALITIES])[:, _PLACES]
    waves = np.zeros((int(steps.max()) + 1, 12 * int(steps.max()) * _BIN), np.float32)
    for step in np.unique(steps).tolist():
        levels = np.arange(step * _BIN // 2 + 1, 12 * step * _BIN)
        waves[step, levels] = np.cos(levels * (2 * np.pi / (step * _BIN)))
    return steps, waves


def _histograms(luma: Float32Array) -> Float32Array:
    """How often each size of a coefficient occurs, in quarters of a level, for each of the modes: [levels, modes]."""
    rows, columns = luma.shape[0] // 8, luma.shape[1] // 8
    blocks = luma[: 8 * rows, : 8 * columns].reshape(rows, 8, columns, 8)
    across = blocks @ _WAVES.T
    levels = _tables()[1].shape[1]
    found = np.empty((levels, len(_MODES)), np.float32)
    for mode, (down_wave, across_wave) in enumerate(_MODES):
        coefficients = np.tensordot(_WAVES[down_wave], across[..., across_wave], axes=(0, 1))
        sizes = np.rint(np.abs(coefficients) * _BIN).astype(np.int64).ravel()
        found[:, mode] = np.bincount(sizes, minlength=levels)[:levels]
    return found


def _spectrum(luma: Float32Array) -> bytes:
    """Energy by the larger of the two frequencies, mean over tiles."""
    side = min(_TILE_PX, *luma.shape)
    if side < 2 * SPECTRUM_BANDS:
        return bytes(SPECTRUM_BANDS)
    window = np.hanning(side)[:, None] * np.hanning(side)[None]
    power = np.zeros((side, side // 2 + 1))
    starts = [range(0, length - side + 1, side) for length in luma.shape]
    for top in starts[0]:
        for left in starts[1]:
            tile = luma[top : top + side, left : left + side]
            power += np.abs(np.fft.rfft2((tile - tile.mean()) * window)) ** 2
    power /= len(starts[0]) * len(starts[1]) * float((window**2).sum())
    frequency = 2 * np.maximum(np.abs(np.fft.fftfreq(side))[:, None], np.fft.rfftfreq(side)[None])
    band = np.minimum((frequency * SPECTRUM_BANDS).astype(np.int64), SPECTRUM_BANDS - 1).ravel()
    energy = np.bincount(band, power.ravel(), SPECTRUM_BANDS) / np.maximum(
        1, np.bincount(band, minlength=SPECTRUM_BANDS)
    )
    decibels = 10 * np.log10(energy + 1e-3) + 30
    return bytes(np.clip(np.rint(2 * decibels) + 1, 1, 255).astype(np.uint8))
