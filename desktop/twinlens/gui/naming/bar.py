"""A field over the grid: what is typed leads to the photo whose name begins so."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from twinlens.gui.overlay import Overlay
from twinlens.gui.theme.quiet_label import QuietLabel
from twinlens.gui.theme.spacing import UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import caption, set_in

WIDTH_LETTERS = 48


class NameBar(Overlay):
    """Floats at the lower edge of its parent; Enter and arrows go on, Esc goes back."""

    typed = Signal(str)
    next_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.field, self.verdict = QLineEdit(self), QuietLabel("", self)
        self.field.setAccessibleName(self.tr("Name of a photo"))
        self.field.setPlaceholderText(self.tr("Beginning of a name"))
        self.field.textEdited.connect(self.typed)
        self.field.installEventFilter(self)
        set_in(caption, self.verdict)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(WIDE_PX, UNIT_PX, WIDE_PX, UNIT_PX)
        layout.setSpacing(WIDE_PX)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.verdict)

    def open(self) -> None:
        """Take the keys."""
        self.field.clear()
        self.say(self.tr("Enter: next, Esc: back"))
        self.place()
        self.show()
        self.raise_()
        self.field.setFocus()

    def say(self, text: str) -> None:
        """What came of it."""
        self.verdict.setText(text)

    @Slot()
    def leave(self) -> None:
        """Give the keys back."""
        if self.isVisible():
            self.hide()
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the field."""
        if watched is self.field and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()  # Enter goes on here; in the grid below it may be a decision
            return True
        if watched is self.field and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
                self.next_wanted.emit()
                return True
        if watched is self.field and event.type() is QEvent.Type.FocusOut:
            self.hide()
        return super().eventFilter(watched, event)

    def place(self) -> None:
        """At the lower edge."""
        width = min(self._below.width() - 2 * WIDE_PX, WIDTH_LETTERS * self.fontMetrics().averageCharWidth() * 2)
        height = self.sizeHint().height()
        self.setGeometry((self._below.width() - width) // 2, self._below.height() - height - WIDE_PX, width, height)
