"""Where background work runs. Injected, so that tests run it when they choose and nothing sleeps."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol


class Runner(Protocol):
    """Runs small pieces of work away from the GUI thread."""

    def start(self, work: Callable[[], None]) -> None:
        """Run ``work`` soon; returns at once."""
        ...

    def finish(self) -> None:
        """Forget what has not begun and wait for what has."""
        ...


class PoolRunner:
    """A Runner over threads of its own, so that waiting for it waits for nobody else.

    Python's threads, not a QThreadPool: that one takes and drops the callable under its own lock, which can wait for the
    interpreter's while the GUI thread, holding the interpreter's, waits for the pool's.
    """

    def __init__(self, threads: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="twinlens-picture")

    def start(self, work: Callable[[], None]) -> None:
        """Run ``work`` on the next free thread; after ``finish`` nothing runs any more."""
        try:
            self._pool.submit(work).add_done_callback(_raise_if_failed)
        except RuntimeError:  # finished: a late request while the window closes
            return

    def finish(self) -> None:
        """Forget what has not begun and wait for what has."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def _raise_if_failed(future: "Future[None]") -> None:
    """An error nobody expected is logged by ``concurrent.futures``, not lost with the future."""
    if not future.cancelled():
        future.result()
