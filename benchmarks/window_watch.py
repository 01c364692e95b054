"""What the probe of the window watches with: paints and gaps of the event loop; and its hand on the wheel."""

import time
from collections.abc import Callable

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QEventLoop, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication

TICK_MS = 4
LONGEST_SLEEP_MS = 50


class PaintWatch(QObject):
    """Notes when a viewport was last painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted_at_s = 0.0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look at every event of the viewport, take none."""
        if event.type() is QEvent.Type.Paint:
            self.painted_at_s = time.time()
        return False


class GapWatch(QObject):
    """The longest time the event loop did not come round, in whichever part of the session.

    ``busy_ms``: the same, but of each gap only as much as this process computed meanwhile: what is left of a gap when the
    machine has other things to do.
    """

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._last_s = self._last_busy_s = 0.0
        self.worst_ms = self.busy_ms = 0.0

    def begin(self) -> None:
        """Watch from now on."""
        self._last_s, self._last_busy_s = time.perf_counter(), time.process_time()
        self.worst_ms = self.busy_ms = 0.0
        self._timer.start(TICK_MS)

    def end(self) -> float:
        """Watch no more; returns the longest gap in ms, one that has not ended included."""
        self._tick()
        self._timer.stop()
        return self.worst_ms

    def during(self, work: Callable[[], None]) -> float:
        """The longest gap in ms while ``work`` runs, which must turn the event loop itself."""
        self.begin()
        work()
        return self.end()

    def _tick(self) -> None:
        now, busy = time.perf_counter(), time.process_time()
        gap_ms, busy_ms = (now - self._last_s) * 1000, (busy - self._last_busy_s) * 1000
        self.worst_ms = max(self.worst_ms, gap_ms)
        self.busy_ms = max(self.busy_ms, min(gap_ms, busy_ms))
        self._last_s, self._last_busy_s = now, busy


def wait_until(condition: Callable[[], bool], limit_s: float = 30.0) -> float:
    """Turn the event loop until the condition holds; returns the ms it took.

    The loop sleeps while nothing happens, as that of the program does: one that asked every half millisecond would take the
    interpreter from the worker it waits for.
    """
    start = time.perf_counter()
    loop, dispatcher = QEventLoop(), QAbstractEventDispatcher.instance()
    assert dispatcher is not None

    def look() -> None:
        if condition() or time.perf_counter() - start > limit_s:
            loop.quit()

    wakes = QTimer()
    wakes.timeout.connect(look)
    wakes.start(LONGEST_SLEEP_MS)  # where nothing more happens at all
    moments = (dispatcher.awake, dispatcher.aboutToBlock)  # of each turn: before what waits is done, and after it
    for moment in moments:
        moment.connect(look)
    try:
        if not condition():
            loop.exec()
    finally:
        for moment in moments:
            moment.disconnect(look)
        wakes.stop()
    if not condition():
        raise TimeoutError("the window did not get there in time")
    return (time.perf_counter() - start) * 1000


def breathe(duration_ms: int) -> None:
    """Turn the event loop for a while. Not QTest.qWait, which keeps the interpreter's lock and starves every worker."""
    loop = QEventLoop()
    QTimer.singleShot(duration_ms, loop.quit)
    loop.exec()


def turn_wheel(view: QAbstractItemView) -> None:
    """One notch down over the middle of a view."""
    viewport = view.viewport()
    where = QPointF(viewport.rect().center())
    event = QWheelEvent(
        where, QPointF(viewport.mapToGlobal(QPoint(int(where.x()), int(where.y())))), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)


def scroll(view: QAbstractItemView, turns: int) -> None:
    """Turn the wheel over a view, with a breath between two turns."""
    for _ in range(turns):
        turn_wheel(view)
        breathe(12)
