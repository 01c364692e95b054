"""Telling how far a scan is: throttled, and with the time left over all stages."""

import time
from collections.abc import Callable

from twinlens.domain.events import Stage, StageProgress
from twinlens.domain.ports import Emit
from twinlens.scanning.pace import Pace

INTERVAL_S = 0.1
BESIDE_SHARE = 0.5  # of the time of a study, matching beside it has at most this


class Progress:
    """Counts a scan's work and emits ``StageProgress`` about ten times a second."""

    def __init__(self, emit: Emit, clock: Callable[[], float] = time.monotonic) -> None:
        self._emit = emit
        self._clock = clock
        self._last_s = -INTERVAL_S
        self._began_s: dict[Stage, float] = {}
        self._running: list[Stage] = []
        self._spent_s: dict[Stage, float] = dict.fromkeys(Stage, 0.0)
        self._done: dict[Stage, int] = dict.fromkeys(Stage, 0)
        self._total: dict[Stage, int | None] = dict.fromkeys(Stage)
        self._pace = {stage: Pace() for stage in Stage}
        self._beside: set[Stage] = set()  # what goes on at the same time as the study

    @property
    def spent_s(self) -> dict[str, float]:
        """Seconds of each stage so far, by its name."""
        return {stage.value: round(seconds, 4) for stage, seconds in self._spent_s.items()}

    def expect(self, stage: Stage, total: int) -> None:
        """Say how much a stage will have to do."""
        self._total[stage] = total

    def timed(self, stage: Stage) -> "_Timed":
        """A context whose time counts for ``stage``."""
        return _Timed(self, stage)

    def count(self, stage: Stage, count: int, spent_s: float, *, show: bool = False) -> None:
        """Count work that another thread did, and the time that it took there."""
        self._spent_s[stage] += spent_s
        self._beside.add(stage)
        self.advance(stage, count, show=show)

    def advance(self, stage: Stage, count: int = 1, *, show: bool = False) -> None:
        """Count work done; emits if it is time, or at once with ``show``."""
        self._done[stage] += count
        now = self._clock()
        self._pace[stage].note(self._seconds(stage, now), self._done[stage])
        if show or now - self._last_s >= INTERVAL_S:
            self._last_s = now
            self._emit(self._state(stage, now))

    def _state(self, stage: Stage, now: float) -> StageProgress:
        done, total = self._done[stage], self._total[stage]
        spent = self._seconds(stage, now)
        each_s = self._pace[stage].each_s(spent, done)
        rate = 1 / each_s if each_s else 0.0
        remaining = self._remaining_s(now) if total is not None else None
        return StageProgress(stage, done, total, rate, remaining)

    def _seconds(self, stage: Stage, now: float) -> float:
        began = self._began_s.get(stage)
        return self._spent_s[stage] + (now - began if began is not None else 0.0)

    def _remaining_s(self, now: float) -> float | None:
        """Study and matching each go on at their pace of late; None while nothing can be said."""
        left_s = {stage: self._left_s(stage, now) for stage in (Stage.STUDY, Stage.MATCH)}
        study_s, match_s = left_s[Stage.STUDY], left_s[Stage.MATCH]
        if study_s is None:
            return None
        meanwhile_s = BESIDE_SHARE * study_s if Stage.MATCH in self._beside else 0.0
        return study_s + max(0.0, (match_s or 0.0) - meanwhile_s)

    def _left_s(self, stage: Stage, now: float) -> float | None:
        total, done = self._total[stage], self._done[stage]
        if total is None or done >= total:
            return 0.0
        each_s = self._pace[stage].each_s(self._seconds(stage, now), done)
        return None if each_s is None else each_s * (total - done)


class _Timed:
    """While one stage runs inside another, the outer one's clock stands still."""

    def __init__(self, progress: Progress, stage: Stage) -> None:
        self._progress = progress
        self._stage = stage

    def __enter__(self) -> None:
        progress, now = self._progress, self._progress._clock()
        if progress._running:
            outer = progress._running[-1]
            progress._spent_s[outer] += now - progress._began_s.pop(outer)
        progress._running.append(self._stage)
        progress._began_s[self._stage] = now

    def __exit__(self, *_: object) -> None:
        progress, now = self._progress, self._progress._clock()
        progress._running.pop()
        progress._spent_s[self._stage] += now - progress._began_s.pop(self._stage)
        if progress._running:
            progress._began_s[progress._running[-1]] = now
