"""Tabs without boxes: words, and a line of the accent colour under the current one."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QTabBar

from twinlens.gui.theme.palettes import quiet_colour
from twinlens.gui.theme.spacing import UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import caption, strong

LINE_PX = 2
HEIGHT_PX = 40
TIGHT_PX = 10
BETWEEN = " · "  # the parts of a detail


class FlatTabBar(QTabBar):
    """A stock tab bar for keys, mouse and screen readers. A tab's data is the quiet text behind its name."""

    _short, _pad_px = False, WIDE_PX

    def set_detail(self, number: int, detail: str) -> None:
        """The quiet text behind the name of a tab; part of what a screen reader says."""
        if self.tabData(number) != detail:
            self.setTabData(number, detail)
            self.setAccessibleTabName(number, f"{self.tabText(number)}, {detail}" if detail else self.tabText(number))
            self._fit()
            self._measure_again(number)

    def detail(self, number: int) -> str:
        """The quiet text as it is shown: where there is no room even with less between the tabs, its first part."""
        whole = str(self.tabData(number) or "")
        return whole.split(BETWEEN, maxsplit=1)[0] if self._short else whole

    def tabSizeHint(self, index: int) -> QSize:
        """As wide as both texts, whichever tab is current: nothing moves when another one is chosen."""
        return QSize(self._tab_width(index), max(HEIGHT_PX, self.fontMetrics().height() * 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less of the details fits now."""
        super().resizeEvent(event)
        if self._fit() and self.count():
            self._measure_again(0)

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Never elided."""
        return self.tabSizeHint(index)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Names, details, the line, and a ring where the keys are."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            palette = self.palette()
            painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), palette.color(QPalette.ColorRole.Mid))
            for number in range(self.count()):
                self._paint_tab(painter, number)

    def _paint_tab(self, painter: QPainter, number: int) -> None:
        palette, rect = self.palette(), self.tabRect(number)
        current = number == self.currentIndex()
        text = palette.color(QPalette.ColorRole.WindowText)
        box = rect.adjusted(self._left_px(number), 0, -self._pad_px, -LINE_PX)
        painter.setFont(strong(self.font()) if current else self.font())
        painter.setPen(text)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.tabText(number))
        detail = self.detail(number)
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

    def _fit(self) -> bool:
        """Whether the tabs are to be laid out in another way."""
        before = self._short, self._pad_px
        for self._short, self._pad_px in ((False, WIDE_PX), (False, TIGHT_PX), (True, WIDE_PX), (True, TIGHT_PX)):
            if sum(self._tab_width(number) for number in range(self.count())) <= self.width():
                break
        return before != (self._short, self._pad_px)

    def _measure_again(self, number: int) -> None:
        self.updateGeometry()
        self.setTabText(number, self.tabText(number))
        self.update()

    def _left_px(self, number: int) -> int:
        """The first name stays above what is below the tabs."""
        return self._pad_px if number else WIDE_PX

    def _tab_width(self, number: int) -> int:
        detail = self._width(self.detail(number), is_detail=True)
        name = self._width(self.tabText(number), is_detail=False)
        return self._left_px(number) + name + (UNIT_PX + detail if detail else 0) + self._pad_px

    def _width(self, text: str, *, is_detail: bool) -> int:
        font = caption(self.font()) if is_detail else strong(self.font())
        return QFontMetrics(font).horizontalAdvance(text) if text else 0
