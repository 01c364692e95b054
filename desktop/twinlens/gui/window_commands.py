"""Commands about the window itself: dialogs, full screen, and settings that change how it looks."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from twinlens.domain.settings import (
    IGNORED_NAMES,
    IGNORED_PATHS,
    SIMILARITY,
    TIME_GAP,
    WATCH_FOLDERS,
    Setting,
)
from twinlens.gui.commands.command import VIEW_PREFIX
from twinlens.gui.session import LibrarySession
from twinlens.gui.theme.theme import LOOKS, Theme
from twinlens.gui.views import ViewId
from twinlens.gui.workspace import Workspace

if TYPE_CHECKING:
    from twinlens.gui.laboratory.window import LaboratoryWindow

RULES = frozenset({IGNORED_NAMES, IGNORED_PATHS})


class WindowCommands(QObject):
    """Opens dialogs over the window and carries their outcome into it."""

    def __init__(self, session: LibrarySession, workspace: Workspace, theme: Theme, window: QMainWindow) -> None:
        super().__init__(window)
        self._session, self._workspace, self._theme, self._window = session, workspace, theme, window
        self.laboratory: LaboratoryWindow | None = None
        self._change_keys: QAction | None = None

    def connect_all(self, actions: dict[str, QAction]) -> None:
        """Connect the actions."""
        for view in ViewId:
            actions[f"{VIEW_PREFIX}{view}"].triggered.connect(self._view_action)
        actions["quit"].triggered.connect(self._window.close)
        actions["settings"].triggered.connect(self.open_settings)
        self._change_keys = actions["change_keys"]
        actions["about"].triggered.connect(self.show_about)
        actions["laboratory"].triggered.connect(self.open_laboratory)
        actions["full_screen"].toggled.connect(self.set_full_screen)

    @Slot()
    def open_settings(self) -> None:
        """The dialog of settings."""
        from twinlens.gui.settings.dialog import SettingsDialog  # dialogs are loaded when they are opened

        dialog = SettingsDialog(self._session.library.preferences, self._window, self._change_keys)
        dialog.saved.connect(self.settings_changed)
        dialog.exec()
        dialog.deleteLater()

    @Slot()
    def open_laboratory(self) -> None:
        """The laboratory beside the window; what it measured stays until it is closed."""
        from twinlens.gui.laboratory.window import LaboratoryWindow

        if self.laboratory is None or not self.laboratory.isVisible():
            self.close_laboratory()
            self.laboratory = LaboratoryWindow(self._session.library, parent=self._window)
        self.laboratory.show()
        self.laboratory.raise_()
        self.laboratory.activateWindow()

    def close_laboratory(self) -> None:
        """End what it does, if it is there."""
        if self.laboratory is not None:
            self.laboratory.shut_down()
            self.laboratory.close()
            self.laboratory.deleteLater()
            self.laboratory = None

    @Slot()
    def show_about(self) -> None:
        """About this program."""
        from twinlens.gui.about.dialog import AboutDialog

        dialog = AboutDialog(str(self._session.library.folder), self._window)
        dialog.exec()
        dialog.deleteLater()

    @Slot(bool)
    def set_full_screen(self, on: bool) -> None:
        """Use the whole screen, or not."""
        if on != self._window.isFullScreen():
            self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    @Slot(object)
    def settings_changed(self, changed: list[Setting]) -> None:
        """Carry changed settings into the window at once."""
        self._workspace.follow_settings(self._session.library.preferences)
        if not LOOKS.isdisjoint(changed):
            self._theme.follow(self._session.library.preferences)
        if not RULES.isdisjoint(changed):
            self._session.rescan()  # what a new rule hides leaves the library now, not some day
        if WATCH_FOLDERS in changed or not RULES.isdisjoint(changed):
            self._session.watch.restart()
        if SIMILARITY in changed or TIME_GAP in changed:
            self._session.groups.use_defaults()

    @Slot()
    def _view_action(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._workspace.show_view(ViewId(sender.objectName().removeprefix(VIEW_PREFIX)))
            self._workspace.focus_page()
