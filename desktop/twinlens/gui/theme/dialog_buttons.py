"""Dialog buttons as words: the style's own coloured pictures on them are of another family than our icons."""

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialogButtonBox


def without_pictures(box: QDialogButtonBox) -> QDialogButtonBox:
    """The same box, its buttons without pictures."""
    for button in box.buttons():
        button.setIcon(QIcon())
    return box
