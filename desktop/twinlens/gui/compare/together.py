"""Two photos in one place: a curtain between them, one through the other, or what differs."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from twinlens.gui.canvas.canvas import PhotoCanvas

GRIP_PX = 12
HANDLE_PX = 16


class Mode(StrEnum):
    """How photos are compared. In all of them a held key blinks."""

    SIDE = "side"
    CURTAIN = "curtain"
    OVERLAY = "overlay"
    DIFFERENCE = "difference"


class TogetherCanvas(PhotoCanvas):
    """``divider``: where the curtain hangs, 0 to 1 from the left; None where there is none."""

    dividerMoved = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._divider: float | None = None
        self._dragging = False

    def set_divider(self, divider: float | None) -> None:
        """Hang the curtain there."""
        self._divider = divider
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The curtain is taken hold of where it hangs; elsewhere the picture."""
        if event.button() is Qt.MouseButton.LeftButton and self._is_at_divider(event.position()):
            self._dragging = True
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the curtain."""
        if self._dragging:
            self.dividerMoved.emit(min(max(event.position().x() / max(1, self.width()), 0.0), 1.0))
            return
        super().mouseMoveEvent(event)
        if not event.buttons() and self._is_at_divider(event.position()):
            self.setCursor(Qt.CursorShape.SplitHCursor)
        elif not event.buttons():
            self._show_hand()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._dragging:
            self._dragging = False
            event.accept()
        else:
            super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pictures, and the curtain's edge with a handle."""
        super().paintEvent(event)
        if self._divider is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            at, middle = round(self._divider * self.width()), self.height() / 2
            for colour, width in ((QColor(0, 0, 0, 150), 3.0), (QColor(255, 255, 255, 230), 1.0)):
                painter.setPen(QPen(colour, width))
                painter.drawLine(QPointF(at, 0), QPointF(at, self.height()))
            painter.setBrush(QColor(0, 0, 0, 170))
            painter.setPen(QPen(QColor(255, 255, 255, 230), 1.5))
            painter.drawEllipse(QRectF(at - HANDLE_PX, middle - HANDLE_PX, 2 * HANDLE_PX, 2 * HANDLE_PX))
            for side in (-1, 1):
                tip, back = at + side * 9, at + side * 4
                painter.drawLine(QPointF(tip, middle), QPointF(back, middle - 5))
                painter.drawLine(QPointF(tip, middle), QPointF(back, middle + 5))

    def _is_at_divider(self, place: QPointF) -> bool:
        return self._divider is not None and abs(place.x() - self._divider * self.width()) <= GRIP_PX
