"""Fields with arrows, their text as far from the edge as in other fields: a style sheet's padding does not reach it."""

from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit

from twinlens.gui.theme.spacing import HALF_PX


def indent(box: QAbstractSpinBox) -> None:
    """Move its text in."""
    line = box.findChild(QLineEdit)
    if line is not None:
        line.setTextMargins(HALF_PX, 0, 0, 0)
