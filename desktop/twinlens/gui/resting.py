"""When the cursor rests: what takes long for a photo waits for that."""

import time

from PySide6.QtCore import QObject, QTimer

SETTLE_MS = 90  # a held arrow key asks for lookalikes at its first step and once it rests


class Resting(QTimer):
    """Fires at the first step, and then when no step has come for a while."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self._moved_s = 0.0

    def moved(self) -> None:
        """The cursor has made a step."""
        now_s = time.monotonic()
        if not self.isActive() or self.interval():
            self.start(0 if now_s - self._moved_s > SETTLE_MS / 1000 else SETTLE_MS)
        self._moved_s = now_s

    def was_moved(self) -> None:
        """What the cursor is on has changed under it, as while a slider is dragged: not at once, and the slider comes first."""
        if self.isActive():
            self.start(SETTLE_MS)
