"""Cells with air around their text."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from twinlens.gui.theme.spacing import UNIT_PX

ROW_PX = 30


class CellDelegate(QStyledItemDelegate):
    """The style's own painting, in a comfortable row and clear of the neighbouring column."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As wide as the text, at least ``ROW_PX`` high."""
        size = super().sizeHint(option, index)
        return QSize(size.width() + 2 * UNIT_PX, max(ROW_PX, option.fontMetrics.height() + UNIT_PX))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The text, moved in from the edges of its column."""
        if option.state & QStyle.StateFlag.State_Selected:  # one bar for the whole row, not a box around each text
            is_active = option.state & QStyle.StateFlag.State_Active
            group = QPalette.ColorGroup.Active if is_active else QPalette.ColorGroup.Inactive
            painter.fillRect(option.rect, option.palette.brush(group, QPalette.ColorRole.Highlight))
        first = index.column() == 0
        option.rect = option.rect.adjusted(2 * UNIT_PX if first else UNIT_PX, 0, -UNIT_PX, 0)
        super().paint(painter, option, index)
