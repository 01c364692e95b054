"""How long a photo takes of late: what a scan does beside other work, or before it, says little of what comes."""

from collections import deque

WINDOW_S = 30.0
_STEP_S = 1.0


class Pace:
    """The seconds that a photo takes, over the last ``WINDOW_S`` of work, or of all of it while none of that is done."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque([(0.0, 0)])

    def note(self, spent_s: float, done: int) -> None:
        """So many photos were done within so many seconds of work."""
        if spent_s - self._marks[-1][0] >= _STEP_S:
            self._marks.append((spent_s, done))
        while len(self._marks) > 1 and self._marks[1][0] <= spent_s - WINDOW_S:
            self._marks.popleft()

    def each_s(self, spent_s: float, done: int) -> float | None:
        """Seconds a photo, None before the first is done."""
        since_s, before = self._marks[0]
        if done > before:
            return (spent_s - since_s) / (done - before)
        return spent_s / done if done else None
