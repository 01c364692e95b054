"""Photos an hour, over the recent minutes of deciding. Pauses do not count. Without Qt."""

from collections import deque
from collections.abc import Callable, Iterable

from msgspec import Struct

LONGEST_THOUGHT_S = 60.0  # a longer wait between two decisions is a pause
WINDOW_S = 600.0  # of deciding, however long ago it began
SHORTEST_S = 10.0  # of deciding, before a number means anything


class _Step(Struct, frozen=True):
    photos: int
    duration_s: float


class Pace:
    """Each decision closes a step, which began with the decision before it; the first after a pause closes none.

    ``clock``: seconds, as ``time.monotonic`` gives them.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._steps: deque[_Step] = deque()
        self._photos, self._duration_s = 0, 0.0
        self._last_s: float | None = None
        self._seen: set[int] = set()

    def note(self, photo_ids: Iterable[int]) -> None:
        """These photos were decided on now. One that was decided on before does not count again."""
        fresh = set(photo_ids) - self._seen
        self._seen |= fresh
        now_s, last_s = self._clock(), self._last_s
        self._last_s = now_s
        if last_s is None or now_s - last_s > LONGEST_THOUGHT_S:
            return
        self._add(_Step(len(fresh), now_s - last_s))

    def photos_an_hour(self) -> int | None:
        """The pace; None before enough was decided to tell."""
        if self._duration_s < SHORTEST_S:
            return None
        return round(self._photos * 3600 / self._duration_s)

    def _add(self, step: _Step) -> None:
        self._steps.append(step)
        self._photos += step.photos
        self._duration_s += step.duration_s
        while self._duration_s - self._steps[0].duration_s >= WINDOW_S:
            gone = self._steps.popleft()
            self._photos -= gone.photos
            self._duration_s -= gone.duration_s
