"""Whether the larger of two pictures is the smaller one enlarged, by how their energy lies over the frequencies.

A picture that was made smaller lost at its highest frequencies what the averaging took; one that was enlarged lost there
what the interpolation took, and has nothing above what the small one could hold.
"""

import numpy as np

from twinlens.domain.columns import BoolArray, Float64Array
from twinlens.domain.fingerprint import UInt8Array
from twinlens.domain.traces import SPECTRUM_BANDS

_LEAST_RATIO, _MOST_RATIO = 1.12, 2.6  # beyond, the two share too few frequencies
_USUAL_LOSS_DB = (
    8.5  # above what a smaller picture can hold: the most of pictures that are not enlarged, the least of others
)
_ALONE_LOSS_DB = 9.0
_MOST = 6.0
_BANDS = (np.arange(SPECTRUM_BANDS) + 0.5) / SPECTRUM_BANDS


def enlargement_odds(
    first: UInt8Array, second: UInt8Array, scale: Float64Array, whole: BoolArray
) -> tuple[Float64Array, BoolArray]:
    """Log-odds that the larger picture of each pair was enlarged, and for which pairs the larger was looked at.

    ``first``, ``second``: spectra [m, 32], zeros where unknown. ``scale``: pixels of the first for one of the second.
    ``whole``: both show the same frame, so that their spectra can be compared.
    """
    odds = np.zeros(len(scale))
    ratio = np.exp(np.abs(np.log(scale)))
    first_larger = (scale > 1)[:, None]
    larger, smaller = np.where(first_larger, first, second), np.where(first_larger, second, first)
    looked = (ratio > _LEAST_RATIO) & (ratio < _MOST_RATIO) & (larger[:, 0] > 0)
    rows = np.flatnonzero(looked)
    if not len(rows):
        return odds, looked
    level = larger[rows].astype(np.float64) / 2
    lost, enough = _lost_above(level, ratio[rows])
    alone = np.where(enough, np.clip(1.2 * (lost - _ALONE_LOSS_DB), -1.0, _MOST), 0.0)
    both = whole[rows] & (smaller[rows, 0] > 0)
    softer = _softer(level, smaller[rows].astype(np.float64) / 2, ratio[rows])
    compared = np.clip(2.0 * softer + np.where(enough, 0.4 * (lost - _USUAL_LOSS_DB), 0.0), -_MOST, _MOST)
    odds[rows] = np.where(both, compared, alone)
    return odds, looked


def _lost_above(level: Float64Array, ratio: Float64Array) -> tuple[Float64Array, BoolArray]:
    """By how many decibels the larger falls beyond the highest frequency of the smaller, and where bands tell it."""
    edge = 1 / ratio[:, None]
    below = (0.72 * edge < _BANDS) & (0.95 * edge > _BANDS)
    above = (1.08 * edge < _BANDS) & (np.minimum(0.97, 1.35 * edge) > _BANDS)
    enough = below.any(axis=1) & above.any(axis=1)
    return _mean(level, below) - _mean(level, above), np.asarray(enough)


def _softer(larger: Float64Array, smaller: Float64Array, ratio: Float64Array) -> Float64Array:
    """By how many decibels the larger has less than the smaller at the highest frequencies that both can hold."""
    at = np.clip(_BANDS / ratio[:, None] * SPECTRUM_BANDS - 0.5, 0, SPECTRUM_BANDS - 1)
    low = np.floor(at).astype(np.int64)
    high = np.minimum(low + 1, SPECTRUM_BANDS - 1)
    part = at - low
    matched = np.take_along_axis(larger, low, 1) * (1 - part) + np.take_along_axis(larger, high, 1) * part
    apart = smaller - matched
    fine, coarse = (_BANDS > 0.65) & (_BANDS < 0.95), (_BANDS > 0.15) & (_BANDS < 0.4)
    return np.asarray(apart[:, fine].mean(axis=1) - apart[:, coarse].mean(axis=1), dtype=np.float64)


def _mean(level: Float64Array, wanted: BoolArray) -> Float64Array:
    return np.asarray((level * wanted).sum(axis=1) / np.maximum(1, wanted.sum(axis=1)), dtype=np.float64)
