"""Badges: shape, word and colour for keep and reject. A decision is filled, a suggestion only outlined."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from twinlens.domain.group import Mark, Suggestion
from twinlens.gui.thumbnails.box import Box
from twinlens.gui.thumbnails.card_content import CardState
from twinlens.gui.thumbnails.colours import Colours
from twinlens.gui.thumbnails.words import tr

HEIGHT_PX = 20
GLYPH_PX = 8


class BadgePainter:
    """Paints the badge of a card. Made anew when font or palette change, so that painting allocates nothing."""

    def __init__(self, font: QFont, colours: Colours) -> None:
        self._font = QFont(font)
        self._font.setWeight(QFont.Weight.DemiBold)
        self._colours = colours
        self._words = {True: tr("Keep"), False: tr("Reject")}
        metrics = QFontMetrics(self._font)
        self._height_px = max(HEIGHT_PX, metrics.height() + 2)
        self._widths = {keep: metrics.horizontalAdvance(word) + GLYPH_PX + 22 for keep, word in self._words.items()}

    def paint(self, painter: QPainter, image: Box, state: CardState) -> None:
        """The badge in the upper left corner of the photo; nothing where nothing is decided or suggested."""
        if state.mark is None and state.suggestion is Suggestion.NONE:
            return
        decided = state.mark is not None
        keep = state.mark is Mark.KEEP if decided else state.suggestion is Suggestion.KEEP
        colour = self._colours.keep if keep else self._colours.reject
        width = self._widths[keep]
        pill = QRectF(image.x + 4.75, image.y + 4.75, width, self._height_px)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(colour if decided else self._colours.base)
        painter.drawRoundedRect(pill, self._height_px / 2, self._height_px / 2)
        ink = self._colours.on_mark if decided else colour
        glyph = QRectF(pill.x() + 8, pill.y() + (self._height_px - GLYPH_PX) / 2, GLYPH_PX, GLYPH_PX)
        _paint_glyph(painter, glyph, ink, keep=keep)
        painter.setFont(self._font)
        painter.drawText(pill.adjusted(GLYPH_PX + 13, 0, 0, -0.5), Qt.AlignmentFlag.AlignVCenter, self._words[keep])

    def paint_lock(self, painter: QPainter, image: Box) -> None:
        """The padlock in the upper right corner of a photo that is never removed."""
        side = HEIGHT_PX
        ground = QRectF(image.x + image.width - side - 4.75, image.y + 4.75, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colours.text, 1.5))
        painter.setBrush(self._colours.base)
        painter.drawEllipse(ground)
        middle = ground.center()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawArc(QRectF(middle.x() - 2.5, middle.y() - 5.5, 5, 6), 0, 180 * 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colours.text)
        painter.drawRoundedRect(QRectF(middle.x() - 4.5, middle.y() - 1.5, 9, 6.5), 1, 1)


def _paint_glyph(painter: QPainter, box: QRectF, ink: QColor, *, keep: bool) -> None:
    """A check or a cross in ``box``; leaves the pen for the word beside it."""
    painter.setPen(QPen(ink, 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    left, top, right, bottom = box.left(), box.top(), box.right(), box.bottom()
    if keep:
        foot = QPointF(left + box.width() * 0.36, bottom - 0.5)
        painter.drawLine(QPointF(left, top + box.height() * 0.55), foot)
        painter.drawLine(foot, QPointF(right, top + 0.5))
    else:
        painter.drawLine(QPointF(left + 0.5, top + 0.5), QPointF(right - 0.5, bottom - 0.5))
        painter.drawLine(QPointF(left + 0.5, bottom - 0.5), QPointF(right - 0.5, top + 0.5))
