"""What was dropped or pasted: a file, a picture, or something else."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from twinlens.gui.thumbnails.drag_out import path_of


def local_file(data: QMimeData) -> str | None:
    """The path of the first local file."""
    return next((path for url in data.urls() if (path := path_of(url)) is not None), None)


def picture(data: QMimeData) -> QImage | None:
    """The picture itself, as browsers and image programs give it."""
    if not data.hasImage():
        return None
    image = data.imageData()
    return image if isinstance(image, QImage) and not image.isNull() else None


def is_usable(data: QMimeData) -> bool:
    """Whether something can be looked for with this, told without decoding anything."""
    return data.hasImage() or local_file(data) is not None


def is_only_a_link(data: QMimeData) -> bool:
    """Whether it is just the address of a picture elsewhere, which is never fetched."""
    return data.hasUrls() and not is_usable(data)
