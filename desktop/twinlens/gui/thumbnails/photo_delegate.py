"""Paints the rows of a PhotoListModel as cards."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from twinlens.gui.thumbnails.card_painter import CardPainter
from twinlens.gui.thumbnails.loader import ThumbnailLoader
from twinlens.gui.thumbnails.photo_model import PhotoListModel


class PhotoDelegate(QStyledItemDelegate):
    """One card an item. Keeps nothing, loads nothing itself: an absent pixmap is asked of the loader and comes later."""

    def __init__(self, loader: ThumbnailLoader, painter: CardPainter, parent: QObject) -> None:
        super().__init__(parent)
        self._loader = loader
        self.cards = painter

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Every card has the same size."""
        return QSize(self.cards.geometry.width, self.cards.geometry.height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The card, in the middle of its cell."""
        model = index.model()
        if not isinstance(model, PhotoListModel):
            return
        card = model.card(index.row())
        flags = option.state
        state = model.state(
            index.row(),
            current=bool(flags & QStyle.StateFlag.State_HasFocus),
            selected=bool(flags & QStyle.StateFlag.State_Selected),
        )
        x = option.rect.x() + (option.rect.width() - self.cards.geometry.width) // 2
        painter.save()
        self.cards.paint(painter, x, option.rect.y(), card, state, self._loader.pixmap(card.photo_id))
        painter.restore()
