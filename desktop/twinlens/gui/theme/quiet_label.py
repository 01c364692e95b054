"""A label with accompanying text, which keeps its quiet colour in every theme."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget


class QuietLabel(QLabel):
    """Has no palette of its own: one that a label was once given stays as it was when the theme changes."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
