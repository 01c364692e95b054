"""Dialog buttons as words, for the style's coloured pictures are not of the family of our icons; and room for the focus ring."""

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialogButtonBox

RING_PX = 4  # the ring lies around a button and is cut off at the edge of the box


def without_pictures(box: QDialogButtonBox) -> QDialogButtonBox:
    """The same box, its buttons without pictures."""
    for button in box.buttons():
        button.setIcon(QIcon())
    if box.contentsMargins().isNull():
        box.setContentsMargins(RING_PX, RING_PX, RING_PX, RING_PX)
    return box
