"""What floats over a part of the window and follows its size."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QWidget


class Overlay(QFrame):
    """Hidden at first. Only while it is shown does it hear of what happens to its parent: each event there would enter Python
    once for each of them, several times a frame.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._below = parent
        self.hide()

    def place(self) -> None:
        """Take the place that is right for the parent's size: all of it."""
        self.setGeometry(self._below.rect())

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the parent from now on."""
        super().showEvent(event)
        self._below.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        """Follow it no longer."""
        self._below.removeEventFilter(self)
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The parent has another size."""
        if watched is self._below and event.type() is QEvent.Type.Resize:
            self.place()
        return super().eventFilter(watched, event)
