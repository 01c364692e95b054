"""A list view whose rows all have one size, so that none of them needs a place of its own: any number is laid out at once.

Qt's own icon layout keeps a rectangle for every row and makes all of them anew at every change: 175 ms for 100,000 rows,
while a scan adds some twice a second. Here a place is a multiplication. Selection, keyboard, drag and accessibility are the
stock ``QListView``'s.

Painting that takes long gives way to the event loop and goes on after it.
"""

import math
import time
from collections.abc import Iterable

from msgspec import Struct
from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QMetaMethod,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

Index = QModelIndex | QPersistentModelIndex
Move = QAbstractItemView.CursorAction
Hint = QAbstractItemView.ScrollHint

PAINT_S = 0.015  # of one paint event; a screen of cards that were drawn before takes half of it on an idle machine


class _Cells(Struct, frozen=True):
    """Where every row is in the viewport, as long as nothing is scrolled: Qt is asked once for all of them."""

    width: int
    height: int
    columns: int
    top: int

    def rect(self, row: int) -> QRect:
        line, column = divmod(row, self.columns)
        return QRect(column * self.width, line * self.height - self.top, self.width, self.height)


class LongListView(QListView):
    """Cells of ``gridSize()`` in as many columns as fit, from the top left."""

    zoomed = Signal(int)  # by Ctrl and the wheel, in eighths of a degree

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setAutoFillBackground(False)
        self._late_rows: list[int] = []
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._paint_late_rows)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, zoom where somebody follows that."""
        is_followed = self.isSignalConnected(QMetaMethod.fromSignal(self.zoomed))
        if is_followed and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(event.angleDelta().y())
            event.accept()
        else:
            super().wheelEvent(event)

    def columns(self) -> int:
        """How many cells a line has."""
        return max(1, self.viewport().width() // max(1, self.gridSize().width()))

    def visible_rows(self) -> range:
        """The rows on screen, from the sizes alone."""
        columns, pitch = self.columns(), max(1, self.gridSize().height())
        top = self.verticalScrollBar().value()
        first = top // pitch * columns
        end = -(-(top + self.viewport().height()) // pitch) * columns
        return range(max(0, first), min(end, self._count()))

    def doItemsLayout(self) -> None:
        """Nothing is kept for a row: only the scroll bar has to know how long the list is."""
        self.updateGeometries()
        self.viewport().update()

    def updateGeometries(self) -> None:
        """The range of the scroll bar."""
        pitch, bar = max(1, self.gridSize().height()), self.verticalScrollBar()
        lines = -(-self._count() // self.columns())
        bar.setSingleStep(max(1, pitch // 3))
        bar.setPageStep(self.viewport().height())
        bar.setRange(0, max(0, lines * pitch - self.viewport().height()))

    def verticalOffset(self) -> int:
        """How far the list is scrolled, in pixels."""
        return self.verticalScrollBar().value()

    def visualRect(self, index: Index) -> QRect:
        """Where a row is in the viewport."""
        if not index.isValid():
            return QRect()
        return self._cells().rect(index.row())

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row under a point of the viewport."""
        size, columns = self.gridSize(), self.columns()
        column = point.x() // max(1, size.width())
        line = (point.y() + self.verticalScrollBar().value()) // max(1, size.height())
        row = line * columns + column
        if not (0 <= column < columns and 0 <= row < self._count()):
            return QModelIndex()
        return self.model().index(row, 0)

    def scrollTo(self, index: Index, hint: Hint = Hint.EnsureVisible) -> None:
        """Bring a row into sight."""
        if not index.isValid():
            return
        self.updateGeometries()  # rows may have come since the last layout
        bar, cell, height = self.verticalScrollBar(), self._cells().rect(index.row()), self.viewport().height()
        if hint is Hint.PositionAtTop or (hint is Hint.EnsureVisible and cell.top() < 0):
            bar.setValue(bar.value() + cell.top())
        elif hint is Hint.PositionAtBottom or (hint is Hint.EnsureVisible and cell.bottom() >= height):
            bar.setValue(bar.value() + min(cell.top(), cell.bottom() + 1 - height))
        elif hint is Hint.PositionAtCenter:
            bar.setValue(bar.value() + cell.center().y() - height // 2)

    def moveCursor(self, action: Move, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where a key leads."""
        last = self._count() - 1
        if last < 0:
            return QModelIndex()
        columns, row = self.columns(), self.currentIndex().row()
        page = max(1, self.viewport().height() // max(1, self.gridSize().height())) * columns
        steps = {
            Move.MoveLeft: -1,
            Move.MovePrevious: -1,
            Move.MoveRight: 1,
            Move.MoveNext: 1,
            Move.MoveUp: -columns if row >= columns else 0,
            Move.MoveDown: columns if row // columns < last // columns else 0,
            Move.MovePageUp: -min(page, row // columns * columns),
            Move.MovePageDown: min(page, (last // columns - row // columns) * columns),
            Move.MoveHome: -row,
            Move.MoveEnd: last - row,
        }
        return self.model().index(min(max(row + steps[action], 0), last) if row >= 0 else 0, 0)

    def selectAll(self) -> None:
        """All rows as one range; Qt asks for each whether it is hidden."""
        if last := self._count():
            model, flag = self.model(), QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().select(QItemSelection(model.index(0, 0), model.index(last - 1, 0)), flag)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select from the first corner to the second in reading order; while dragging, what lies in the rectangle."""
        if self.state() is QAbstractItemView.State.DragSelectingState:
            selection = self._within(rect.normalized())
        else:
            selection, ends = QItemSelection(), (self.indexAt(rect.topLeft()), self.indexAt(rect.bottomRight()))
            if all(end.isValid() for end in ends):
                selection.select(*sorted(ends, key=QModelIndex.row))
        self.selectionModel().select(selection, command)

    def _within(self, area: QRect) -> QItemSelection:
        """The rows that a rectangle of the viewport touches: a range for each line."""
        size, columns, top = self.gridSize(), self.columns(), self.verticalScrollBar().value()
        width, height = max(1, size.width()), max(1, size.height())
        left, right = (min(max(x // width, 0), columns - 1) for x in (area.left(), area.right()))
        selection = QItemSelection()
        for line in range(max(0, (area.top() + top) // height), (area.bottom() + top) // height + 1):
            first, end = line * columns + left, min(line * columns + right, self._count() - 1)
            if first > end:
                break
            selection.select(self.model().index(first, 0), self.model().index(end, 0))
        return selection

    def visualRegionForSelection(self, _selection: QItemSelection) -> QRegion:
        """What to repaint when the selection changes: all that is seen, whatever else is selected out of sight."""
        return QRegion(self.viewport().rect())

    def dataChanged(self, _first: Index, _last: Index, _roles: object = ()) -> None:
        """No row has anything that could change its size."""
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows on screen, each by the delegate; after ``PAINT_S`` what is left waits for the next turn of the event loop."""
        option = QStyleOptionViewItem()
        with QPainter(self.viewport()) as painter:
            self.initViewItemOption(option)
            # Qt would fill with the palette of the viewport, which that of a class does not reach.
            painter.fillRect(event.rect(), self.palette().base())
            plain, selection, delegate = option.state, self.selectionModel(), self.itemDelegate()
            current = self.currentIndex().row() if self.hasFocus() else -1
            rows, region, cells = self.visible_rows(), event.region(), self._cells()
            self.about_to_paint(rows)
            until_s = time.perf_counter() + PAINT_S if self._is_on_screen(painter) else math.inf
            for number, row in enumerate(touched := [row for row in rows if region.intersects(cells.rect(row))]):
                if number and time.perf_counter() > until_s:
                    self._paint_later(touched[number:])
                    break
                index = self.model().index(row, 0)
                option.rect, option.state = cells.rect(row), plain
                if selection is not None and selection.isSelected(index):
                    option.state |= QStyle.StateFlag.State_Selected
                if row == current:
                    option.state |= QStyle.StateFlag.State_HasFocus
                delegate.paint(painter, option, index)

    def _is_on_screen(self, painter: QPainter) -> bool:
        """Whether this is painted for the screen; a picture that somebody takes of the view is to be whole."""
        store, engine = self.backingStore(), painter.paintEngine()
        return store is not None and engine is not None and store.paintDevice() is engine.paintDevice()

    def _paint_later(self, rows: Iterable[int]) -> None:
        self._late_rows += rows
        self._later.start()

    @Slot()
    def _paint_late_rows(self) -> None:
        late, self._late_rows = set(self._late_rows).intersection(self.visible_rows()), []
        region, cells = QRegion(), self._cells()
        for row in late:
            region += cells.rect(row)
        self.viewport().update(region)

    def about_to_paint(self, rows: range) -> None:
        """What has to be read for these rows can be read together here, before the first is painted."""

    def _count(self) -> int:
        return self.model().rowCount() if self.model() is not None else 0

    def _cells(self) -> _Cells:
        size = self.gridSize()
        return _Cells(size.width(), size.height(), self.columns(), self.verticalScrollBar().value())
