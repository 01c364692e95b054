"""A window on a small drive of real photos, closed and opened again as often as a story wants."""

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from twinlens.gui.jobs import Workers
from twinlens.gui.main_window import MainWindow
from twinlens.gui.session import LibrarySession
from twinlens.gui.theme.theme import Theme
from twinlens.library.open import Library


class StoryWindows:
    """Opens windows whose jobs run at once; ``close`` ends the newest."""

    def __init__(self, qtbot, application: QApplication, folder: Path) -> None:
        self._qtbot, self._application, self._folder = qtbot, application, folder
        self._theme = Theme(application)
        self._windows: list[MainWindow] = []

    def open(self, *folders: str | Path, view: str = "") -> MainWindow:
        session = LibrarySession(Library.open(self._folder / "library"), Workers.at_once())
        window = MainWindow(session, self._theme)
        self._windows.append(window)
        window.show()
        window.begin([os.fspath(folder) for folder in folders])
        self.settle()
        if view:
            window.actions_by_id[f"view.{view}"].trigger()
            self.settle()
        return window

    def close(self) -> None:
        window = self._windows.pop()
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)  # before the next window sets a style

    def close_all(self) -> None:
        while self._windows:
            self.close()

    def settle(self) -> None:
        for _ in range(3):
            self._application.processEvents()
