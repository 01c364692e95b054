"""The meter as a line of text: as many of its parts as there is room for."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from twinlens.gui.theme.palettes import quiet_colour

BETWEEN = "  ·  "


class MeterLabel(QWidget):
    """The first part matters most. All of them are said to a screen reader."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parts: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(self.tr("Progress of the review"))

    def say(self, parts: Sequence[str], explanation: str) -> None:
        """Show these parts; the explanation is the tooltip."""
        if tuple(parts) != self._parts:
            self._parts = tuple(parts)
            self.setAccessibleDescription(", ".join(parts))
            self.updateGeometry()
            self.update()
        self.setToolTip(explanation)

    def text(self) -> str:
        """What there is room for."""
        for count in range(len(self._parts), 0, -1):
            words = BETWEEN.join(self._parts[:count])
            if self.fontMetrics().horizontalAdvance(words) <= self.width():
                return words
        return ""

    def parts(self) -> tuple[str, ...]:
        """All there is to say."""
        return self._parts

    def sizeHint(self) -> QSize:
        """All parts."""
        words = BETWEEN.join(self._parts)
        return QSize(self.fontMetrics().horizontalAdvance(words) + 2, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """A window may be narrow."""
        return QSize(0, self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One line, at the right."""
        with QPainter(self) as painter:
            painter.setPen(quiet_colour(self.palette()))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), self.text())
