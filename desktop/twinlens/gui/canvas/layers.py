"""What a canvas paints: pictures one over the other, each laid by a transform."""

from collections.abc import Hashable

from msgspec import Struct
from PySide6.QtGui import QImage, QPixmap, QTransform


class Layer(Struct, frozen=True):
    """A picture. ``lies``: from its pixels to those of the canvas's picture. ``from_x``, ``to_x``: the part of the canvas,
    0 to 1 from the left, that shows it. ``holds``: what must live as long as ``image``, whose pixels it owns.
    """

    image: QImage | QPixmap
    lies: QTransform
    opacity: float = 1.0
    from_x: float = 0.0
    to_x: float = 1.0
    holds: Hashable | None = None


def stretched(image: QImage | QPixmap, width: float, height: float) -> QTransform:
    """How a smaller (or larger) stand-in lies as a picture of this width and height."""
    size = image.deviceIndependentSize()
    return QTransform.fromScale(width / max(1.0, size.width()), height / max(1.0, size.height()))
