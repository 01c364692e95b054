"""The chips on a card that say how a frame came out: words on a quiet ground, in the lower corner of the photo."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen

from twinlens.gui.thumbnails.box import Box
from twinlens.gui.thumbnails.colours import Colours

EDGE_PX, GAP_PX, PADDING_PX = 4.75, 4, 7
MOST_SHOWN = 2


class TraitChipPainter:
    """Made anew when font or palette change, so that painting allocates little."""

    def __init__(self, font: QFont, colours: Colours) -> None:
        self._font = font
        self._metrics = QFontMetrics(font)
        self._colours = colours
        self._height_px = self._metrics.height() + 2

    def paint(self, painter: QPainter, image: Box, words: tuple[str, ...]) -> None:
        """As many of the words as there is room for, from the left."""
        left, right = image.x + EDGE_PX, image.x + image.width - EDGE_PX
        top = image.y + image.height - EDGE_PX - self._height_px
        painter.setFont(self._font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for word in words[:MOST_SHOWN]:
            width = self._metrics.horizontalAdvance(word) + 2 * PADDING_PX
            if left + width > right or image.height < 3 * self._height_px:
                return
            chip = QRectF(left, top, width, self._height_px)
            painter.setPen(QPen(self._colours.line, 1))
            painter.setBrush(self._colours.base)
            painter.drawRoundedRect(chip, 4, 4)
            painter.setPen(self._colours.text)
            painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), word)
            left += width + GAP_PX
