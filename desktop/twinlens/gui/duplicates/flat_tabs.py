"""Tabs without boxes: words, and a line of the accent colour under the current one."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QTabBar

from twinlens.gui.theme.palettes import quiet_colour
from twinlens.gui.theme.spacing import UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import caption, strong

LINE_PX = 2
HEIGHT_PX = 40


class FlatTabBar(QTabBar):
    """A stock tab bar for keys, mouse and screen readers. A tab's data is the quiet text behind its name."""

    def set_detail(self, number: int, detail: str) -> None:
        """The quiet text behind the name of a tab; part of what a screen reader says."""
        if self.tabData(number) != detail:
            self.setTabData(number, detail)
            self.setAccessibleTabName(number, f"{self.tabText(number)}, {detail}" if detail else self.tabText(number))
            self.updateGeometry()
            self.setTabText(number, self.tabText(number))  # measures the tabs again

    def tabSizeHint(self, index: int) -> QSize:
        """As wide as both texts, whichever tab is current: nothing moves when another one is chosen."""
        name = self._width(self.tabText(index), is_detail=False)
        detail = self._width(str(self.tabData(index) or ""), is_detail=True)
        return QSize(
            2 * WIDE_PX + name + (UNIT_PX + detail if detail else 0), max(HEIGHT_PX, self.fontMetrics().height() * 2)
        )

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Never elided."""
        return self.tabSizeHint(index)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Names, details, the line, and a ring where the keys are."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), palette.color(QPalette.ColorRole.Mid))
        for number in range(self.count()):
            self._paint_tab(painter, number)

    def _paint_tab(self, painter: QPainter, number: int) -> None:
        palette, rect = self.palette(), self.tabRect(number)
        current = number == self.currentIndex()
        text = palette.color(QPalette.ColorRole.WindowText)
        box = rect.adjusted(WIDE_PX, 0, -WIDE_PX, -LINE_PX)
        painter.setFont(strong(self.font()) if current else self.font())
        painter.setPen(text)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.tabText(number))
        detail = str(self.tabData(number) or "")
        if detail:
            painter.setFont(caption(self.font()))
            painter.setPen(quiet_colour(palette))
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(box, right, detail)
        if current:
            accent = palette.color(QPalette.ColorRole.Link)
            painter.fillRect(
                QRect(rect.left() + UNIT_PX, rect.bottom() - LINE_PX + 1, rect.width() - WIDE_PX, LINE_PX), accent
            )
            if self.hasFocus():
                painter.setPen(QPen(accent, 1))
                painter.drawRoundedRect(rect.adjusted(UNIT_PX, UNIT_PX - 2, -UNIT_PX, -UNIT_PX + 2), 4, 4)

    def _width(self, text: str, *, is_detail: bool) -> int:
        font = caption(self.font()) if is_detail else strong(self.font())
        return QFontMetrics(font).horizontalAdvance(text) if text else 0
