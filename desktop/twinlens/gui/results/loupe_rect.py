"""Where the picture lies on the canvas of the loupe, for a rectangle to be drawn on it."""

from PySide6.QtCore import QRectF

from twinlens.gui.canvas.canvas import PhotoCanvas


def picture_on(canvas: PhotoCanvas) -> QRectF:
    """The whole picture in the canvas's coordinates, however near one looks."""
    lying, extent = canvas.lying(), canvas.extent
    return QRectF(lying.left, lying.top, extent.width * lying.scale, extent.height * lying.scale)
