"""Borders: margins of one colour that an editor, a messenger, a player or a screen put round a picture."""

from typing import NamedTuple

import numpy as np

from twinlens.domain.fingerprint import UInt8Array

_SAME_LEVELS = 12  # from the colour of the outermost line of its side, in every channel
_SHARE = 0.85  # of a border line; the rest may be the clock of a screen, or a signature
_LEAST_PX = 2
_LINES_AT_ONCE = 16
_RAGGED_PX = 1  # a border ends somewhere inside a pixel
_LEAST_CONTENT = 0.2  # of a side


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

    A clear sky along a whole edge looks like a border too: whoever trims must also try without.
    """
    height, width = pixels.shape[:2]
    top, bottom = _ends(pixels)
    if bottom - top < _LEAST_CONTENT * height:
        return Box(0, height, 0, width)
    left, right = _ends(np.ascontiguousarray(pixels[top:bottom]).swapaxes(0, 1))
    if right - left < _LEAST_CONTENT * width:
        return Box(0, height, 0, width)
    return Box(top, bottom, left, right)


def _ends(lines: UInt8Array) -> tuple[int, int]:
    """First and end of what is left of the lines [n, length, 3] without the border at either side."""
    return _run(lines), len(lines) - _run(lines[::-1])


def _run(lines: UInt8Array) -> int:
    """How many lines from the first on have mostly the colour of the first."""
    colour = np.median(lines[0], axis=0).astype(np.int16)
    if not _is_border(lines[:1], colour)[0]:
        return 0  # most pictures end here, after one line
    for start in range(0, len(lines), _LINES_AT_ONCE):
        border = _is_border(lines[start : start + _LINES_AT_ONCE], colour)
        if not border.all():
            length = start + int(np.argmin(border))
            return length + _RAGGED_PX if length >= _LEAST_PX else 0
    return 0


def _is_border(
    lines: UInt8Array, colour: np.ndarray[tuple[int], np.dtype[np.int16]]
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    near = np.abs(lines.astype(np.int16) - colour).max(axis=2) < _SAME_LEVELS
    return np.asarray(near.mean(axis=1) > _SHARE)
