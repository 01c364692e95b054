"""Lock the folder of a photo or of a source, unlock it, and say why a photo in it is not rejected."""

import os.path
from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from twinlens.domain.protection import ProtectedFolder
from twinlens.gui.desks.protection_desk import ProtectionTurned
from twinlens.gui.desks.record_desk import Records
from twinlens.gui.thumbnails.card_content import printable
from twinlens.gui.window_parts import WindowParts


class ProtectionFeature(QObject):
    """One action of the menu Photo, two of the sidebar's menus, and their toasts with Undo."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._session, self._sidebar, self._toast = parts.session, parts.sidebar, parts.toast
        self._workspace, self._side, self._commands = parts.workspace, parts.side, parts.loupe_commands
        self._last: ProtectionTurned | None = None

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """The action, the sidebar's menus, and what the desks tell."""
        actions["protect"].triggered.connect(self.turn_current)
        self._sidebar.protectRequested.connect(self._session.protection.protect)
        self._sidebar.unprotectRequested.connect(self._unprotect)
        self._session.records.changed.connect(self._show_folders)
        self._session.protection.turned.connect(self._turned)
        self._session.marks.refused.connect(self._say_refused)

    def restyle(self) -> None:
        """The cards follow the palette by themselves."""

    def shut_down(self) -> None:
        """Nothing runs."""

    @Slot()
    def turn_current(self) -> None:
        """Lock the folder of the current photo, or unlock what locks it."""
        photo_id = self._commands.panel().current_photo_id()
        if photo_id is None:
            return
        photo = self._session.photos.photo(photo_id)
        if photo.protected:
            self._session.protection.unprotect_photo(photo_id)
        else:
            self._session.protection.protect(photo.path.rpartition("/")[0] or "/")

    @Slot(object)
    def _unprotect(self, folder: ProtectedFolder) -> None:
        self._session.protection.unprotect((folder,))

    @Slot(object)
    def _show_folders(self, records: Records) -> None:
        self._sidebar.show_protected(records.protected)

    @Slot(object)
    def _turned(self, turned: ProtectionTurned) -> None:
        for panel in (*self._workspace.group_panels(), self._workspace.photos, self._side.similar):
            panel.set_photos(self._session.photos.photos)  # the cards have padlocks now, or no longer
        if not turned.folders:
            self._toast.say(
                self.tr("This folder is protected already.") if turned.is_locked else self.tr("Nothing was protected.")
            )
            return
        self._last = turned
        self._toast.say(self._words(turned), self.tr("Undo"), self._take_back)

    def _words(self, turned: ProtectionTurned) -> str:
        names = ", ".join(printable(os.path.basename(folder.path) or folder.path) for folder in turned.folders)
        if not turned.is_locked:
            return self.tr("Protected no more: {}.").format(names)
        said = self.tr("Protected: {}. Its photos are never removed.").format(names)
        if turned.unmarked:
            said += " " + self.tr("%Ln photo(s) lost the mark to go.", "", turned.unmarked)
        return said

    def _take_back(self) -> None:
        last, self._last = self._last, None
        if last is None:
            return
        if last.is_locked:
            self._session.protection.unprotect(last.folders)
            if last.deed_id is not None:
                self._session.decisions.undo(last.deed_id)
        else:
            for folder in last.folders:
                self._session.protection.protect(folder.path)

    @Slot(int)
    def _say_refused(self, count: int) -> None:
        self._toast.say(
            self.tr("%Ln photo(s) in a protected folder: never removed, so not rejected.", "", count),
        )
