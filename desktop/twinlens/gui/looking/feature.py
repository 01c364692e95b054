"""The keys of looking nearer and from further away, hung in the window."""

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from twinlens.gui.window_parts import WindowParts


class Looking(QObject):
    """Connects the actions that the loupe and its like have in common."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._commands = parts.loupe_commands

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """Zoom in and out, 1:1, the whole picture."""
        for name, slot in (
            ("zoom_in", self._commands.zoom_in),
            ("zoom_out", self._commands.zoom_out),
            ("actual", self._commands.actual),
            ("fit", self._commands.fit),
        ):
            actions[name].triggered.connect(slot)

    def restyle(self) -> None:
        """Nothing here has colours."""

    def shut_down(self) -> None:
        """Nothing runs here."""
