"""Whether the window comes round in time, watched while something else takes part of the machine."""

import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

EVERY_MS = 40
LATE_MS = 8  # beyond that: a frame is about to be lost


class Lateness(QObject):
    """Looks at a clock at each turn of a timer."""

    late = Signal()  # the event loop came round ``LATE_MS`` later than it should have

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._last_s = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._look)

    def watch(self) -> None:
        """Look from now on."""
        self._last_s = time.monotonic()
        self._timer.start()

    def rest(self) -> None:
        """Look no more."""
        self._timer.stop()

    @Slot()
    def _look(self) -> None:
        now_s = time.monotonic()
        late_ms = (now_s - self._last_s) * 1000 - EVERY_MS
        self._last_s = now_s
        if late_ms > LATE_MS:
            self.late.emit()
