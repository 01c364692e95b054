"""The protected folders in the sidebar: a padlock each, and a menu that unlocks."""

import os.path
from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget

from twinlens.domain.photo import VolumeId
from twinlens.domain.protection import ProtectedFolder
from twinlens.gui.sidebar.row_list import RowList
from twinlens.gui.theme.spacing import UNIT_PX, WIDE_PX
from twinlens.gui.thumbnails.card_content import printable


class ProtectedList(QWidget):
    """Not there at all as long as nothing is protected."""

    unprotectRequested = Signal(object)  # ProtectedFolder

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel(self.tr("Protected"), self)
        self.label.setContentsMargins(WIDE_PX, 0, WIDE_PX, 0)
        self.rows = RowList(self)
        self.rows.setAccessibleName(self.tr("Protected folders"))
        self.rows.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.rows.customContextMenuRequested.connect(self._show_menu)
        self._folders: dict[str, ProtectedFolder] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, WIDE_PX, 0, 0)
        layout.setSpacing(UNIT_PX // 2)
        layout.addWidget(self.label)
        layout.addWidget(self.rows)
        self.hide()

    def forbid_changes(self) -> None:
        """Show them only."""
        self.rows.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def show_folders(self, folders: Sequence[ProtectedFolder]) -> None:
        """These, each with where it is."""
        self._folders = {folder.path: folder for folder in folders}
        self.rows.keep_only(set(self._folders))
        for path, folder in self._folders.items():
            detail = printable(os.path.dirname(path)) if folder.online else self.tr("Not connected")
            name = printable(os.path.basename(path) or path)
            spoken = ", ".join((name, self.tr("protected"), detail))
            self.rows.show_row(path, name, "lock", detail=detail, spoken=spoken)
            self.rows.set_tool_tip(path, self.tr("{}: its photos are never removed").format(printable(path)))
        self.setVisible(bool(folders))

    def lock_of(self, volume: VolumeId, relative_path: str) -> ProtectedFolder | None:
        """The protected folder that a folder is, or is in; the outermost."""
        holding = [folder for folder in self._folders.values() if folder.place.holds(volume, relative_path)]
        return min(holding, key=lambda folder: len(folder.place.relative_path), default=None)

    @Slot(QPoint)
    def _show_menu(self, point: QPoint) -> None:
        index = self.rows.indexAt(point)
        if not index.isValid():
            return
        self.rows.setCurrentIndex(index)
        folder = self._folders.get(self.rows.current_id() or "")
        menu = QMenu(self)
        unprotect = menu.addAction(self.tr("Unprotect this folder"))
        chosen = menu.exec(self.rows.viewport().mapToGlobal(point))
        menu.deleteLater()
        if chosen is unprotect and folder is not None:
            self.unprotectRequested.emit(folder)
