"""The photo on a canvas, dragged to another program as the file that it is."""

from PySide6.QtWidgets import QWidget

from twinlens.domain.photo import Photo
from twinlens.gui.canvas.canvas import PhotoCanvas
from twinlens.gui.thumbnails.drag_out import drag_files


def carry(source: QWidget, canvas: PhotoCanvas, photo: Photo | None) -> None:
    """Drag the file of this photo, if its drive is here; the hand carries what the canvas shows of it."""
    if photo is not None and photo.online:
        drag_files(source, [photo.path], canvas.grab(canvas.picture_rect()))
