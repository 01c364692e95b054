"""Paints one card: the whole photo, its badge, its captions, selection and the one focus ring."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QPolygonF

from twinlens.domain.group import Mark
from twinlens.gui.theme.type_scale import caption
from twinlens.gui.thumbnails.badges import BadgePainter
from twinlens.gui.thumbnails.box import Box, fitted
from twinlens.gui.thumbnails.card_content import CardContent, CardState
from twinlens.gui.thumbnails.card_geometry import CardGeometry
from twinlens.gui.thumbnails.colours import Colours
from twinlens.gui.thumbnails.pixmap_cache import PixmapCache
from twinlens.gui.thumbnails.trait_chips import TraitChipPainter

DRAWN_BYTES = 32 * 1024 * 1024  # some 170 cards; one takes some twenty calls and a scaling, its copy one call
CORNER_PX = 6
RING_PX = 2
DIMMED_SUGGESTION, DIMMED_DECISION = 0.55, 0.35
AWAITED = 0.72  # how much of a glimpse is seen: there, and not quite yet
BLANK_SHAPE = (3, 2)  # of a photo that nothing is known of


def caption_height(font: QFont) -> int:
    """The height of one caption line, with a pixel of air above and below."""
    return QFontMetrics(caption(font)).height() + 2


class CardPainter:
    """Holds fonts and colours of one palette; made anew when these change, so that painting allocates little."""

    def __init__(self, geometry: CardGeometry, font: QFont, colours: Colours) -> None:
        self.geometry = geometry
        self.colours = colours
        self._name_font = caption(font)
        self._name_font.setWeight(QFont.Weight.Medium)
        self._font = caption(font)
        self._name_metrics, self._metrics = QFontMetrics(self._name_font), QFontMetrics(self._font)
        self._badges = BadgePainter(caption(font), colours)
        self._chips = TraitChipPainter(caption(font), colours)
        hatch = QColor(colours.reject)
        hatch.setAlphaF(0.55)
        self._hatch = QBrush(hatch, Qt.BrushStyle.BDiagPattern)
        self._drawn: PixmapCache[tuple[CardContent, CardState, int, float]] = PixmapCache(DRAWN_BYTES)

    def paint(
        self, painter: QPainter, x: int, y: int, content: CardContent, state: CardState, pixmap: QPixmap | None
    ) -> None:
        """The card with its upper left corner at ``x``, ``y``. One with its photo is drawn once and then copied."""
        ratio = painter.device().devicePixelRatioF()
        if pixmap is None or not ratio.is_integer():  # between two real pixels a copy would blur
            self._paint_card(painter, x, y, content, state, pixmap)
            return
        key = (content, state, pixmap.cacheKey(), ratio)
        drawn = self._drawn.get(key)
        if drawn is None:
            drawn = QPixmap(QSize(self.geometry.width, self.geometry.height) * ratio)
            drawn.setDevicePixelRatio(ratio)
            drawn.fill(Qt.GlobalColor.transparent)
            with QPainter(drawn) as card:
                self._paint_card(card, 0, 0, content, state, pixmap)
            self._drawn.put(key, drawn)
        painter.drawPixmap(QPoint(x, y), drawn)

    def _paint_card(
        self, painter: QPainter, x: int, y: int, content: CardContent, state: CardState, pixmap: QPixmap | None
    ) -> None:
        self._paint_ground(painter, self.geometry.outline(x, y), state)
        box = self.geometry.image(x, y)
        shown = box
        if pixmap is None and content.awaited:
            self._paint_blank(painter, box)
        elif pixmap is None:
            painter.fillRect(as_rect(box), self.colours.placeholder)
        else:
            ratio = pixmap.devicePixelRatio()
            shown = fitted(round(pixmap.width() / ratio), round(pixmap.height() / ratio), box)
            self._paint_photo(painter, shown, state, pixmap, awaited=content.awaited)
        self._badges.paint(painter, shown if shown.width >= 64 else box, state)
        if content.traits and pixmap is not None:
            self._chips.paint(painter, shown, content.traits)
        if content.protected:
            self._badges.paint_lock(painter, shown if shown.width >= 64 else box)
        self._paint_lines(painter, x, y, content)

    def _paint_ground(self, painter: QPainter, outline: Box, state: CardState) -> None:
        if not (state.selected or state.current):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = RING_PX / 2
        ring = QRectF(as_rect(outline)).adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(self.colours.focus, RING_PX) if state.current else Qt.PenStyle.NoPen)
        painter.setBrush(self.colours.selected if state.selected else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(ring, CORNER_PX, CORNER_PX)

    def _paint_blank(self, painter: QPainter, box: Box) -> None:
        """Where a photo will be: its likely shape, with hills and a sun so faint that a screen full of them is calm."""
        target = as_rect(fitted(box.width * BLANK_SHAPE[0], box.width * BLANK_SHAPE[1], box))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colours.blank)
        painter.drawRoundedRect(target, CORNER_PX / 2, CORNER_PX / 2)
        unit, middle = box.width / 16, QRectF(target).center()
        painter.setBrush(self.colours.placeholder)
        painter.drawEllipse(middle + QPointF(1.4, -1.6) * unit, 0.6 * unit, 0.6 * unit)
        hills = ((-3.2, 1.8), (-1.1, -1.2), (0.4, 0.7), (1.3, -0.3), (3.2, 1.8))
        painter.drawPolygon(QPolygonF([middle + QPointF(x, y) * unit for x, y in hills]))

    def _paint_photo(self, painter: QPainter, shown: Box, state: CardState, pixmap: QPixmap, *, awaited: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        target = as_rect(shown)
        if awaited:
            painter.setOpacity(AWAITED)
            painter.drawPixmap(target, pixmap)
            painter.setOpacity(1.0)
            return
        if not state.rejected:
            painter.drawPixmap(target, pixmap)
            return
        painter.fillRect(target, self.colours.base)
        painter.setOpacity(DIMMED_SUGGESTION if state.mark is None else DIMMED_DECISION)
        painter.drawPixmap(target, pixmap)
        painter.setOpacity(1.0)
        if state.mark is Mark.REJECT:
            painter.fillRect(target, self._hatch)

    def _paint_lines(self, painter: QPainter, x: int, y: int, content: CardContent) -> None:
        painter.setFont(self._name_font)
        painter.setPen(self.colours.quiet_text if content.awaited else self.colours.text)
        centred = int(Qt.AlignmentFlag.AlignCenter)
        for number, text in enumerate(content.lines[: self.geometry.lines]):
            if not text:
                continue
            box = self.geometry.line(x, y, number)
            metrics = self._metrics if number else self._name_metrics
            elide = Qt.TextElideMode.ElideRight if number else Qt.TextElideMode.ElideMiddle
            painter.drawText(as_rect(box), centred, metrics.elidedText(text, elide, box.width))
            if not number:
                painter.setFont(self._font)
                painter.setPen(self.colours.quiet_text)


def as_rect(box: Box) -> QRect:
    """The box as Qt speaks it."""
    return QRect(box.x, box.y, box.width, box.height)
