"""A row of the sidebar: icon, name, a quiet line below it where there is one, and a count at the right."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from twinlens.gui.theme.icons import tinted
from twinlens.gui.theme.palettes import quiet_colour
from twinlens.gui.theme.spacing import HALF_PX, ICON_PX, ROW_HEIGHT_PX, TALL_ROW_HEIGHT_PX, UNIT_PX
from twinlens.gui.theme.type_scale import caption

COUNT_ROLE = Qt.ItemDataRole.UserRole + 1
DETAIL_ROLE = Qt.ItemDataRole.UserRole + 2
ICON_ROLE = Qt.ItemDataRole.UserRole + 3
ID_ROLE = Qt.ItemDataRole.UserRole + 4
RADIUS_PX = 4


class RowDelegate(QStyledItemDelegate):
    """Paints from the palette alone; the selected row is filled, the focused one has a ring as well."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as the fonts need, at least a comfortable target."""
        line = option.fontMetrics.height()
        if not index.data(DETAIL_ROLE):
            return QSize(0, max(ROW_HEIGHT_PX, line + UNIT_PX))
        return QSize(0, max(TALL_ROW_HEIGHT_PX, 2 * line + UNIT_PX))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Background, icon, texts, ring."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state, palette = option.state, option.palette
        selected = bool(state & QStyle.StateFlag.State_Selected)
        row = option.rect.adjusted(UNIT_PX, 1, -UNIT_PX, -1)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            colour = palette.color(QPalette.ColorRole.Highlight if selected else QPalette.ColorRole.Mid)
            if not selected:
                colour.setAlphaF(0.4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(row, RADIUS_PX, RADIUS_PX)
        self._paint_content(painter, option, index, row, selected)
        if selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.HighlightedText), 1))
            painter.drawRoundedRect(QRectF(row).adjusted(2.5, 2.5, -2.5, -2.5), RADIUS_PX - 1, RADIUS_PX - 1)
        painter.restore()

    def _paint_content(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        row: QRect,
        selected: bool,
    ) -> None:
        palette = option.palette
        text = palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.WindowText)
        quiet = text if selected else quiet_colour(palette)
        icon_rect = QRect(row.left() + UNIT_PX, row.center().y() - ICON_PX // 2 + 1, ICON_PX, ICON_PX)
        name = index.data(ICON_ROLE)
        if name:
            made = tinted(name, text.name(), text.name(), text.name())
            made.paint(painter, icon_rect, Qt.AlignmentFlag.AlignCenter, QIcon.Mode.Normal)
        small = caption(option.font)
        count = index.data(COUNT_ROLE) or ""
        count_width = QFontMetrics(small).horizontalAdvance(count)
        left = icon_rect.right() + 1 + UNIT_PX
        box = QRect(left, row.top(), row.right() - UNIT_PX - count_width - HALF_PX - left, row.height())
        painter.setFont(small)
        painter.setPen(quiet)
        right = QRect(row.right() - UNIT_PX - count_width, row.top(), count_width + 1, row.height())
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        detail = index.data(DETAIL_ROLE)
        if detail:
            below = QRect(box.left(), box.center().y() + 1, box.width(), box.height() // 2)
            painter.drawText(below, Qt.AlignmentFlag.AlignTop, _elided(QFontMetrics(small), detail, below.width()))
            box.setBottom(box.center().y())
        painter.setFont(option.font)
        painter.setPen(text)
        vertical = Qt.AlignmentFlag.AlignBottom if detail else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, vertical, _elided(option.fontMetrics, index.data() or "", box.width()))


def _elided(metrics: QFontMetrics, text: str, width_px: int) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width_px)
