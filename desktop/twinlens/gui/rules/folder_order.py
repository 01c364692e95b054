"""The preferred folders of a rule, the most preferred first."""

import os.path
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from twinlens.domain.folders import FolderPlace
from twinlens.gui.rules.words import folder_words
from twinlens.gui.theme.quiet_label import QuietLabel
from twinlens.gui.theme.spacing import HALF_PX, ROW_HEIGHT_PX, UNIT_PX
from twinlens.gui.theme.type_scale import caption, set_in, strong
from twinlens.gui.thumbnails.card_content import printable

PLACE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
ROWS = 3


class FolderOrder(QWidget):
    """A short list with Add and Remove. ``shown_path`` of a place is asked of whoever knows the volumes."""

    edited = Signal()
    folderWanted = Signal(str)  # the user chose this one

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = _FolderList(self)
        self.list.moved.connect(self.edited)
        title, note = QLabel(self.tr("Preferred folders"), self), QuietLabel("", self)
        set_in(strong, title)
        set_in(caption, note)
        note.setText(self.tr("The first goes before the others. Double-click a folder on the right to add it."))
        note.setWordWrap(True)
        self.add, self.remove = QPushButton(self.tr("A&dd…"), self), QPushButton(self.tr("Remo&ve"), self)
        self.add.setAccessibleName(self.tr("Add a preferred folder"))
        self.remove.setAccessibleName(self.tr("Remove the preferred folder"))
        for button in (self.add, self.remove):
            button.setAutoDefault(False)
        self.add.clicked.connect(self._choose)
        self.remove.clicked.connect(self._remove)
        self.list.currentRowChanged.connect(self._enable)
        row = QHBoxLayout()
        row.addWidget(title, 1)
        row.addWidget(self.add)
        row.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(HALF_PX)
        layout.addLayout(row)
        layout.addWidget(note)
        layout.addWidget(self.list)
        self._enable()

    def show_places(self, places: Sequence[tuple[FolderPlace, str]]) -> None:
        """These, each with its path."""
        self.list.clear()
        for place, path in places:
            self._append(place, path)
        self._enable()

    def places(self) -> tuple[FolderPlace, ...]:
        """The folders in their order."""
        return tuple(self.list.item(row).data(PLACE_ROLE) for row in range(self.list.count()))

    def add_place(self, place: FolderPlace, path: str) -> None:
        """One more, behind the others."""
        if place in self.places():
            return
        self._append(place, path)
        self.edited.emit()

    def _append(self, place: FolderPlace, path: str) -> None:
        item = QListWidgetItem(printable(folder_words(path)))
        item.setData(PLACE_ROLE, place)
        item.setToolTip(printable(path))
        self.list.addItem(item)

    @Slot()
    def _choose(self) -> None:
        path = QFileDialog.getExistingDirectory(self, self.tr("Preferred folder"), os.path.expanduser("~"))
        if path:
            self.folderWanted.emit(path)

    @Slot()
    def _remove(self) -> None:
        if self.list.currentRow() >= 0:
            self.list.takeItem(self.list.currentRow())
            self.edited.emit()
        self._enable()

    @Slot()
    def _enable(self) -> None:
        self.remove.setEnabled(self.list.currentRow() >= 0)


class _FolderList(QListWidget):
    moved = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Preferred folders, the most preferred first"))
        self.setToolTip(self.tr("Alt+Up and Alt+Down move a folder."))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.model().rowsMoved.connect(self.moved)

    def sizeHint(self) -> QSize:
        return QSize(280, ROWS * (ROW_HEIGHT_PX - UNIT_PX) + UNIT_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        row = self.currentRow()
        if event.modifiers() != Qt.KeyboardModifier.AltModifier or step is None:
            super().keyPressEvent(event)
        elif row >= 0 and 0 <= row + step < self.count():
            self.insertItem(row + step, self.takeItem(row))
            self.setCurrentRow(row + step)
            self.moved.emit()
