"""Light, dark, or as the system has it: chosen in the settings, changed while the window is open."""

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from twinlens.gui.theme.palettes import DARK, LIGHT, palette_of
from twinlens.gui.theme.style_sheet import style_sheet


class Theme(QObject):
    """Keeps the application's palette as the user wants it."""

    changed = Signal()

    def __init__(self, application: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self._choice = "system"
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._system_changed)

    def choose(self, choice: str) -> None:
        """``choice`` is "system", "light" or "dark"."""
        self._choice = choice
        self._apply()

    def is_dark(self) -> bool:
        """Whether the dark palette is in use."""
        if self._choice != "system":
            return self._choice == "dark"
        # A bare window manager says "unknown": dark then, as every tool for looking at photos.
        return self._application.styleHints().colorScheme() is not Qt.ColorScheme.Light

    def _apply(self) -> None:
        dark = self.is_dark()
        greys = DARK if dark else LIGHT
        self._application.setPalette(palette_of(greys))
        self._application.setStyleSheet(style_sheet(greys, dark=dark))
        self.changed.emit()

    @Slot(Qt.ColorScheme)
    def _system_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._choice == "system":
            self._apply()
