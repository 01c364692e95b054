"""Pausing and stopping a job from another thread."""

import threading


class PauseStop:
    """A ``JobControl`` whose ``pause``, ``resume`` and ``stop`` may be called from any thread, in any order."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._paused = False
        self._stopped = False

    def pause(self) -> None:
        """Let the job wait at its next question."""
        with self._changed:
            self._paused = True

    def resume(self) -> None:
        """Let the job go on."""
        with self._changed:
            self._paused = False
            self._changed.notify_all()

    def stop(self) -> None:
        """Let the job end at its next question, also when it is paused; what is done is kept."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    @property
    def paused(self) -> bool:
        """Whether the job waits, or will at its next question. A stopped job does not wait."""
        return self._paused and not self._stopped

    @property
    def stopped(self) -> bool:
        """Whether the job was told to end."""
        return self._stopped

    def proceed(self) -> bool:
        """Wait while paused; then True to go on, False to stop."""
        if self._paused or self._stopped:
            with self._changed:
                self._changed.wait_for(lambda: self._stopped or not self._paused)
        return not self._stopped
