"""Room for the window: a scan has fewer photos in hand for a while when it is told that the window is late."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

ROOM_S = 1.0  # how long room is made after each time it was asked for


class Courtesy:
    """How many photos, or batches of pairs, a scan may have in hand. All methods may be called from any thread, at any time.

    Where every core studies photos, whoever paints waits for a core, and for those who hold the interpreter and wait for
    one themselves: with room made, at most half as many are in hand as there are processes.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._freed = threading.Condition()
        self._in_hand = 0
        self._until_s = float("-inf")
        self.asked = 0  # how often room was asked for

    def make_room(self) -> None:
        """Begin fewer photos for ``ROOM_S`` seconds from now; those in hand are finished."""
        self._until_s = self._clock() + ROOM_S
        self.asked += 1

    @contextmanager
    def turn(self, processes: int) -> Iterator[None]:
        """Have one photo in hand meanwhile; waits for it as long as room is made and enough are in hand."""
        most = max(1, processes // 2)
        with self._freed:
            while self._in_hand >= most and (left_s := self._until_s - self._clock()) > 0:
                self._freed.wait(left_s)
            self._in_hand += 1
        try:
            yield
        finally:
            with self._freed:
                self._in_hand -= 1
                self._freed.notify()
