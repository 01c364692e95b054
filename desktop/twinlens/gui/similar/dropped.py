"""What was dropped or pasted: a file, a picture, or something else."""

import os.path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from twinlens.gui.thumbnails.drag_out import path_of

LONGEST_PATH = 4096


def local_file(data: QMimeData) -> str | None:
    """The path of the first local file, given as a file or written as text."""
    named = next((path for url in data.urls() if (path := path_of(url)) is not None), None)
    return named if named is not None else _written(data)


def _written(data: QMimeData) -> str | None:
    text = data.text().strip().strip("\"'") if data.hasText() else ""
    return text if text and len(text) < LONGEST_PATH and "\n" not in text and os.path.isfile(text) else None


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
