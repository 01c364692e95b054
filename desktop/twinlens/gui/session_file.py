"""How the window was left, in ``window.ini`` beside the catalog: written when the window closes, not while it is used."""

from pathlib import Path

from PySide6.QtCore import QEvent, QSettings

FILE_NAME = "window.ini"


class SessionFile(QSettings):
    """All that are made for one folder share their values.

    Qt would write the file soon after each change, on the window's thread and down to the disk: beside a scan that takes up to
    a second, and a slider changes some twenty times as it is dragged. ``sync`` writes.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder / FILE_NAME), QSettings.Format.IniFormat)

    def event(self, event: QEvent) -> bool:
        """Keep what changed for later."""
        return event.type() is QEvent.Type.UpdateRequest or super().event(event)
