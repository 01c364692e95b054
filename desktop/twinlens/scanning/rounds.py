"""The rounds of matching beside the study: on a thread of their own, so that neither waits for the other."""

import queue
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from types import TracebackType
from typing import Self

from twinlens.domain.events import Event, Stage
from twinlens.domain.photo import PhotoId
from twinlens.domain.ports import Emit, JobControl, no_events
from twinlens.isolation.precedence import thread_gives_way
from twinlens.library.open import Library
from twinlens.scanning.match import Matcher
from twinlens.scanning.progress import Progress

Call = Callable[[], None]


class Rounds:
    """Takes newly studied photos and has them matched in rounds. A context: leaving it waits for the round under way.

    Events and progress are handed on by the thread that calls ``turn`` and ``finish``, whatever thread matches. With
    ``beside`` false every round runs in the calling thread.
    """

    def __init__(
        self,
        library: Library,
        make: Callable[[Emit, Progress], Matcher],
        control: JobControl,
        emit: Emit,
        progress: Progress,
        *,
        beside: bool = True,
    ) -> None:
        self._library = library
        self._emit = emit
        self._calls: queue.SimpleQueue[Call] = queue.SimpleQueue()
        self._control = _UntilLeft(control)
        self._used = False
        self._studied: list[PhotoId] = []
        self._under_way: Future[bool] | None = None
        self._pool = ThreadPoolExecutor(1, "twinlens-match", thread_gives_way) if beside else None
        self._progress = _Relayed(progress, self._calls.put) if beside else progress
        self._matcher = make(self._tell if beside else emit, self._progress)
        self._matcher.sparing = beside

    @property
    def waiting(self) -> int:
        """How many photos wait to be matched."""
        return self._matcher.waiting + len(self._studied)

    def take(self, photo_ids: list[PhotoId]) -> None:
        """Remember newly studied photos."""
        self._studied.extend(photo_ids)

    def turn(self) -> bool:
        """Hand on what happened and begin a round if one is due; False when one was told to stop. Takes no time."""
        self._hand_on()
        if self._under_way is not None:
            if not self._under_way.done():
                return True
            ended, self._under_way = self._under_way, None
            if not ended.result():
                return False
        self._give()
        if self._matcher.is_due:
            if self._pool is None:
                return self._matcher.round(self._control)
            self._under_way = self._begin(self._pool, self._matcher.round)
        return True

    def finish(self) -> bool:
        """Match all that wait and close the gaps; False when told to stop."""
        finished = self._all_matched()
        self._hand_on()
        return finished

    def _all_matched(self) -> bool:
        # The study needs nothing any more, and a round under way may have most of a library before it.
        self._matcher.sparing = False
        if self._under_way is not None:
            ended, self._under_way = self._under_way, None
            if not self._watched(ended):
                return False
        self._give()
        return self._run(self._matcher.round) and self._run(self._matcher.close_gaps)

    def _run(self, work: Callable[[JobControl], bool]) -> bool:
        return work(self._control) if self._pool is None else self._watched(self._begin(self._pool, work))

    def _begin(self, pool: ThreadPoolExecutor, work: Callable[[JobControl], bool]) -> "Future[bool]":
        self._used = True
        return pool.submit(self._done, work)

    def _done(self, work: Callable[[JobControl], bool]) -> bool:
        """On the thread of matching: the work, and the time that it took."""
        try:
            return work(self._control)
        finally:
            self._progress.advance(Stage.MATCH, 0)

    def _watched(self, work: "Future[bool]") -> bool:
        """The result, handing on events until it is there."""
        work.add_done_callback(lambda _: self._calls.put(_nothing))
        while not work.done():
            self._calls.get()()
        return work.result()

    def _give(self) -> None:
        studied, self._studied = self._studied, []
        self._matcher.take(studied)

    def _tell(self, event: Event) -> None:
        self._calls.put(partial(self._emit, event))

    def _hand_on(self) -> None:
        while not self._calls.empty():
            self._calls.get()()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._control.left = True
        if self._pool is not None:
            if self._used:
                self._pool.submit(self._library.release_thread)
            self._pool.shutdown(wait=True)


class _UntilLeft:
    """The scan's own control, until the scan has failed meanwhile."""

    def __init__(self, control: JobControl) -> None:
        self._control = control
        self.left = False

    def proceed(self) -> bool:
        return not self.left and self._control.proceed()


class _Relayed(Progress):
    """Progress made on another thread: counted by the one that hands on."""

    def __init__(self, progress: Progress, relay: Callable[[Call], None]) -> None:
        super().__init__(no_events)
        self._progress = progress
        self._relay = relay

    def advance(self, stage: Stage, count: int = 1, *, show: bool = False) -> None:
        spent_s, self._spent_s[stage] = self._seconds(stage, self._clock()), 0.0
        if stage in self._began_s:
            self._began_s[stage] = self._clock()
        self._relay(partial(self._progress.count, stage, count, spent_s, show=show))


def _nothing() -> None:
    """Wakes the one who waits for calls."""
