"""Photos dragged out of the window into other programs, and files dragged in, as the files that they are."""

import os
from collections.abc import Iterable
from urllib.parse import quote_from_bytes, unquote_to_bytes

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

PICTURE_PX = 96


def file_url(path: str) -> QUrl:
    """The URL of a file, of one too whose name is no text."""
    return QUrl.fromEncoded(b"file://" + quote_from_bytes(os.fsencode(path)).encode())


def path_of(url: QUrl) -> str | None:
    """The path of a local file, of one too whose name is no text; None for any other address."""
    if not url.isLocalFile():
        return None
    if os.name == "nt":
        return url.toLocalFile()
    return os.fsdecode(unquote_to_bytes(url.path(QUrl.ComponentFormattingOption.FullyEncoded)))


def files_as_mime(paths: Iterable[str]) -> QMimeData:
    """What a file manager, a mail or an editor takes: text/uri-list."""
    data = QMimeData()
    data.setUrls([file_url(path) for path in paths])
    return data


def is_far_enough(start: QPoint | None, now: QPoint) -> bool:
    """Whether the hand has moved so far that a drag is meant."""
    return start is not None and (now - start).manhattanLength() >= QApplication.startDragDistance()


def drag_files(source: QWidget, paths: Iterable[str], picture: QPixmap | None) -> None:
    """Drag these files; they can only be copied, never moved away. Returns when they were dropped."""
    data = files_as_mime(paths)
    if not data.hasUrls():
        return
    drag = QDrag(source)
    drag.setMimeData(data)
    if picture is not None:
        small = picture.scaled(
            PICTURE_PX, PICTURE_PX, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        drag.setPixmap(small)
        drag.setHotSpot(QPoint(small.width() // 2, small.height() // 2))
    drag.exec(Qt.DropAction.CopyAction)
