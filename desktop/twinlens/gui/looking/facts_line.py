"""The line below a large picture: its name, where one is, why, how near one looks, and what is decided."""

from msgspec import Struct
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from twinlens.domain.group import Mark
from twinlens.gui.canvas.geometry import Look, is_actual
from twinlens.gui.theme.icons import icon
from twinlens.gui.theme.spacing import HALF_PX, UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import caption, strong
from twinlens.gui.thumbnails.colours import Colours

RING_PX = 2


class Facts(Struct, frozen=True):
    """What the line says. ``place``: "2 of 5". ``nearness``: "Fit", "1:1". ``error`` stands instead of ``why``.

    ``protected``: a padlock before the name.
    """

    name: str = ""
    details: str = ""
    place: str = ""
    why: str = ""
    nearness: str = ""
    mark: Mark | None = None
    error: str = ""
    protected: bool = False


def on_window(palette: QPalette) -> QPalette:
    """The palette for text on the window's own colour, whatever grey lies around photos."""
    changed = QPalette(palette)
    changed.setColor(QPalette.ColorRole.Base, palette.color(QPalette.ColorRole.Window))
    changed.setColor(QPalette.ColorRole.Text, palette.color(QPalette.ColorRole.WindowText))
    return changed


def nearness_words(look: Look) -> str:
    """How near one looks: "1:1", or percents of it."""
    return "1:1" if is_actual(look) else f"{look.scale * 100:.0f} %"


class FactsLine(QWidget):
    """Two short lines: the name with what is decided, and below it in quiet letters the rest, as far as there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts, self._focused = Facts(), False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def facts(self) -> Facts:
        """What is said."""
        return self._facts

    def say(self, facts: Facts) -> None:
        """Say this."""
        if facts != self._facts:
            self._facts = facts
            mark = "" if facts.mark is None else self._mark_words(facts.mark)
            lock = self.tr("protected") if facts.protected else ""
            spoken = (facts.name, lock, facts.place, mark, facts.error or facts.why, facts.details)
            self.setAccessibleName(", ".join(part for part in spoken if part))
            locked = self.tr("Protected folder: this photo is never removed") if facts.protected else ""
            self.setToolTip("\n".join(part for part in (locked, facts.error or facts.why) if part))
            self.update()

    def set_focused(self, focused: bool) -> None:
        """Whether the keys act on this photo, where that is not seen otherwise."""
        if focused != self._focused:
            self._focused = focused
            self.update()

    def sizeHint(self) -> QSize:
        """Two lines of text."""
        upper, lower = QFontMetrics(strong(self.font())), QFontMetrics(caption(self.font()))
        return QSize(240, upper.height() + lower.height() + 2 * UNIT_PX)

    def minimumSizeHint(self) -> QSize:
        """It may be narrow."""
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The lines."""
        facts, colours = self._facts, Colours.of(on_window(self.palette()))
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Window))
            if self._focused:
                painter.fillRect(0, 0, self.width(), RING_PX, colours.focus)
            inner = self.rect().adjusted(WIDE_PX, UNIT_PX, -WIDE_PX, -UNIT_PX)
            upper_height = QFontMetrics(strong(self.font())).height()
            upper, lower = QRect(inner), QRect(inner)
            upper.setHeight(upper_height)
            lower.setTop(upper.top() + upper_height)
            painter.setFont(strong(self.font()))
            right = self._paint_mark(painter, upper, colours)
            painter.setPen(colours.text)
            left = self._paint_lock(painter, upper)
            _paint_elided(painter, upper.adjusted(left, 0, -right, 0), facts.name, Qt.TextElideMode.ElideMiddle)
            painter.setFont(caption(self.font()))
            painter.setPen(colours.quiet_text)
            near = painter.fontMetrics().horizontalAdvance(facts.nearness)
            painter.drawText(lower, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), facts.nearness)
            if facts.error:
                painter.setPen(colours.reject)
            words = "  ·  ".join(part for part in (facts.place, facts.details, facts.error or facts.why) if part)
            _paint_elided(painter, lower.adjusted(0, 0, -near - UNIT_PX, 0), words, Qt.TextElideMode.ElideRight)

    def _paint_lock(self, painter: QPainter, line: QRect) -> int:
        """The room that it takes at the left."""
        if not self._facts.protected:
            return 0
        side = line.height()
        icon("lock").paint(painter, line.left(), line.top(), side, side)
        return side + HALF_PX

    def _paint_mark(self, painter: QPainter, line: QRect, colours: Colours) -> int:
        """The room that it takes at the right."""
        mark = self._facts.mark
        if mark is None:
            return 0
        words = self._mark_words(mark)
        painter.setPen(colours.keep if mark is Mark.KEEP else colours.reject)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), words)
        return painter.fontMetrics().horizontalAdvance(words) + UNIT_PX

    def _mark_words(self, mark: Mark) -> str:
        return "✓ " + self.tr("Keep") if mark is Mark.KEEP else "✕ " + self.tr("Reject")


def _paint_elided(painter: QPainter, room: QRect, words: str, mode: Qt.TextElideMode) -> None:
    shown = painter.fontMetrics().elidedText(words, mode, max(0, room.width()))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
