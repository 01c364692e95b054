"""How panes share the room, and how a photo lies in the frame of another. Values; transforms are Qt's."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QTransform

from twinlens.gui.canvas.geometry import Extent

MOST_PANES = 4


def columns_for(count: int, width: float, height: float, shape: float) -> int:
    """In how many columns ``count`` pictures of this shape (width by height) are seen largest."""

    def side(columns: int) -> float:
        rows = math.ceil(count / columns)
        return min(width / columns, height / rows * shape)

    return max(range(1, max(1, count) + 1), key=lambda columns: (side(columns), -columns))


def laid_by(matrix: NDArray[np.float64], photo: Extent, frame: Extent) -> QTransform:
    """From the pixels of a photo to those of the frame; ``matrix`` [3, 3] does it in fractions of both."""
    full = np.diag([frame.width, frame.height, 1.0]) @ matrix @ np.diag([1 / photo.width, 1 / photo.height, 1.0])
    (a, b, c), (d, e, f), (g, h, i) = full.tolist()
    return QTransform(a, d, g, b, e, h, c, f, i)


def laid_whole(photo: Extent, frame: Extent) -> QTransform:
    """The photo whole and in the middle of the frame, as large as it fits."""
    scale = min(frame.width / max(1.0, photo.width), frame.height / max(1.0, photo.height))
    left, top = (frame.width - photo.width * scale) / 2, (frame.height - photo.height * scale) / 2
    return QTransform(scale, 0, 0, scale, left, top)


def enlargement(lies: QTransform, photo: Extent) -> float:
    """How many pixels of the frame a pixel in the middle of the photo takes."""
    x, y = photo.width / 2, photo.height / 2
    here = lies.map(QPointF(x, y))
    across, along = lies.map(QPointF(x + 1, y)) - here, lies.map(QPointF(x, y + 1)) - here
    return math.sqrt(abs(across.x() * along.y() - across.y() * along.x()))
