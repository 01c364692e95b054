"""Pausing and stopping a job from another thread."""

import threading


class PauseStop:
    """A ``JobControl`` whose ``pause``, ``resume`` and ``stop`` may be called from any thread, in any order."""

    def __init__(self) -> None:
        self._may_run = threading.Event()
        self._may_run.set()
        self._stopped = threading.Event()

    def pause(self) -> None:
        """Let the job wait at its next question."""
        self._may_run.clear()

    def resume(self) -> None:
        """Let the job go on."""
        self._may_run.set()

    def stop(self) -> None:
        """Let the job end at its next question, also when it is paused; what is done is kept."""
        self._stopped.set()
        self._may_run.set()

    @property
    def paused(self) -> bool:
        """Whether the job waits, or will at its next question."""
        return not self._may_run.is_set()

    @property
    def stopped(self) -> bool:
        """Whether the job was told to end."""
        return self._stopped.is_set()

    def proceed(self) -> bool:
        """Wait while paused; then True to go on, False to stop."""
        self._may_run.wait()
        return not self._stopped.is_set()
