"""A widget that shows layers at a look: wheel and pinch zoom at the pointer, a click goes to 1:1 and back; a drag pans, or
takes hold of the picture where all of it is seen.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from twinlens.gui.canvas.geometry import (
    STEP,
    Extent,
    Look,
    Lying,
    Room,
    fitted,
    held,
    is_actual,
    lying,
    panned,
    scaled,
    zoomed,
)
from twinlens.gui.canvas.layers import Layer

WHEEL_NOTCH = 120  # eighths of a degree, as Qt counts
PIXELS_SHOW_AT = 3.0  # device pixels for one of the picture: from here on one wants to see the pixels
PAN_STEP = 0.2  # of the room, for each press of a key


class PhotoCanvas(QWidget):
    """Knows looks and layers, but no photos. ``lookChanged`` tells what the user did, not what was set."""

    lookChanged = Signal(object)  # Look
    pressed = Signal()
    taken = Signal()  # the whole picture is dragged, to somewhere else

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._extent = Extent(1, 1)
        self._look = Look()
        self._layers: Sequence[Layer] = ()
        self.click_zooms = True
        self._may_click = True
        self._pressed_at: QPointF | None = None
        self._dragged_from: QPointF | None = None
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def look(self) -> Look:
        """How one looks at the picture."""
        return self._look

    @property
    def extent(self) -> Extent:
        """The size of the picture."""
        return self._extent

    def room(self) -> Room:
        """What there is to show it in."""
        return Room(max(1, self.width()), max(1, self.height()), self.devicePixelRatioF())

    def lying(self) -> Lying:
        """Where the picture lies at the moment."""
        return lying(self._look, self._extent, self.room())

    def picture_rect(self) -> QRect:
        """The part of the widget that the picture covers."""
        lies = self.lying()
        size = QSizeF(self._extent.width, self._extent.height) * lies.scale
        return QRectF(QPointF(lies.left, lies.top), size).toAlignedRect() & self.rect()

    def wanted_px(self) -> float:
        """Device pixels that the longer side of the whole picture takes at this look."""
        return self._look.scale * self._extent.longest

    def show_picture(self, extent: Extent, look: Look | None = None) -> None:
        """Show a picture of this size, whole or as ``look`` says; its layers follow."""
        self._extent = extent
        self._look = held(look if look is not None else Look(), extent, self.room())
        self.update()

    def set_layers(self, layers: Sequence[Layer]) -> None:
        """Paint these, the last on top."""
        self._layers = tuple(layers)
        self.update()

    def set_look(self, look: Look) -> None:
        """Look like this, kept in bounds."""
        self._look = held(look, self._extent, self.room())
        self._show_hand()
        self.update()

    def fit(self) -> None:
        """The whole picture."""
        self._change(fitted(self._extent, self.room()))

    def toggle_actual(self, at: QPointF | None = None) -> None:
        """1:1 at a point, or back to the whole picture."""
        if is_actual(self._look) and not (self._look.fits and self._may_zoom()):
            self.fit()
        else:
            self._change(scaled(self._look, self._extent, self.room(), 1.0, _pair(at)))

    def zoom(self, steps: float, at: QPointF | None = None) -> None:
        """So many steps nearer, or further."""
        self._change(zoomed(self._look, self._extent, self.room(), STEP**steps, _pair(at)))

    def pan(self, across: float, down: float) -> None:
        """Look further to one side, in steps of a fifth of the room."""
        room = self.room()
        moved = panned(self._look, self._extent, room, -across * PAN_STEP * room.width, -down * PAN_STEP * room.height)
        self._change(moved)

    def _may_zoom(self) -> bool:
        return fitted(self._extent, self.room()).scale < 1.0

    def _change(self, look: Look) -> None:
        if look != self._look:
            self.set_look(look)
            self.lookChanged.emit(self._look)

    def _show_hand(self) -> None:
        shape = Qt.CursorShape.ArrowCursor if self._look.fits else Qt.CursorShape.OpenHandCursor
        self.setCursor(Qt.CursorShape.ClosedHandCursor if self._dragged_from is not None else shape)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        self.zoom(event.angleDelta().y() / WHEEL_NOTCH, event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Two fingers on a touchpad zoom too."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self._change(zoomed(self._look, self._extent, self.room(), 1 + event.value(), _pair(event.position())))
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where: a drag or a click begins. What lies below is not clicked through."""
        self._may_click = self.click_zooms  # as it was before anybody heard of the press
        self.pressed.emit()
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed_at = event.position()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan; where there is nothing to pan, the picture itself is dragged."""
        if self._pressed_at is None:
            return
        if self._dragged_from is None:
            if (event.position() - self._pressed_at).manhattanLength() < QApplication.startDragDistance():
                return
            if self._look.fits and event.buttons() & Qt.MouseButton.LeftButton:
                self._pressed_at = None  # whoever drags gets the release
                self.taken.emit()
                return
            self._dragged_from = self._pressed_at
        way = event.position() - self._dragged_from
        self._dragged_from = event.position()
        self._change(panned(self._look, self._extent, self.room(), way.x(), way.y()))
        self._show_hand()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click, where nothing was dragged."""
        clicked = self._pressed_at is not None and self._dragged_from is None
        self._pressed_at = self._dragged_from = None
        self._show_hand()
        if clicked and self._may_click and event.button() is Qt.MouseButton.LeftButton:
            self.toggle_actual(event.position())
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What fits goes on to fit."""
        super().resizeEvent(event)
        self._look = held(self._look, self._extent, self.room())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The layers on the grey that was chosen to lie around photos."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
            self.paint_layers(painter)

    def paint_layers(self, painter: QPainter) -> None:
        """All layers as they lie."""
        lies = self.lying()
        view = QTransform(lies.scale, 0, 0, lies.scale, lies.left, lies.top)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._look.scale < PIXELS_SHOW_AT)
        for layer in self._layers:
            painter.save()
            if layer.from_x > 0.0 or layer.to_x < 1.0:
                left, right = round(layer.from_x * self.width()), round(layer.to_x * self.width())
                painter.setClipRect(QRectF(left, 0, right - left, self.height()))
            painter.setOpacity(layer.opacity)
            is_turned = layer.lies.isRotating() or not layer.lies.isAffine()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, is_turned)  # else its edges are stairs
            painter.setTransform(layer.lies * view, combine=True)
            if isinstance(layer.image, QPixmap):
                painter.drawPixmap(0, 0, layer.image)
            else:
                painter.drawImage(0, 0, layer.image)
            painter.restore()


def _pair(at: QPointF | None) -> tuple[float, float] | None:
    return None if at is None else (at.x(), at.y())
