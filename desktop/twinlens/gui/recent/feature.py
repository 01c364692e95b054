"""The menu of folders opened lately: each scans its folder again; what is away says so."""

import os
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from twinlens.domain.settings import RECENT_FOLDERS
from twinlens.gui.jobs import Task
from twinlens.gui.theme.icons import icon
from twinlens.gui.thumbnails.card_content import printable
from twinlens.gui.views import ViewId
from twinlens.gui.window_parts import WindowParts

MOST = 10


class Recent(QObject):
    """Remembers what was scanned by the user's wish, the newest first."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._preferences = parts.session.library.preferences
        self._keeping = Task(parts.session.workers.decisions, self)
        self._keeping.failed.connect(parts.toast.say)
        self.menu = QMenu(parts.window)
        self.menu.aboutToShow.connect(self._fill)
        parts.session.foldersAdded.connect(self.remember)

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """Hang the menu at its action."""
        actions["open_recent"].setMenu(self.menu)
        self.menu.setAccessibleName(self.tr("Folders opened lately"))

    @Slot(object)
    def remember(self, folders: Sequence[str]) -> None:
        """These were opened now."""
        folders = [os.path.abspath(folder) for folder in folders]

        def keep() -> None:  # down to the disk, which may be busy with a scan
            known = [folder for folder in self.folders() if folder not in folders]
            self._preferences.set(RECENT_FOLDERS, tuple([*reversed(folders), *known][:MOST]))

        self._keeping.run(keep)

    def folders(self) -> tuple[str, ...]:
        """The folders, the newest first."""
        return self._preferences.text_list(RECENT_FOLDERS)

    def restyle(self) -> None:
        """The menu is made whenever it opens."""

    def shut_down(self) -> None:
        """Nothing runs."""

    @Slot()
    def _fill(self) -> None:
        self.menu.clear()
        online = {source.path: source.online for source in self._parts.session.library.catalog().sources.all()}
        for number, folder in enumerate(self.folders(), start=1):
            here = online.get(folder, True) and os.path.isdir(folder)
            name = printable(folder).replace("&", "&&")
            words = name if here else self.tr("{} (offline)").format(name)
            action = self.menu.addAction(f"&{number % MOST} {words}")
            action.setIcon(icon("folder" if here else "folder-offline"))
            action.setData(folder)
            action.setEnabled(here)
            action.triggered.connect(self._open)
        if not self.folders():
            self.menu.addAction(self.tr("No folder yet")).setEnabled(False)
            return
        self.menu.addSeparator()
        self.menu.addAction(self.tr("&Clear this list")).triggered.connect(self._clear)

    @Slot()
    def _open(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self._parts.workspace.show_view(ViewId.PHOTOS)
            self._parts.session.add_folders([str(sender.data())])

    @Slot()
    def _clear(self) -> None:
        self._keeping.run(lambda: self._preferences.set(RECENT_FOLDERS, ()))
