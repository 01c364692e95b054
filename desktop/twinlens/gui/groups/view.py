"""Keyboard and mouse over the strips."""

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip

from twinlens.gui.groups.choosing_view import ChoosingView
from twinlens.gui.thumbnails.card_content import as_tip
from twinlens.gui.thumbnails.drag_out import drag_files, is_far_enough
from twinlens.gui.thumbnails.words import sentence_words

WHEEL_NOTCH = 120  # eighths of a degree, as Qt counts


class GroupsView(ChoosingView):
    """Arrows walk photos and groups, Shift and Ctrl select inside a group or groups, Space and double click look closer."""

    _wheel_rest = 0
    _pressed_at: QPoint | None = None  # on a photo, by the left button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plain navigation; decisions are actions of the window."""
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        whole_list = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        cursor, number, key = self.strip, self.current_number(), event.key()
        last_group = self.model().rowCount() - 1
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._go(cursor.current + (1 if key == Qt.Key.Key_Right else -1), extend=extend)
        elif key == Qt.Key.Key_Home:
            self.place(0, 0) if whole_list else self._go(0, extend=extend)
        elif key == Qt.Key.Key_End:
            self.place(last_group, 0) if whole_list else self._go(cursor.count - 1, extend=extend)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and extend:
            self.extend_groups(number + (1 if key == Qt.Key.Key_Down else -1))
        elif key == Qt.Key.Key_Up:
            self.place(number - 1, 0 if number > 0 else cursor.current)
        elif key == Qt.Key.Key_Down:
            self.place(number + 1, 0 if number < last_group else cursor.current)
        elif key == Qt.Key.Key_A and whole_list:
            self.move_cursor(cursor.everything())
        elif key == Qt.Key.Key_Space:
            self._activate()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Click, Ctrl-click and Shift-click a photo; a click on the header takes the group, on a hint scrolls the strip."""
        number, position = self._under(event.position().toPoint())
        self._pressed_at = None
        if number < 0 or self._chose_groups(number, position or 0, event):
            return
        if position is None:
            if not self._scrolled_by_hint(number, event.position().toPoint()) and number != self.current_number():
                self.place(number, 0)
            return
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
            self._drop_choice()
        same_group = number == self.current_number()
        if event.button() == Qt.MouseButton.RightButton:
            if not (same_group and position in self.strip.selected):
                self.place(number, position)
        elif same_group and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.move_cursor(self.strip.extended_to(position))
        elif same_group and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.move_cursor(self.strip.toggled(position))
        elif not (same_group and position in self.strip.selected):  # several can be dragged by one of them
            self.place(number, position)

    def _chose_groups(self, number: int, position: int, event: QMouseEvent) -> bool:
        """Shift or Ctrl and a click in another group choose groups."""
        if event.button() != Qt.MouseButton.LeftButton or number == self.current_number():
            return False
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.extend_groups(number, position)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.toggle_group(number, position)
        else:
            return False
        return True

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag photos to another program. No rubber band: a strip is selected by Shift and Ctrl."""
        event.accept()
        if is_far_enough(self._pressed_at, event.position().toPoint()):
            self._pressed_at = None
            self.drag_out()

    def drag_out(self) -> None:
        """Drag the photos selected in the current group."""
        row = self._groups.row(self.current_number())
        picture = self._loader.pixmap(row.group.members[self.strip.current].photo_id)
        drag_files(self, row.paths(self.strip.chosen()), picture)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click, no drag: only the photo clicked stays selected."""
        event.accept()
        pressed, self._pressed_at = self._pressed_at, None
        if pressed is not None and not event.modifiers():
            number, position = self._under(pressed)
            if position is not None and number == self.current_number():
                self.move_cursor(self.strip.to(position))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the large view of a photo."""
        number, position = self._under(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and position is not None:
            self.place(number, position)
            self._activate()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Sideways, or with Shift, scroll the strip under the pointer; else the list."""
        sideways = event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            sideways = sideways or event.angleDelta().y()
        number, _ = self._under(event.position().toPoint())
        if not sideways or number < 0 or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._wheel_rest += sideways
        notches = int(self._wheel_rest / WHEEL_NOTCH)
        self._wheel_rest -= notches * WHEEL_NOTCH
        self.scroll_strip(number, -notches)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the current photo."""
        if self.current_number() >= 0:
            self.menu_requested.emit(event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        """The tooltip is that of the photo under the pointer, not of the row."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number, position = self._under(event.pos())
            text = "" if position is None else self._tooltip(number, position)
            QToolTip.showText(event.globalPos(), as_tip(text), self.viewport())
            return True
        return super().viewportEvent(event)

    def _go(self, position: int, *, extend: bool) -> None:
        if not extend:
            self._drop_choice()
        self.move_cursor(self.strip.extended_to(position) if extend else self.strip.to(position))

    def _activate(self) -> None:
        if self.current_number() >= 0:
            member = self._groups.row(self.current_number()).group.members[self.strip.current]
            self.photo_activated.emit(member.photo_id)

    def _under(self, point: QPoint) -> tuple[int, int | None]:
        """Row and photo under a point of the viewport; -1 below the last row."""
        index = self.indexAt(point)
        if not index.isValid():
            return -1, None
        return index.row(), self.position_at(index.row(), point.x(), point.y())

    def _scrolled_by_hint(self, number: int, point: QPoint) -> bool:
        """Scroll by a page when the point is on one of the hints of hidden photos."""
        rect, geometry = self.visualRect(self.model().index(number, 0)), self.geometry_of_rows()
        count, first = len(self._groups.row(number).group.members), self.first_of(number)
        x, y, capacity = point.x() - rect.x(), point.y() - rect.y(), geometry.capacity(count)
        shown = geometry.shown(count, first)
        if shown.start > 0 and geometry.left_hint().contains(x, y):
            self.scroll_strip(number, -capacity)
        elif shown.stop < count and geometry.right_hint(count, first).contains(x, y):
            self.scroll_strip(number, capacity)
        else:
            return False
        return True

    def _tooltip(self, number: int, position: int) -> str:
        row = self._groups.row(number)
        return "\n".join(
            text for text in (row.card(position).tip, sentence_words(row.group.members[position].reason)) if text
        )
