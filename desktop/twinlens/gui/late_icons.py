"""The icons of menus, drawn one at a time while nothing else is to be done: all at once they would hold up a frame."""

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAction

from twinlens.gui.commands.actions import refresh_icons
from twinlens.gui.commands.table import COMMANDS, ON_BUTTONS


class LateIcons(QObject):
    """Draws what no button shows, from ``start`` on."""

    def __init__(self, actions: dict[str, QAction], parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._left = [command.id for command in COMMANDS if command.icon and command.id not in ON_BUTTONS]
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._draw_next)

    @Slot()
    def start(self) -> None:
        """Begin, or go on."""
        self._timer.start()

    @Slot()
    def stop(self) -> None:
        """Draw no more."""
        self._timer.stop()

    @Slot()
    def _draw_next(self) -> None:
        if self._left:
            refresh_icons(self._actions, (self._left.pop(0),))
        else:
            self._timer.stop()
