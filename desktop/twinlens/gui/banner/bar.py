"""One sentence over the whole width of the window, and one button that does something about it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from twinlens.gui.theme.icons import icon
from twinlens.gui.theme.spacing import ICON_PX, UNIT_PX, WIDE_PX


class Banner(QWidget):
    """Stays until what it says is no longer so."""

    pressed = Signal()

    def __init__(self, button: str, parent: QWidget | None = None, *, sign: str = "info") -> None:
        super().__init__(parent)
        self._sign = sign
        self._picture, self._text = QLabel(self), QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton(button, self)
        self._button.setAutoDefault(False)
        self._button.clicked.connect(self.pressed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(WIDE_PX, UNIT_PX, WIDE_PX, UNIT_PX)
        layout.setSpacing(UNIT_PX)
        layout.addWidget(self._picture)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._button)
        self.setAutoFillBackground(True)
        self.setAccessibleName(self.tr("Notice"))
        self.restyle()

    def say(self, text: str) -> None:
        """Show this sentence."""
        self._text.setText(text)
        self.setAccessibleDescription(text)

    def allow(self, allowed: bool, tip: str) -> None:
        """Whether the button can be pressed, and what it does or waits for."""
        self._button.setEnabled(allowed)
        self._button.setToolTip(tip)

    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()

    def button(self) -> QPushButton:
        """The button."""
        return self._button

    @Slot()
    def restyle(self) -> None:
        """The icon in the colours of the palette in force."""
        self._picture.setPixmap(icon(self._sign).pixmap(ICON_PX, ICON_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line below, as between the other parts of the window."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setPen(self.palette().mid().color())
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
