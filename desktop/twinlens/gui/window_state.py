"""What the window looked like when it was closed, kept in an INI file inside the library's folder."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QSplitter, QWidget

from twinlens.gui.session_file import SessionFile


class WindowState:
    """Never in the user's global settings: a library carries its window with it."""

    def __init__(self, folder: Path) -> None:
        self._settings = SessionFile(folder)

    def save(self, window: QWidget, splitters: dict[str, QSplitter], values: dict[str, str]) -> None:
        """Keep geometry, splitters and these values."""
        self._settings.setValue("window/geometry", window.saveGeometry())
        for name, splitter in splitters.items():
            self._settings.setValue(f"splitter/{name}", splitter.saveState())
        for name, value in values.items():
            self._settings.setValue(f"place/{name}", value)
        self._settings.sync()

    def restore(self, window: QWidget, splitters: dict[str, QSplitter]) -> bool:
        """As it was; False when this library has not had a window yet."""
        geometry = self._settings.value("window/geometry")
        if not isinstance(geometry, QByteArray):
            return False
        window.restoreGeometry(geometry)
        for name, splitter in splitters.items():
            state = self._settings.value(f"splitter/{name}")
            if isinstance(state, QByteArray):
                splitter.restoreState(state)
        return True

    def keep_page(self, photo_ids: Sequence[int]) -> None:
        """Keep which photos were on screen, to show them at once at the next start."""
        self._settings.setValue("place/page", " ".join(map(str, photo_ids)))
        self._settings.sync()

    def page(self) -> list[int]:
        """The photos that were on screen."""
        return [int(word) for word in self.value("page").split() if word.isdecimal()]

    def value(self, name: str, default: str = "") -> str:
        """A value kept before."""
        return str(self._settings.value(f"place/{name}", default))
