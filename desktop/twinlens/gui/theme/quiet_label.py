"""A label with accompanying text, which keeps its quiet colour in every theme."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from twinlens.gui.theme.palettes import quiet_colour


class QuietLabel(QLabel):
    """Follows the palette of the application: a palette that a label was once given stays as it was when the theme changes.

    Not that of its parent, which may be told of another theme after the label, and then nothing tells the label again.
    """

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._follow()

    def _follow(self) -> None:
        quiet = quiet_colour(QApplication.palette())
        if self.palette().color(QPalette.ColorRole.WindowText) == quiet:
            return
        palette = QPalette()
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
            palette.setColor(role, quiet)
        self.setPalette(palette)
