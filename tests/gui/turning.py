"""Turn the event loop until something is so. Not ``qtbot.waitUntil``, which keeps the interpreter's lock and starves workers."""

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer

LIMIT_MS = 30_000


def turn_until(condition: Callable[[], object], limit_ms: int = LIMIT_MS) -> None:
    """Fails where it never is."""
    loop, ticks, limit = QEventLoop(), QTimer(), QTimer()
    ticks.timeout.connect(lambda: loop.quit() if condition() else None)
    limit.setSingleShot(True)
    limit.timeout.connect(loop.quit)
    ticks.start(10)
    limit.start(limit_ms)
    loop.exec()
    ticks.stop()
    limit.stop()
    assert condition()
