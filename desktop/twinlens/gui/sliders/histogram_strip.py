"""A histogram under a slider: how many pairs each position holds, and what the user said of pairs like these."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QSlider, QStyle, QToolTip, QWidget

from twinlens.gui.sliders.histogram_words import all_words, position_words
from twinlens.gui.theme.contrast import mixed
from twinlens.gui.thumbnails.colours import Colours

if TYPE_CHECKING:
    from twinlens.review.slider_histogram import SliderHistogram

BARS_PX = 16
SIGN_PX = 5  # the ticks of yes, above, and of no, below
GAP_PX = 2
OUTSIDE_SHADE = 0.4  # of what the slider leaves out, between ground and text
HEIGHT_PX = BARS_PX + 2 * (SIGN_PX + GAP_PX)


class HistogramStrip(QWidget):
    """Lies under its slider, position under position. The keys are the slider's; a press moves it.

    ``words``: a position's value in words. ``counts_above``: whether the slider lets pairs in at its position and above it, or
    at its position and below.
    """

    pressed = Signal(int)  # a position of the slider

    def __init__(self, slider: QSlider, words: Callable[[int], str], *, counts_above: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._slider, self._words, self._counts_above = slider, words, counts_above
        self._shown: SliderHistogram | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Pairs under {}").format(slider.accessibleName()))
        slider.valueChanged.connect(self._slid)

    def show_histogram(self, histogram: "SliderHistogram | None") -> None:
        """Show these counts; None while they are not known."""
        self._shown = histogram
        self._slid()

    def histogram(self) -> "SliderHistogram | None":
        """What is shown."""
        return self._shown

    def sizeHint(self) -> QSize:
        """As wide as the slider."""
        return QSize(self._slider.width(), HEIGHT_PX)

    def included(self, position: int) -> bool:
        """Whether the slider lets the pairs of this position in."""
        value = self._slider.value()
        return position >= value if self._counts_above else position <= value

    def centre_of(self, position: int) -> float:
        """Where a position is, in pixels from the left: under the slider's handle when it is there."""
        return self._centres([position])[0]

    def _centres(self, positions: Iterable[int]) -> list[float]:
        handle, span = self._handle_px(), max(1, self._slider.maximum())
        left, width = self._slider.x() - self.x() + handle / 2, max(1, self._slider.width() - handle)
        return [left + QStyle.sliderPositionFromValue(0, span, position, width) for position in positions]

    def position_at(self, x: float) -> int:
        """The position that is nearest."""
        handle = self._handle_px()
        inside = round(x - handle / 2 - (self._slider.x() - self.x()))
        return QStyle.sliderValueFromPosition(0, self._slider.maximum(), inside, max(1, self._slider.width() - handle))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bars by the root of their count, so that few are seen beside many; a tick of each shape where the user decided."""
        if self._shown is None:
            return
        with QPainter(self) as painter:
            palette, colours = self.palette(), Colours.of(self.palette())
            inside, outside = palette.color(QPalette.ColorRole.Link), mixed(colours.base, colours.text, OUTSIDE_SHADE)
            counts, bottom = self._shown.counts, SIGN_PX + GAP_PX + BARS_PX
            centres = self._centres(range(len(counts)))
            width = max(1.0, (centres[-1] - centres[0]) / max(1, len(counts) - 1) - 0.5)
            most = float(max(1, counts.max(initial=0))) ** 0.5
            for position in counts.nonzero()[0].tolist():
                height = max(1.0, BARS_PX * float(counts[position]) ** 0.5 / most)
                bar = QRectF(centres[position] - width / 2, bottom - height, width, height)
                painter.fillRect(bar, inside if self.included(position) else outside)
            line = QRectF(centres[0] - width / 2, bottom, centres[-1] - centres[0] + width, 1)
            painter.fillRect(line, outside)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for position in self._shown.yes.nonzero()[0].tolist():
                _draw_yes(painter, centres[position], colours.keep)
            for position in self._shown.no.nonzero()[0].tolist():
                _draw_no(painter, centres[position], bottom + GAP_PX + SIGN_PX / 2, colours.reject)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the slider there."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(self.position_at(event.position().x()))

    def event(self, event: QEvent) -> bool:
        """The tooltip is that of the position under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._shown is not None:
            position = self.position_at(event.pos().x())
            QToolTip.showText(event.globalPos(), position_words(self._words(position), self._shown, position), self)
            return True
        return super().event(event)

    def _handle_px(self) -> int:
        return self._slider.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength, None, self._slider)

    def _slid(self) -> None:
        if self._shown is not None:
            included = [self.included(position) for position in range(len(self._shown.counts))]
            self.setAccessibleDescription(all_words(self._shown, included))
        self.update()


def _draw_yes(painter: QPainter, x: float, colour: QColor) -> None:
    """A triangle that points down at its bar."""
    half = SIGN_PX / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(x - half, 0), QPointF(x + half, 0), QPointF(x, SIGN_PX)]))


def _draw_no(painter: QPainter, x: float, y: float, colour: QColor) -> None:
    """A cross."""
    reach = SIGN_PX / 2 - 0.5
    painter.setPen(QPen(colour, 1.2))
    painter.drawLine(QPointF(x - reach, y - reach), QPointF(x + reach, y + reach))
    painter.drawLine(QPointF(x - reach, y + reach), QPointF(x + reach, y - reach))
