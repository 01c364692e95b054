"""Borders: margins of one colour that an editor, a messenger or a player put round a picture."""

from typing import NamedTuple

import numpy as np

from twinlens.domain.fingerprint import UInt8Array

_FLAT_LEVELS = 3.5  # standard deviation along a line of a border, after JPEG
_SAME_LEVELS = 5.0  # from the outermost line of its side
_LEAST_PX = 2
_RAGGED_PX = 2  # a border ends somewhere inside a pixel and rings into the next
_LEAST_CONTENT = 0.25  # of a side


class Box(NamedTuple):
    """Rows ``top`` to ``bottom`` and columns ``left`` to ``right``, ends excluded, in px."""

    top: int
    bottom: int
    left: int
    right: int

    def is_whole(self, height: int, width: int) -> bool:
        """Whether nothing was trimmed."""
        return self == (0, height, 0, width)


def content_box(pixels: UInt8Array) -> Box:
    """Where the picture is inside its borders, of RGB [h, w, 3]; all of it where there are none.

    A clear sky along a whole edge looks like a border too; whoever trims must do it to both pictures of a pair.
    """
    height, width = pixels.shape[:2]
    top, bottom = _ends(pixels)
    left, right = _ends(pixels.swapaxes(0, 1))
    if bottom - top < _LEAST_CONTENT * height or right - left < _LEAST_CONTENT * width:
        return Box(0, height, 0, width)
    return Box(top, bottom, left, right)


def _ends(lines: UInt8Array) -> tuple[int, int]:
    """First and end of what is left of the lines [n, length, 3] without the flat ones at either side."""
    start = _run(lines) if lines[0].std(axis=0).max() < _FLAT_LEVELS else 0
    end = _run(lines[::-1]) if lines[-1].std(axis=0).max() < _FLAT_LEVELS else 0
    return start, len(lines) - end


def _run(lines: UInt8Array) -> int:
    """How many lines from the first on are flat and of the colour of the first."""
    mean, spread = lines.mean(axis=1), lines.std(axis=1)
    flat = (spread.max(axis=1) < _FLAT_LEVELS) & (np.abs(mean - mean[0]).max(axis=1) < _SAME_LEVELS)
    length = int(np.argmin(flat)) if not flat.all() else len(flat)
    return length + _RAGGED_PX if length >= _LEAST_PX else 0
