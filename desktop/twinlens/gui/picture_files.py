"""Large previews of photo files as Qt images, for the inspector."""

from PySide6.QtGui import QImage

PREVIEW_SIDE_PX = 2560


def large_preview(path: str) -> QImage:
    """The picture in this file, upright, at screen size; runs in a worker.

    Raises:
        PhotoUnreadable: it cannot be decoded.
    """
    from twinlens.imaging.decode import decode_preview  # loads Pillow

    pixels = decode_preview(path, PREVIEW_SIDE_PX)
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
