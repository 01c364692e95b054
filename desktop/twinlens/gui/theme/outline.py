"""An SVG outline in one colour, drawn when a size is asked for and kept: most icons are shown at one size, many at none."""

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer


class OutlineEngine(QIconEngine):
    """Draws ``source``, an SVG, with its ``currentColor`` in the colour of each mode: normal, disabled, selected."""

    def __init__(self, source: bytes, normal: str, disabled: str, selected: str) -> None:
        super().__init__()
        self._source = source
        self._colours = (normal, disabled, selected)
        self._renderers: dict[str, QSvgRenderer] = {}
        self._drawn: dict[tuple[str, int, int], QPixmap] = {}

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw it in the middle of ``rect``, as large as fits."""
        size = self.actualSize(rect.size(), mode, state)
        place = QRect(QPoint(), size)
        place.moveCenter(rect.center())
        painter.drawPixmap(place, self.scaledPixmap(size, mode, state, painter.device().devicePixelRatio()))

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        """The picture in so many pixels of the screen."""
        colour = self._colours[_PLACES.get(mode, 0)]
        key = (colour, size.width(), size.height())
        if key not in self._drawn:
            self._drawn[key] = _drawn(self._renderer(colour), size)
        return self._drawn[key]

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """The picture in so many logical pixels on a screen with ``scale`` of its own in each."""
        return self.pixmap(size * scale, mode, state)

    def actualSize(self, size: QSize, _mode: QIcon.Mode, _state: QIcon.State) -> QSize:
        """The largest square within."""
        side = min(size.width(), size.height())
        return QSize(side, side)

    def clone(self) -> QIconEngine:
        """One that knows as much and draws for itself: for an icon that is changed, which ours never are."""
        made = OutlineEngine(self._source, *self._colours)
        _CLONES.append(made)  # Qt owns it and does not tell Python so, which would end it here
        return made

    def _renderer(self, colour: str) -> QSvgRenderer:
        if colour not in self._renderers:
            tinted = self._source.replace(b"currentColor", colour.encode("ascii"))
            self._renderers[colour] = QSvgRenderer(QByteArray(tinted))
        return self._renderers[colour]


_CLONES: list[OutlineEngine] = []
_PLACES = {QIcon.Mode.Normal: 0, QIcon.Mode.Active: 0, QIcon.Mode.Disabled: 1, QIcon.Mode.Selected: 2}


def _drawn(renderer: QSvgRenderer, size: QSize) -> QPixmap:
    """A square picture in the middle of ``size`` in pixels of the screen, the rest transparent."""
    side = min(size.width(), size.height())
    pixmap = QPixmap(size)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        renderer.render(painter, QRectF((size.width() - side) / 2, (size.height() - side) / 2, side, side))
    return pixmap
