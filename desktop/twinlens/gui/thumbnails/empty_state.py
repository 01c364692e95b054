"""What is shown where there is nothing to show: a sign, a sentence, what to do next, and a button that does it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from twinlens.gui.theme.icons import tinted
from twinlens.gui.theme.palettes import quiet_colour
from twinlens.gui.theme.quiet_label import QuietLabel
from twinlens.gui.theme.spacing import SECTION_PX, UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import heading, set_in

SIGN_PX = 48
HINT_LETTERS = 64


class EmptyState(QWidget):
    """A title and a hint in the middle of an empty view."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None, *, sign: str = "") -> None:
        super().__init__(parent)
        self._sign_name = sign
        self._sign, self._title, self._hint = QLabel(self), QLabel(self), QuietLabel("", self)
        self._sign.setVisible(bool(sign))
        self.button = QPushButton(self)
        self.offer("")
        self.button.clicked.connect(self.pressed)
        set_in(heading, self._title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SECTION_PX, SECTION_PX, SECTION_PX, SECTION_PX)
        layout.setSpacing(UNIT_PX)
        layout.addStretch(2)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(UNIT_PX)
        for label in (self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)  # names of files are no markup
            layout.addWidget(label)
        layout.addSpacing(WIDE_PX)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.palette().ColorRole.Base)
        self._restyle()

    def say(self, title: str, hint: str = "") -> None:
        """Show these texts."""
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.setAccessibleName(f"{title} {hint}".strip())

    def offer(self, text: str, tip: str = "") -> None:
        """A button below the texts; ``pressed`` tells when it is clicked. Without a text, none."""
        self.button.setText(text)
        self.button.setToolTip(tip)
        self.button.setVisible(bool(text))
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if text else Qt.FocusPolicy.NoFocus)

    def texts(self) -> tuple[str, str]:
        """What is shown."""
        return self._title.text(), self._hint.text()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_hint"):
            self._restyle()

    def _restyle(self) -> None:
        if self._sign_name:
            colour = quiet_colour(self.palette()).name()
            self._sign.setPixmap(tinted(self._sign_name, colour, colour, colour).pixmap(SIGN_PX, SIGN_PX))
