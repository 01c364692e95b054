"""Paints a group's row: what it is, what it frees, why the keeper is kept, and the strip of photos."""

from typing import Protocol

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from twinlens.gui.groups.geometry import RowGeometry
from twinlens.gui.groups.model import GroupListModel
from twinlens.gui.groups.row import GroupRow
from twinlens.gui.groups.strip import StripCursor
from twinlens.gui.thumbnails.box import Box
from twinlens.gui.thumbnails.card_painter import CardPainter, as_rect
from twinlens.gui.thumbnails.loader import ThumbnailLoader
from twinlens.gui.thumbnails.words import count_words

ACCENT_PX = 3
SPACE_PX = 16


class StripPlaces(Protocol):
    """What the delegate asks the view."""

    def geometry_of_rows(self) -> RowGeometry:
        """The geometry of every row."""
        ...

    def first_of(self, number: int) -> int:
        """The first photo shown of this row."""
        ...

    def cursor_of(self, number: int) -> StripCursor | None:
        """The cursor, if it is in this row."""
        ...

    def is_chosen(self, number: int) -> bool:
        """Whether this row is one of several that are chosen."""
        ...


class GroupDelegate(QStyledItemDelegate):
    """Keeps fonts and colours of one palette, nothing of a row."""

    def __init__(self, loader: ThumbnailLoader, cards: CardPainter, places: StripPlaces, parent: QObject) -> None:
        super().__init__(parent)
        self._loader = loader
        self._places = places
        self.restyle(cards, QFont())

    def restyle(self, cards: CardPainter, font: QFont) -> None:
        """Paint with these fonts and colours from now on."""
        self.cards, self._font, self._bold = cards, QFont(font), QFont(font)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._metrics, self._bold_metrics = QFontMetrics(self._font), QFontMetrics(self._bold)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Every row has the same height and takes the width there is."""
        return QSize(0, self._places.geometry_of_rows().height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The row."""
        model = index.model()
        if not isinstance(model, GroupListModel):
            return
        row = model.row(index.row())
        cursor = self._places.cursor_of(index.row())
        painter.save()
        chosen = self._places.is_chosen(index.row())
        self._paint_ground(painter, option.rect, current=cursor is not None, chosen=chosen)
        painter.translate(option.rect.topLeft())
        self._paint_header(painter, row, model.rowCount(), chosen=chosen)
        self._paint_strip(painter, row, model, cursor, self._places.first_of(index.row()))
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, *, current: bool, chosen: bool) -> None:
        colours = self.cards.colours
        if current or chosen:
            painter.fillRect(rect, colours.selected if chosen else colours.raised)
        if current:
            painter.fillRect(rect.x(), rect.y(), ACCENT_PX, rect.height() - 1, colours.focus)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colours.line)

    def _paint_header(self, painter: QPainter, row: GroupRow, total: int, *, chosen: bool) -> None:
        box = self._places.geometry_of_rows().header
        left, title = box.x, f"✓ {row.title}" if chosen else row.title
        left += self._paint_text(painter, left, box, title, bold=True) + SPACE_PX
        left += self._paint_text(painter, left, box, row.summary, bold=False) + SPACE_PX
        place = f"{count_words(row.number)} / {count_words(total)}"
        place_width = self._metrics.horizontalAdvance(place)
        painter.setPen(self.cards.colours.quiet_text)
        painter.drawText(QRect(box.right - place_width, box.y, place_width, box.height), _CENTRED, place)
        room = box.right - place_width - SPACE_PX - left
        if room > 0:
            sentence = self._metrics.elidedText(row.sentence, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left, box.y, room, box.height), _CENTRED, sentence)

    def _paint_text(self, painter: QPainter, left: int, box: Box, text: str, *, bold: bool) -> int:
        """Paint a part of the header; returns its width."""
        width = (self._bold_metrics if bold else self._metrics).horizontalAdvance(text)
        painter.setFont(self._bold if bold else self._font)
        painter.setPen(self.cards.colours.text)
        painter.drawText(QRect(left, box.y, min(width + 2, max(0, box.right - left)), box.height), _CENTRED, text)
        return width

    def _paint_strip(
        self, painter: QPainter, row: GroupRow, model: GroupListModel, cursor: StripCursor | None, first: int
    ) -> None:
        geometry = self._places.geometry_of_rows()
        count = len(row.group.members)
        shown = geometry.shown(count, first)
        for position in shown:
            x, y = geometry.card_corner(count, first, position)
            card = row.card(position)
            state = model.state(row, position, cursor)
            self.cards.paint(painter, x, y, card, state, self._loader.pixmap(card.photo_id))
        if shown.start:
            self._paint_hint(painter, geometry.left_hint(), f"+{shown.start}")
        if shown.stop < count:
            self._paint_hint(painter, geometry.right_hint(count, first), f"+{count - shown.stop}")

    def _paint_hint(self, painter: QPainter, box: Box, text: str) -> None:
        """How many photos are hidden at this end of the strip."""
        pill = box.moved(0, self.cards.geometry.image_height // 2 - 6).shrunk(4)
        rect = as_rect(Box(pill.x, pill.y, pill.width, 24))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.cards.colours.line)
        painter.drawRoundedRect(rect, 12, 12)
        painter.setFont(self._bold)
        painter.setPen(self.cards.colours.text)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), text)


_CENTRED = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
