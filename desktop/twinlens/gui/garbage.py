"""Cyclic garbage is collected on the window's thread alone.

Python's collector runs on whichever thread happens to allocate. A job's thread that frees what is left of a closed dialog ends
objects of Qt outside their own thread: the program crashes, or hangs while both threads wait for each other.
"""

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 200


class CollectsGarbage(QObject):
    """From its making to the end of its parent, the one that collects: call it on the thread of the window."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()  # the modules and classes loaded by now stay, and looking through them each time would hold up a frame
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self.collect_if_due)
        self._timer.start()

    @staticmethod
    def collect_if_due() -> None:
        """What Python would have done by now: the oldest generation whose count is over its threshold, and all younger ones."""
        due = [
            generation
            for generation, (count, threshold) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if 0 < threshold < count
        ]
        if due:
            gc.collect(due[-1])
