"""What is shown where there is nothing to show: a sentence, and what to do next."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from twinlens.gui.theme.type_scale import heading, set_in


class EmptyState(QWidget):
    """A title and a hint in the middle of an empty view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._hint = QLabel(self), QLabel(self)
        set_in(heading, self._title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addStretch(2)
        for label in (self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)  # names of files are no markup
            layout.addWidget(label)
        layout.addStretch(3)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.palette().ColorRole.Base)

    def say(self, title: str, hint: str = "") -> None:
        """Show these texts."""
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.setAccessibleName(f"{title} {hint}".strip())

    def texts(self) -> tuple[str, str]:
        """What is shown."""
        return self._title.text(), self._hint.text()
