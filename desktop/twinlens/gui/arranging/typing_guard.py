"""Keeps the keys of fields and buttons from being decisions about photos: the same letters mean both."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class TypingGuard(QObject):
    """Filters the events of the widgets it guards: plain keys are theirs before they are shortcuts of the window."""

    def guard(self, widget: QWidget) -> None:
        """Let this widget have its keys."""
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt asks before it looks for shortcuts."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and not event.modifiers() & COMMANDS
            and event.key() != Qt.Key.Key_Escape
            and event.key() < Qt.Key.Key_F1
        ):
            event.accept()
            return True
        return super().eventFilter(watched, event)
