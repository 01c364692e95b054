"""How well a photo came out, as numbers that are only ever compared with those of other frames of the same scene."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twinlens.domain.fingerprint import Int64Array

MEASURES_VERSION = 4  # of how photos are measured: numbers of another version are not compared, and are made anew
GRID = 12  # tiles a side, whatever the shape of the picture
TILES = GRID * GRID
MOST_FACES = 8
STEPS_A_DOUBLING = 16  # of the logarithms that a byte holds
EYES_UNKNOWN = 255

FACE = np.dtype([("x", "u1"), ("y", "u1"), ("side", "u1"), ("open", "u1"), ("sharp", "u1")])
MEASURE = np.dtype(
    [
        ("sharp", "u1", (TILES,)),
        ("content", "u1", (TILES,)),
        ("luma", "u1", (TILES,)),
        ("noise", "<f4"),
        ("bright", "<f4"),
        ("dark", "<f4"),
        ("mean", "<f4"),
        ("faces", FACE, (MOST_FACES,)),
    ]
)
"""What is measured of one photo, 486 bytes.

``sharp``: of each tile, row by row, the logarithm of fine detail over coarse, free of noise and of exposure; ``content``:
that of the coarse detail itself; both in 1/16 of a doubling, 0 for none and where something is clipped. ``luma``: its mean.
``noise``: deviation in levels of luma. ``bright``, ``dark``: the part of the picture that is clipped. ``mean``: of the luma;
NaN for a photo that could not be measured. ``faces``: the largest first; ``side`` 0 for none; ``x``, ``y``: their middle,
``side``: their size, in 1/255 of the picture's sides; ``open``: how far the eyes are open, their height by their width in steps
of 0.4/254, or ``EYES_UNKNOWN``.
"""


def no_measures(count: int) -> NDArray[np.void]:
    """Rows of ``MEASURE`` of photos that could not be measured."""
    rows = np.zeros(count, MEASURE)
    rows["mean"] = np.nan
    return rows


@dataclass(frozen=True)
class StoredMeasures:
    """What a catalog holds: ``content``, int64 [m, 2], the halves of each hash, and ``values``, rows of ``MEASURE``.

    In the order in which they were stored: of equal contents the last one counts. ``newest``: the number of the last.
    """

    content: Int64Array
    values: NDArray[np.void]
    newest: int = 0


@dataclass(frozen=True)
class MeasureColumns:
    """The measures of the photos that have some. ``photo_id``: ascending; ``place``: where they are in ``stored.values``."""

    photo_id: Int64Array
    place: Int64Array
    stored: StoredMeasures

    @property
    def values(self) -> NDArray[np.void]:
        """Rows of ``MEASURE``, in no order."""
        return self.stored.values

    @property
    def is_known(self) -> bool:
        """Whether any photo was measured."""
        return len(self.photo_id) > 0

    def places(self, photo_ids: Int64Array) -> Int64Array:
        """Where these photos are in ``values``, -1 for those without measures."""
        if not len(self.photo_id):
            return np.full(len(photo_ids), -1, np.int64)
        at = np.minimum(np.searchsorted(self.photo_id, photo_ids), len(self.photo_id) - 1)
        return np.where(self.photo_id[at] == photo_ids, self.place[at], -1).astype(np.int64)


def nothing_stored() -> StoredMeasures:
    """The measures of a catalog without any."""
    return StoredMeasures(np.zeros((0, 2), np.int64), no_measures(0))


def nothing_measured() -> MeasureColumns:
    """The measures of photos of which none was looked at yet."""
    return MeasureColumns(np.zeros(0, np.int64), np.zeros(0, np.int64), nothing_stored())


def measures_of(photo_id: Int64Array, content: Int64Array, stored: StoredMeasures) -> MeasureColumns:
    """The measures of photos, ascending by id, by their contents, int64 [n, 2]."""
    if not len(stored.values):
        return MeasureColumns(np.zeros(0, np.int64), np.zeros(0, np.int64), stored)
    order = np.argsort(stored.content[:, 0], kind="stable")
    keys = stored.content[order, 0]
    at = np.searchsorted(keys, content[:, 0], side="right") - 1
    place = order[np.maximum(at, 0)]
    held = (stored.content[place] == content).all(axis=1)
    return MeasureColumns(photo_id[held], place[held].astype(np.int64), stored)
