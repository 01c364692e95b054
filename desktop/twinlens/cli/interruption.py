"""Ctrl+C during a job: the job stops after the piece of work in hand, and what is done is kept."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

INTERRUPTED = 130  # the exit code: 128 and the number of SIGINT


class Interruption:
    """A ``JobControl`` that stops once interrupted. No lock: a signal handler sets it."""

    def __init__(self) -> None:
        self.happened = False

    def proceed(self) -> bool:
        """True until the user interrupts."""
        return not self.happened


@contextmanager
def interruption() -> Iterator[Interruption]:
    """Take Ctrl+C as a wish to stop while the job runs; a second one is not waited for.

    A program that was started to go on regardless (in the background of a script) goes on.
    """
    control = Interruption()

    def stop(_number: int, _frame: FrameType | None) -> None:
        if control.happened:
            raise KeyboardInterrupt
        control.happened = True

    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        yield control
        return
    before = signal.signal(signal.SIGINT, stop)
    try:
        yield control
    finally:
        signal.signal(signal.SIGINT, before)
