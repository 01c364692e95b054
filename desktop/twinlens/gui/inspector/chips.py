"""A row of chips: short facts in rounded frames."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from twinlens.gui.theme.type_scale import caption, set_in
from twinlens.gui.thumbnails.colours import Colours

PADDING_PX, GAP_PX = 8, 8


class Chips(QWidget):
    """Paints its words side by side, wrapping into as many rows as the width asks for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        set_in(caption, self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_words(self, words: Sequence[str]) -> None:
        """Show these chips instead."""
        self._words = tuple(words)
        self.setAccessibleName(", ".join(words))
        self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def words(self) -> tuple[str, ...]:
        """What is shown."""
        return self._words

    def heightForWidth(self, width: int) -> int:
        """As many rows as are needed."""
        places = self._places(width)
        return int(places[-1].bottom()) + 1 if places else 0

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(160, self.heightForWidth(max(160, self.width())))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The chips."""
        colours = Colours.of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for word, place in zip(self._words, self._places(self.width()), strict=True):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colours.line)
                painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
                painter.setPen(colours.text)
                painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), word)

    def _places(self, width: int) -> list[QRectF]:
        metrics = self.fontMetrics()
        height = metrics.height() + 6
        places, x, y = [], 0, 0
        for word in self._words:
            wide = metrics.horizontalAdvance(word) + 2 * PADDING_PX
            if x and x + wide > width:
                x, y = 0, y + height + GAP_PX // 2
            places.append(QRectF(x, y, wide, height))
            x += wide + GAP_PX
        return places
