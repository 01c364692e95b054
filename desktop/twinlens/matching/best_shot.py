"""Which frame of a group came out best: measures of its frames in, scores out that mean something within the group only.

Sharpness is compared where it matters: in the tiles that are sharp in some frame, show the same in all, and lie near the
middle; on faces where faces were found. Noise and exposure are taken out of it, and count by themselves.
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from twinlens.domain.columns import BoolArray
from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.domain.measures import GRID, STEPS_A_DOUBLING, TILES
from twinlens.matching.best_faces import face_scores

CHUNK_ROWS = 2048  # frames that are looked at at once: their tiles stay in the processor's cache
LEAST_SHARP = 0.25  # of the stored scale: below it nothing is told apart
SAME_PLACE_LEVELS = 14.0  # how much a tile may differ from frame to frame and still show the same
MIDDLE_SPREAD = 0.42  # of the picture's sides
EDGE_COUNTS = 0.3
CLIPPED_COUNTS = 1e-4  # where nothing else is left

WELL_LIT = (105.0, 150.0)  # mean luma within which no exposure is better than another
OFF_LIT, MOST_OFF = 0.5, 3.0  # of score for each stop below or above; stops after which it grows no worse
CLIPPED, MOST_CLIPPED = 4.0, 1.5  # of score for a picture clipped altogether, and the most of it
CROOKED = 0.05  # of score for each stop away from the middle one of the group
STOPS_A_DOUBLING = 2.2  # of levels, by the usual tone curve
NOISE, NOISE_FLOOR = 0.3, 0.8  # of score for each doubling; levels that nobody sees
UNSEEN = -20.0  # the score of a frame that could not be measured
SMALLER, SENT, NO_RAW = 0.5, 0.5, 0.25  # of score for each halving of the pixels; for what is a copy, or no sensor data


class Shots(Struct, frozen=True):
    """Frames of several groups end to end; every array has n rows, ``starts`` one more than groups.

    ``values``: rows of ``MEASURE``, all measured. ``area_px``: pixels of the file. ``raw``: sensor data. ``sent``: a copy that
    went through a messenger.
    """

    starts: Int64Array
    values: NDArray[np.void]
    area_px: Int64Array
    raw: BoolArray
    sent: BoolArray

    def __len__(self) -> int:
        return len(self.values)


class ShotScores(Struct, frozen=True):
    """How each frame came out, float32 [n]: compare only within a group.

    ``total``: higher is better, a doubling of sharpness being 1. ``sharp``: of the subject, as a logarithm to base 2.
    ``bright``, ``dark``: the clipped part. ``mean``: luma. ``noise``: levels. ``faces``, ``open``, ``closed``: how many
    faces were found, and of how many the eyes are surely open, or surely closed while open in another frame.
    ``megapixels``: of the file. ``raw``, ``sent``: 1 where it is.
    """

    total: Float32Array
    sharp: Float32Array
    bright: Float32Array
    dark: Float32Array
    mean: Float32Array
    noise: Float32Array
    faces: Float32Array
    open: Float32Array
    closed: Float32Array
    megapixels: Float32Array
    raw: Float32Array
    sent: Float32Array

    def of(self, rows: Int64Array | slice) -> "ShotScores":
        """Those of these frames."""
        return ShotScores(*(values[rows] for values in self._all()))

    def put(self, rows: BoolArray, others: "ShotScores") -> None:
        """Write these scores in place of those of the rows that are True."""
        for own, other in zip(self._all(), others._all(), strict=True):
            own[rows] = other

    def followed_by(self, others: "ShotScores") -> "ShotScores":
        """Both end to end."""
        return ShotScores(*(np.concatenate(pair) for pair in zip(self._all(), others._all(), strict=True)))

    def _all(self) -> list[Float32Array]:
        return [getattr(self, field) for field in self.__struct_fields__]


def no_scores(count: int) -> ShotScores:
    """Scores of frames that were not judged: NaN."""
    return ShotScores(*(np.full(count, np.nan, np.float32) for _ in ShotScores.__struct_fields__))


def best_shots(shots: Shots) -> ShotScores:
    """Score all frames, each within its group."""
    faces = face_scores(shots.values["faces"], shots.starts)
    sharp = np.concatenate([np.zeros(0, np.float32), *(_sharpness(shots, *piece) for piece in _pieces(shots.starts))])
    sharp = np.where(np.isnan(faces.sharp), sharp, faces.sharp)
    total = np.asarray(sharp - _exposure(shots) - _noise(shots) - _file(shots) - faces.penalty, np.float32)
    total[np.isnan(shots.values["mean"])] = UNSEEN
    bright, dark, mean, noise = (shots.values[name].astype(np.float32) for name in ("bright", "dark", "mean", "noise"))
    files = (shots.area_px / 1e6, shots.raw, shots.sent)
    return ShotScores(
        total,
        sharp,
        bright,
        dark,
        mean,
        noise,
        faces.found,
        faces.open,
        faces.closed,
        *(np.asarray(values, np.float32) for values in files),
    )


def _pieces(starts: Int64Array) -> list[tuple[int, int]]:
    """Groups from ... to ..., so that each piece has about as many rows as may be looked at at once."""
    if len(starts) < 2:
        return []
    cuts = np.searchsorted(starts, np.arange(0, starts[-1], CHUNK_ROWS), side="left")
    cuts = np.unique(np.concatenate([cuts, [len(starts) - 1]]))
    return list(zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True))


def _sharpness(shots: Shots, first: int, last: int) -> Float32Array:
    """Sharpness on the subject of the frames of these groups, as a logarithm to base 2."""
    begin, end = int(shots.starts[first]), int(shots.starts[last])
    starts = shots.starts[first:last] - begin
    lengths = np.diff(np.append(starts, end - begin))
    values = shots.values[begin:end]
    sharp = _DECODED[values["sharp"]]
    luma = values["luma"].astype(np.float32) - np.nan_to_num(values["mean"])[:, None]
    drawn = np.maximum.reduceat(sharp + _DECODED[values["content"]], starts, axis=0)
    middle = np.add.reduceat(luma, starts, axis=0) / lengths[:, None]
    spread = np.add.reduceat(luma * luma, starts, axis=0) / lengths[:, None] - middle * middle
    weight = np.exp2(2.0 * (drawn - drawn.max(axis=1, keepdims=True)))
    weight *= _NEAR_THE_MIDDLE / np.square(1.0 + np.maximum(spread, 0) / SAME_PLACE_LEVELS**2)
    told = np.minimum.reduceat(values["content"], starts, axis=0) > 0  # in every frame
    weight *= np.where(told, 1.0, CLIPPED_COUNTS)
    weight /= weight.sum(axis=1, keepdims=True)
    found = np.einsum("nt,nt->n", sharp, np.repeat(weight, lengths, axis=0))
    return np.asarray(found, np.float32)


def _exposure(shots: Shots) -> Float32Array:
    """What clipping, and light far from where most of it is, cost each frame beside the best of its group."""
    values, starts = shots.values, shots.starts
    clipped = np.minimum(CLIPPED * (values["bright"] + values["dark"]), MOST_CLIPPED)
    stops = _stops(np.nan_to_num(values["mean"], nan=128.0))
    low, high = _stops(np.array(WELL_LIT))
    off = np.minimum(np.maximum(low - stops, stops - high), MOST_OFF)
    crooked = np.abs(stops - _medians(stops, starts))
    return np.asarray(clipped + OFF_LIT * np.maximum(off, 0) + CROOKED * crooked, np.float32)


def _stops(luma: NDArray[np.floating]) -> NDArray[np.floating]:
    """Levels as stops of light."""
    return np.asarray(STOPS_A_DOUBLING * np.log2(np.maximum(luma, 1.0)))


def _noise(shots: Shots) -> Float32Array:
    return np.asarray(NOISE * np.log2(1.0 + shots.values["noise"] / NOISE_FLOOR), np.float32)


def _file(shots: Shots) -> Float32Array:
    """What pixels, format and history of the file cost."""
    largest = _spread(np.maximum.reduceat(shots.area_px, shots.starts[:-1]), shots.starts)
    smaller = np.log2(largest / np.maximum(shots.area_px, 1))
    return np.asarray(SMALLER * smaller + SENT * shots.sent + NO_RAW * ~shots.raw, np.float32)


def _medians(values: Float32Array, starts: Int64Array) -> Float32Array:
    """The median of the group of every row."""
    lengths = np.diff(starts)
    group = np.repeat(np.arange(len(lengths)), lengths)
    ordered = values[np.lexsort((values, group))]
    low, high = starts[:-1] + (lengths - 1) // 2, starts[:-1] + lengths // 2
    return _spread((ordered[low] + ordered[high]) / 2, starts)


def _spread(of_group: NDArray[np.generic], starts: Int64Array) -> NDArray[np.float32]:
    return np.repeat(of_group, np.diff(starts)).astype(np.float32)


def _near_the_middle() -> Float32Array:
    places = (np.arange(GRID) + 0.5) / GRID - 0.5
    bell = np.exp(-0.5 * (places / MIDDLE_SPREAD) ** 2)
    return np.asarray(EDGE_COUNTS + (1 - EDGE_COUNTS) * np.outer(bell, bell), np.float32).reshape(TILES)


_DECODED = np.log2(np.maximum(np.exp2(np.arange(256) / STEPS_A_DOUBLING) - 1.0, LEAST_SHARP)).astype(np.float32)
_NEAR_THE_MIDDLE = _near_the_middle()
