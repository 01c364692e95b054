"""One toast at the bottom of the window. It never takes the focus and never blocks."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from twinlens.gui.overlay import Overlay
from twinlens.gui.theme.icons import icon
from twinlens.gui.theme.spacing import SECTION_PX, UNIT_PX, WIDE_PX

SHOWN_MS = 9000
WIDEST_PX = 640
RADIUS_PX = 6


class Toast(Overlay):
    """Floats over its parent. A new text replaces the old one; it goes by itself, or by Esc."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._act: Callable[[], None] | None = None
        self._raised_by_px = 0
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._button, self._close = QPushButton(self), QToolButton(self)
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.setAutoRaise(True)
        self._button.setAccessibleName(self.tr("What can be done about it"))
        self._close.setAccessibleName(self.tr("Close this message"))
        self._row = layout = QHBoxLayout(self)
        layout.setContentsMargins(WIDE_PX, UNIT_PX, UNIT_PX, UNIT_PX)
        layout.setSpacing(WIDE_PX)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._button)
        layout.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        self._button.clicked.connect(self._pressed)
        self._close.clicked.connect(self.dismiss)
        self._escape = QShortcut(Qt.Key.Key_Escape, parent)
        self._escape.setEnabled(False)
        self._escape.activated.connect(self.dismiss)

    def say(self, text: str, button: str = "", act: Callable[[], None] | None = None) -> None:
        """Show a sentence, with a button that does something about it."""
        self._text.setText(text)
        self._act = act
        self._button.setText(button)
        self._button.setAccessibleName(button)
        self._button.setVisible(bool(button))
        self._close.setIcon(icon("close"))
        self.place()
        self.show()
        self.raise_()
        self._escape.setEnabled(True)
        self._timer.start(SHOWN_MS)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def text(self) -> str:
        """What is shown; empty when nothing is."""
        return self._text.text() if self.isVisible() else ""

    def button(self) -> QPushButton:
        """The button that acts."""
        return self._button

    def keep_clear_of(self, bottom_px: int) -> None:
        """Float this much higher, above what lies at the bottom of the window."""
        self._raised_by_px = bottom_px

    @Slot()
    def dismiss(self) -> None:
        """Go away."""
        self._timer.stop()
        self._escape.setEnabled(False)
        self._act = None
        self.hide()

    @Slot()
    def _pressed(self) -> None:
        act = self._act
        self.dismiss()
        if act is not None:
            act()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A lifted surface with a fine line around it."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(self.palette().color(QPalette.ColorRole.ToolTipBase))
            line = QColor(self.palette().color(QPalette.ColorRole.WindowText))
            line.setAlphaF(0.25)
            painter.setPen(QPen(line, 1))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), RADIUS_PX, RADIUS_PX)

    def place(self) -> None:
        """In the middle, above what lies at the bottom."""
        natural = self._text.fontMetrics().horizontalAdvance(self._text.text()) + self._button.sizeHint().width() + 112
        width = max(240, min(WIDEST_PX, natural, self._below.width() - 2 * SECTION_PX))
        self.setFixedWidth(width)
        height = max(self._row.heightForWidth(width), self.minimumSizeHint().height())
        top = self._below.height() - height - self._raised_by_px - SECTION_PX
        self.setGeometry((self._below.width() - width) // 2, top, width, height)
