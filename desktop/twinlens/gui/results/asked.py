"""Queries made of what the user points at."""

import os.path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from twinlens.domain.photo import Photo
from twinlens.gui.desks.similar_desk import pixels_of
from twinlens.gui.thumbnails.card_content import printable
from twinlens.review.query import Query


def about_photo(photo: Photo) -> Query:
    """A photo of the library."""
    return Query(_name(photo.path), photo_id=photo.id)


def about_file(path: str) -> Query:
    """A file, in the library or not."""
    return Query(_name(path), path=path)


def about_image(image: QImage) -> Query:
    """A picture without a file."""
    return Query(QCoreApplication.translate("Results", "the pasted picture"), pixels=pixels_of(image))


def _name(path: str) -> str:
    return printable(os.path.basename(path))
