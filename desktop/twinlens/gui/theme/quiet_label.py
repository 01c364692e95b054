"""A label with accompanying text, which keeps its quiet colour in every theme."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from twinlens.gui.theme.palettes import quiet_colour, quieted


class QuietLabel(QLabel):
    """Follows the palette of its parent: a palette that a label was once given stays as it was when the theme changes."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._follow()

    def _follow(self) -> None:
        parent = self.parentWidget()
        palette = parent.palette() if parent is not None else QPalette()
        if self.palette().color(QPalette.ColorRole.WindowText) != quiet_colour(palette):
            self.setPalette(quieted(palette))
