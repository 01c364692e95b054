"""Decisions on their way into the catalog."""

import threading
from collections.abc import Callable

from twinlens.domain.errors import TwinlensError


class PendingWrites:
    """Whoever acts by the decisions in the catalog waits for those under way, on a thread of its own."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0
        self._lost = 0

    def begin(self) -> None:
        """One more is under way."""
        with self._changed:
            self._count += 1

    def end(self, *, lost: bool) -> None:
        """One is written, or ``lost``: then the screen shows what the catalog does not have."""
        with self._changed:
            self._count -= 1
            self._lost += lost
            self._changed.notify_all()

    def saving(self) -> Callable[[], None]:
        """What waits, away from the GUI thread, until the catalog has all that was decided so far.

        It raises TwinlensError where one of them could not be saved: then what is shown is not what would be acted on.
        """
        lost_before = self._lost

        def wait() -> None:
            with self._changed:
                self._changed.wait_for(lambda: self._count == 0)
            if self._lost > lost_before:
                raise TwinlensError(
                    "Some of the last marks could not be saved, so no photo was moved. Mark them again."
                )

        return wait
