"""Where background work runs. Injected, so that tests run it when they choose and nothing sleeps."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QThreadPool


class Runner(Protocol):
    """Runs small pieces of work away from the GUI thread."""

    def start(self, work: Callable[[], None]) -> None:
        """Run ``work`` soon; returns at once."""
        ...

    def finish(self) -> None:
        """Forget what has not begun and wait for what has."""
        ...


class PoolRunner:
    """A Runner over a thread pool of its own, so that waiting for it waits for nobody else."""

    def __init__(self, threads: int) -> None:
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(threads)

    def start(self, work: Callable[[], None]) -> None:
        """Run ``work`` on the next free thread."""
        self._pool.start(work)

    def finish(self) -> None:
        """Forget what has not begun and wait for what has."""
        self._pool.clear()
        self._pool.waitForDone()
