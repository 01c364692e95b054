"""Rounds of matching beside the study: nobody waits, nothing is lost, events come from the scan's own thread."""

import threading
from collections.abc import Callable
from typing import cast

import pytest

from twinlens.domain.events import Event, RelationsChanged, Stage
from twinlens.domain.photo import PhotoId
from twinlens.domain.ports import Emit, GoOn, JobControl
from twinlens.library.open import Library
from twinlens.scanning.control import PauseStop
from twinlens.scanning.match import Matcher
from twinlens.scanning.progress import Progress
from twinlens.scanning.rounds import Rounds

PATIENCE_S = 20


class Slow:
    """A matcher whose rounds last until they are let go."""

    def __init__(self, emit: Emit, progress: Progress) -> None:
        self.emit, self.progress = emit, progress
        self.began, self.let_go = threading.Event(), threading.Event()
        self.rounds: list[list[PhotoId]] = []
        self.threads: set[int] = set()
        self.held: list[PhotoId] = []
        self.fault: Exception | None = None
        self.gaps_closed = False
        self.sparing = False

    def take(self, photo_ids: list[PhotoId]) -> None:
        self.held.extend(photo_ids)

    @property
    def is_due(self) -> bool:
        return len(self.held) >= 2

    @property
    def waiting(self) -> int:
        return len(self.held)

    @property
    def has_gaps(self) -> bool:
        return not self.gaps_closed

    def round(self, control: JobControl) -> bool:
        mine, self.held = self.held, []
        self.threads.add(threading.get_ident())
        self.rounds.append(mine)
        with self.progress.timed(Stage.MATCH):
            self.began.set()
            while not self.let_go.wait(0.01):
                if not control.proceed():
                    return False
            if self.fault:
                raise self.fault
            self.emit(RelationsChanged(len(mine)))
            self.progress.advance(Stage.MATCH, len(mine))
        return control.proceed()

    def close_gaps(self, control: JobControl) -> bool:
        self.gaps_closed = True
        return control.proceed()


class Scene:
    """Rounds over a slow matcher, and what they told."""

    def __init__(self, library: Library, control: JobControl, *, beside: bool = True) -> None:
        self.events: list[tuple[Event, int]] = []
        self.progress = Progress(self.heard)
        self.made: list[Slow] = []
        self.rounds = Rounds(library, self.make, control, self.heard, self.progress, beside=beside)
        self.matcher = self.made[0]

    def make(self, emit: Emit, progress: Progress) -> Matcher:
        self.made.append(Slow(emit, progress))
        return cast(Matcher, self.made[0])

    def heard(self, event: Event) -> None:
        self.events.append((event, threading.get_ident()))

    def until(self, happened: Callable[[], bool]) -> None:
        waiting = threading.Event()
        for _ in range(PATIENCE_S * 100):
            assert self.rounds.turn()
            if happened():
                return
            waiting.wait(0.01)
        pytest.fail("it did not happen")


def ids(*numbers: int) -> list[PhotoId]:
    return [PhotoId(number) for number in numbers]


def test_the_study_goes_on_while_a_round_is_under_way_and_nothing_is_lost(library: Library):
    scene = Scene(library, GoOn())
    matcher = scene.matcher
    with scene.rounds as rounds:
        rounds.take(ids(1, 2))
        assert rounds.turn()
        assert matcher.began.wait(PATIENCE_S)
        for number in range(3, 50):
            rounds.take(ids(number))
            assert rounds.turn()  # returns at once: the round still waits
        assert rounds.waiting == 47
        assert scene.events == []
        matcher.let_go.set()
        scene.until(lambda: len(matcher.rounds) == 2)
        rounds.take(ids(50))
        assert rounds.finish()
    assert [id_ for each in matcher.rounds for id_ in each] == list(range(1, 51))
    assert matcher.gaps_closed
    told = [event for event, _ in scene.events if isinstance(event, RelationsChanged)]
    assert sum(event.added for event in told) == 50
    assert {thread for _, thread in scene.events} == {threading.get_ident()}
    assert threading.get_ident() not in matcher.threads
    assert scene.progress.spent_s["match"] > 0


def test_a_round_that_is_told_to_stop_ends_the_scan(library: Library):
    control = PauseStop()
    scene = Scene(library, control)
    with scene.rounds as rounds:
        rounds.take(ids(1, 2))
        assert rounds.turn()
        assert scene.matcher.began.wait(PATIENCE_S)
        control.stop()
        assert not rounds.finish()
    assert not scene.matcher.gaps_closed


def test_a_fault_of_a_round_is_the_scans(library: Library):
    scene = Scene(library, GoOn())
    scene.matcher.fault = OSError("the disk is full")
    scene.matcher.let_go.set()

    def scan() -> None:
        with scene.rounds as rounds:
            rounds.take(ids(1, 2))
            scene.until(lambda: False)

    with pytest.raises(OSError, match="full"):
        scan()


def test_a_scan_that_fails_does_not_wait_for_the_round_to_come_to_its_end(library: Library):
    scene = Scene(library, GoOn())

    def scan() -> None:
        with scene.rounds as rounds:
            rounds.take(ids(1, 2))
            rounds.turn()
            assert scene.matcher.began.wait(PATIENCE_S)
            raise ValueError("of the study")

    with pytest.raises(ValueError, match="study"):
        scan()
    assert not scene.matcher.let_go.is_set()


def test_in_line_everything_happens_in_the_calling_thread(library: Library):
    scene = Scene(library, GoOn(), beside=False)
    scene.matcher.let_go.set()
    with scene.rounds as rounds:
        rounds.take(ids(1, 2))
        assert rounds.turn()
        assert scene.matcher.rounds == [ids(1, 2)]
        assert rounds.finish()
    assert scene.matcher.threads == {threading.get_ident()}


def test_a_round_under_way_has_every_core_when_the_study_has_ended(library: Library) -> None:
    """It may have most of a library before it: it must not go on as beside the study until it ends."""
    scene = Scene(library, GoOn())
    with scene.rounds as rounds:
        rounds.take([PhotoId(1), PhotoId(2)])
        scene.until(scene.matcher.began.is_set)
        assert scene.matcher.sparing
        freed: list[bool] = []

        def let_go() -> None:
            deadline = threading.Event()
            for _ in range(PATIENCE_S * 100):
                if not scene.matcher.sparing:
                    break
                deadline.wait(0.01)
            freed.append(not scene.matcher.sparing)
            scene.matcher.let_go.set()

        watching = threading.Thread(target=let_go)
        watching.start()
        assert rounds.finish()
        watching.join()
    assert freed == [True]
