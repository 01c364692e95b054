"""A rectangle drawn with the mouse on any widget that shows a picture: what is in it is looked for.

    selector = RegionSelector(widget, lambda: rectangle_of_the_picture_in_the_widget)
    selector.drawn.connect(...)  # x, y, width, height as fractions of the picture

Where the widget itself uses dragging, give the selector a modifier key of its own.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from twinlens.gui.results.query_picture import frame_part

SMALLEST_PX = 12  # on screen: less is a click that trembled
SMALLEST_SHARE = 0.02
Region = tuple[float, float, float, float]


class RegionSelector(QObject):
    """Watches the mouse on a widget; draws over it while the button is down and until ``clear``."""

    begun = Signal()
    drawn = Signal(object)  # Region

    def __init__(
        self,
        widget: QWidget,
        picture_rect: Callable[[], QRectF],
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        super().__init__(widget)
        self._widget, self._picture_rect, self._modifier = widget, picture_rect, modifier
        self._start: QPointF | None = None
        self._part = QRectF()  # in fractions of the picture
        self._frame = _Frame(widget, self.shown_rect, picture_rect)
        widget.installEventFilter(self)
        if modifier is Qt.KeyboardModifier.NoModifier:
            widget.setCursor(Qt.CursorShape.CrossCursor)

    def region(self) -> Region | None:
        """What is framed now."""
        part = self._part
        return None if part.isEmpty() else (part.x(), part.y(), part.width(), part.height())

    def show_region(self, region: Region | None) -> None:
        """Frame this part."""
        self._part = QRectF() if region is None else QRectF(*region)
        self._refresh()

    def clear(self) -> None:
        """Frame nothing, as when another picture is shown."""
        self._start, self._part = None, QRectF()
        self._refresh()

    def shown_rect(self) -> QRectF:
        """The frame in the widget's coordinates; empty where there is none."""
        whole, part = self._picture_rect(), self._part
        if part.isEmpty() or whole.isEmpty():
            return QRectF()
        return QRectF(
            whole.x() + part.x() * whole.width(),
            whole.y() + part.y() * whole.height(),
            part.width() * whole.width(),
            part.height() * whole.height(),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Press, move, release; Esc while drawing lets go."""
        if event.type() is QEvent.Type.Resize:
            self._refresh()
        elif isinstance(event, QMouseEvent):
            return self._mouse(event)
        elif isinstance(event, QKeyEvent) and self._start is not None and event.key() == Qt.Key.Key_Escape:
            self.clear()
            return True
        return super().eventFilter(watched, event)

    def _mouse(self, event: QMouseEvent) -> bool:
        kind, place = event.type(), event.position()
        if kind is QEvent.Type.MouseButtonPress and self._begins(event):
            self._start = place
            self._part = QRectF()
            self._refresh()
            self.begun.emit()
            return True
        if self._start is None:
            return False
        if kind is QEvent.Type.MouseMove:
            self._stretch(place)
            return True
        if kind is QEvent.Type.MouseButtonRelease:
            self._stretch(place)
            self._finish(place)
            return True
        return False

    def _begins(self, event: QMouseEvent) -> bool:
        held = event.modifiers() & (
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        is_ours = held == self._modifier and event.button() is Qt.MouseButton.LeftButton
        return is_ours and self._picture_rect().contains(event.position())

    def _stretch(self, place: QPointF) -> None:
        whole, start = self._picture_rect(), self._start
        if start is None or whole.isEmpty():
            return
        drawn = QRectF(start, place).normalized().intersected(whole)
        self._part = QRectF(
            (drawn.x() - whole.x()) / whole.width(),
            (drawn.y() - whole.y()) / whole.height(),
            drawn.width() / whole.width(),
            drawn.height() / whole.height(),
        )
        self._refresh()

    def _finish(self, place: QPointF) -> None:
        start, self._start = self._start, None
        trembled = start is None or (place - start).manhattanLength() < max(
            SMALLEST_PX, QApplication.startDragDistance()
        )
        if trembled or min(self._part.width(), self._part.height()) < SMALLEST_SHARE:
            self.clear()
            return
        region = self.region()
        if region is not None:
            self.drawn.emit(region)

    def _refresh(self) -> None:
        self._frame.setGeometry(QRect(0, 0, self._widget.width(), self._widget.height()))
        self._frame.setVisible(not self._part.isEmpty())
        self._frame.raise_()
        self._frame.update()


class _Frame(QWidget):
    """Lies over the picture and takes no mouse."""

    def __init__(self, parent: QWidget, part: Callable[[], QRectF], whole: Callable[[], QRectF]) -> None:
        super().__init__(parent)
        self._part, self._whole = part, whole
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The rest dimmed, the part framed."""
        part = self._part()
        if not part.isEmpty():
            with QPainter(self) as painter:
                frame_part(painter, self._whole(), part, self.palette())
