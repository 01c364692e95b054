"""One photo of a comparison: its picture, and what is said about it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from twinlens.domain.photo import Photo
from twinlens.gui.canvas.canvas import PhotoCanvas
from twinlens.gui.canvas.carried import carry
from twinlens.gui.looking.facts_line import RING_PX, Facts, FactsLine, on_window
from twinlens.gui.thumbnails.colours import Colours


class ComparePane(QWidget):
    """``pressed`` tells that it wants the keys; a ring shows which pane has them."""

    pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.photo: Photo | None = None
        self._focused = False
        self.canvas, self.line = PhotoCanvas(self), FactsLine(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(RING_PX, RING_PX, RING_PX, RING_PX)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.line)
        self.canvas.pressed.connect(self.pressed)
        self.canvas.taken.connect(self._carry)

    @Slot()
    def _carry(self) -> None:
        carry(self, self.canvas, self.photo)

    def set_focused(self, focused: bool) -> None:
        """Whether keep, reject and clear act on this one."""
        self.canvas.click_zooms = focused  # the first click gives it the keys, and nothing else
        if focused != self._focused:
            self._focused = focused
            self.update()

    def is_focused(self) -> bool:
        """Whether keys act on this one."""
        return self._focused

    def say(self, facts: Facts, number: int, count: int) -> None:
        """What is said of the photo, on screen and to a screen reader."""
        self.line.say(facts)
        self.canvas.setAccessibleName(self.tr("Photo {} of {}: {}").format(number, count, facts.name))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ring."""
        with QPainter(self) as painter:
            colours = Colours.of(on_window(self.palette()))
            painter.fillRect(self.rect(), colours.base)
            if self._focused:
                painter.setPen(QPen(colours.focus, RING_PX, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
