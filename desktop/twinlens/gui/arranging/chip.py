"""A chip: one filter in words, with an x that takes it away."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from twinlens.gui.theme.spacing import HALF_PX, UNIT_PX

HEIGHT_PX = 24
CROSS_PX = 8
WIDEST_PX = 240


class Chip(QAbstractButton):
    """Pressed anywhere, by mouse or keys, it asks to be taken away."""

    closed = Signal(str)  # the field of the filter

    def __init__(self, field: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._field = field
        self.setObjectName(f"chip.{field}")
        self.setAccessibleName(self.tr("No filter"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._close)

    def say(self, words: str) -> None:
        """Show this filter; nothing is shown where it asks for nothing."""
        self.setVisible(bool(words))
        if words and words != self.text():
            self.setText(words)
            self.setToolTip(self.tr("{}: press to show all again").format(words))
            self.setAccessibleName(self.tr("Filter {}: take away").format(words))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Text and cross on one line."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + 3 * UNIT_PX + CROSS_PX + 2 * HALF_PX
        return QSize(min(width, WIDEST_PX), max(HEIGHT_PX, self.fontMetrics().height() + UNIT_PX))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Delete and Backspace press it, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A rounded field, its words, a cross, and a ring where the keys are."""
        palette, role = self.palette(), QPalette.ColorRole
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            ring = palette.color(role.Link if self.hasFocus() else role.Mid)
            painter.setPen(QPen(ring, 2 if self.hasFocus() else 1))
            painter.setBrush(palette.color(role.Light if self.underMouse() else role.Button))
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
            painter.setPen(palette.color(role.ButtonText))
            words = self.rect().adjusted(UNIT_PX + HALF_PX, 0, -2 * UNIT_PX - CROSS_PX, 0)
            elided = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, words.width())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
            painter.setPen(QPen(palette.color(role.ButtonText), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            middle = QPointF(self.width() - UNIT_PX - HALF_PX - CROSS_PX / 2, self.height() / 2)
            reach = CROSS_PX / 2 - 0.5
            painter.drawLine(middle + QPointF(-reach, -reach), middle + QPointF(reach, reach))
            painter.drawLine(middle + QPointF(-reach, reach), middle + QPointF(reach, -reach))

    @Slot()
    def _close(self) -> None:
        self.closed.emit(self._field)
