"""The list of criteria: dragged by the mouse, moved by Alt and the arrow keys, switched by Space, turned by Left and Right."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from twinlens.gui.rules.criteria_delegate import CriteriaDelegate
from twinlens.gui.rules.criteria_model import CriteriaModel
from twinlens.matching.rules.criteria import SUGGESTION


class CriteriaView(QListView):
    """Tells after every change; the order is the order of the rule."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = CriteriaModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(CriteriaDelegate(self))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragDropOverwriteMode(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Criteria, the first that decides counts"))
        self.setAccessibleDescription(self._keys())
        self.setToolTip(self._keys())
        self.rows.edited.connect(self.edited)

    def sizeHint(self) -> QSize:
        """As high as its rows, so that nothing is hidden where there is space."""
        return QSize(360, sum(self.sizeHintForRow(row) for row in range(self.rows.rowCount())) + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, switch and turn; all else is the list's."""
        row, key = self.currentIndex().row(), event.key()
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key))
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and step is not None:
            self.move_row(row, row + step)
        elif key == Qt.Key.Key_Space and row >= 0:
            self.rows.switch(row)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and row >= 0:
            self.rows.turn(row)
        else:
            super().keyPressEvent(event)

    def move_row(self, row: int, to: int) -> None:
        """Put a row elsewhere, and go with it."""
        if self.rows.move(row, to):
            self.setCurrentIndex(self.rows.index(to, 0))
            self.edited.emit()

    @Slot()
    def add_tie_breaker(self) -> None:
        """Switch Twinlens' own suggestion on, behind all that is on already."""
        row = self.rows.row_of(SUGGESTION)
        if self.rows.step(row).on:
            return
        last = max((at for at in range(self.rows.rowCount()) if self.rows.step(at).on), default=-1)
        self.rows.switch(row)
        self.move_row(row, last + 1 if row > last else last)

    def dropEvent(self, event: QDropEvent) -> None:
        """A row was dragged: it is moved as the keys move it, before the row under the pointer or behind the last."""
        if event.source() is not self or not self.currentIndex().isValid():
            event.ignore()
            return
        under = self.indexAt(event.position().toPoint())
        to = under.row() if under.isValid() else self.rows.rowCount() - 1
        if under.isValid() and self.dropIndicatorPosition() is QAbstractItemView.DropIndicatorPosition.BelowItem:
            to += 1
        row = self.currentIndex().row()
        event.setDropAction(Qt.DropAction.CopyAction)  # moved already: the view must not take the row away as well
        event.accept()
        self.move_row(row, to - 1 if to > row else to)

    def _keys(self) -> str:
        return self.tr("Alt+Up and Alt+Down move a criterion, Space switches it, Left and Right turn it round.")
