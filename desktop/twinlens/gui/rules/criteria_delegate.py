"""A row of the list of criteria: handle, switch, what it asks, how many it decides, and the arrows that turn it round."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QMouseEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from twinlens.gui.rules.criteria_model import COUNT_ROLE, CRITERION_ROLE, CriteriaModel
from twinlens.gui.theme.icons import tinted
from twinlens.gui.theme.palettes import quiet_colour
from twinlens.gui.theme.spacing import HALF_PX, ROW_HEIGHT_PX, SMALL_ICON_PX, UNIT_PX
from twinlens.gui.theme.type_scale import caption
from twinlens.gui.thumbnails.words import count_words
from twinlens.matching.rules.criteria import CRITERIA

RADIUS_PX = 4
SWITCH_PX = 26
Index = QModelIndex | QPersistentModelIndex


class CriteriaDelegate(QStyledItemDelegate):
    """Paints from the palette; clicks on the switch and on the arrows act."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A comfortable target."""
        return QSize(0, max(ROW_HEIGHT_PX, option.fontMetrics.height() + UNIT_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, handle, switch, words, count, arrows, ring."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        palette, row = option.palette, option.rect.adjusted(2, 1, -2, -1)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            colour = palette.color(QPalette.ColorRole.Highlight if selected else QPalette.ColorRole.Mid)
            if not selected:
                colour.setAlphaF(0.4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(row, RADIUS_PX, RADIUS_PX)
        self._paint_content(painter, option, index, selected)
        if selected and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.HighlightedText), 1))
            painter.drawRoundedRect(row.adjusted(2, 2, -2, -2), RADIUS_PX - 1, RADIUS_PX - 1)
        painter.restore()

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """The switch and the arrows; everything else selects and drags."""
        if (
            isinstance(event, QMouseEvent)
            and isinstance(model, CriteriaModel)
            and event.type() is QEvent.Type.MouseButtonRelease
        ):
            point = event.position().toPoint()
            if _switch(option.rect).adjusted(-HALF_PX, -UNIT_PX, HALF_PX, UNIT_PX).contains(point):
                model.switch(index.row())
                return True
            if _arrows(option.rect).adjusted(-HALF_PX, -UNIT_PX, HALF_PX, UNIT_PX).contains(point):
                return model.turn(index.row())
        return False

    def _paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, selected: bool) -> None:
        palette, rect = option.palette, option.rect
        on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        strong = palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text)
        quiet = strong if selected else quiet_colour(palette)
        _paint_icon(painter, "handle", _handle(rect), quiet.name())
        ground = palette.color(QPalette.ColorRole.Highlight if selected else QPalette.ColorRole.Base)
        _paint_switch(painter, QRectF(_switch(rect)), strong if on else quiet, ground, on=on)
        if CRITERIA[index.data(CRITERION_ROLE)].has_direction:
            _paint_icon(painter, "turn", _arrows(rect), quiet.name())
        small, count = caption(option.font), int(index.data(COUNT_ROLE) or 0)
        words = count_words(count) if count and on else ""
        width = QFontMetrics(small).horizontalAdvance(words)
        right = _arrows(rect).left() - UNIT_PX
        painter.setFont(small)
        painter.setPen(quiet)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(right - width, rect.top(), width + 1, rect.height()), middle, words)
        left = _switch(rect).right() + 1 + UNIT_PX
        painter.setFont(option.font)
        painter.setPen(strong if on else quiet)
        space = right - width - UNIT_PX - left
        text = option.fontMetrics.elidedText(index.data() or "", Qt.TextElideMode.ElideRight, space)
        painter.drawText(QRect(left, rect.top(), space, rect.height()), middle, text)


def _handle(row: QRect) -> QRect:
    return QRect(row.left() + HALF_PX, row.center().y() - SMALL_ICON_PX // 2 + 1, SMALL_ICON_PX, SMALL_ICON_PX)


def _paint_switch(painter: QPainter, box: QRectF, ink: QColor, ground: QColor, *, on: bool) -> None:
    """A knob in a track: filled with the knob at the right where it is on, hollow with the knob at the left where not."""
    track = box.adjusted(0.75, 2.75, -0.75, -2.75)
    painter.setPen(QPen(ink, 1.5))
    painter.setBrush(ink if on else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
    knob = track.height() / 2 - 2.5
    middle = QPointF(
        (track.right() if on else track.left()) + (-1 if on else 1) * track.height() / 2, track.center().y()
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground if on else ink)
    painter.drawEllipse(middle, knob, knob)


def _switch(row: QRect) -> QRect:
    left = _handle(row).right() + 1 + UNIT_PX
    return QRect(left, row.center().y() - SMALL_ICON_PX // 2 + 1, SWITCH_PX, SMALL_ICON_PX)


def _arrows(row: QRect) -> QRect:
    left = row.right() - UNIT_PX - SMALL_ICON_PX
    return QRect(left, row.center().y() - SMALL_ICON_PX // 2 + 1, SMALL_ICON_PX, SMALL_ICON_PX)


def _paint_icon(painter: QPainter, name: str, box: QRect, colour: str) -> None:
    tinted(name, colour, colour, colour).paint(painter, box, Qt.AlignmentFlag.AlignCenter, QIcon.Mode.Normal)
