"""Lets the first of many changes through at once, and the latest of the rest every so often."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

INTERVAL_MS = 8  # who listens does one thing at a time and then the latest: this only spares what nobody could see


class Throttle(QObject):
    """``fired`` follows ``touch`` at most once in ``interval_ms``, and never misses the last one."""

    fired = Signal()

    def __init__(self, parent: QObject, interval_ms: int = INTERVAL_MS) -> None:
        super().__init__(parent)
        self._waiting = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self._elapsed)

    @Slot()
    def touch(self) -> None:
        """Something changed."""
        if self._timer.isActive():
            self._waiting = True
            return
        self._timer.start()
        self.fired.emit()

    @Slot()
    def flush(self) -> None:
        """Nothing more will come: let what waits through now."""
        self._timer.stop()
        self._elapsed()

    def _elapsed(self) -> None:
        if self._waiting:
            self._waiting = False
            self._timer.start()
            self.fired.emit()
