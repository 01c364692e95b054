import threading

from twinlens.domain.events import Event, Stage, StageProgress
from twinlens.scanning.control import PauseStop
from twinlens.scanning.progress import INTERVAL_S, Progress


def answer_of(control: PauseStop) -> tuple[threading.Thread, threading.Event, list[bool]]:
    """Ask on another thread; the event is set when the answer is there."""
    answered, answers = threading.Event(), []

    def ask() -> None:
        answers.append(control.proceed())
        answered.set()

    thread = threading.Thread(target=ask)
    thread.start()
    return thread, answered, answers


def test_goes_on_until_stopped() -> None:
    control = PauseStop()
    assert control.proceed()
    control.stop()
    assert not control.proceed()
    assert control.stopped


def test_pause_holds_and_resume_lets_go() -> None:
    control = PauseStop()
    control.pause()
    assert control.paused
    thread, answered, answers = answer_of(control)
    assert not answered.wait(0.05)
    control.resume()
    thread.join()
    assert answers == [True]


def test_stop_ends_a_pause() -> None:
    control = PauseStop()
    control.pause()
    thread, _, answers = answer_of(control)
    control.stop()
    thread.join()
    assert answers == [False]


def test_a_pause_after_the_stop_holds_nobody() -> None:
    control = PauseStop()
    control.stop()
    control.pause()
    assert not control.proceed()
    assert not control.paused


class Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def begun(*, study: int | None = None, match: int | None = None) -> tuple[Progress, Clock, list[Event]]:
    """Progress that expects so much, its clock, and what it tells."""
    events: list[Event] = []
    clock = Clock()
    progress = Progress(events.append, clock)
    for stage, total in ((Stage.STUDY, study), (Stage.MATCH, match)):
        if total is not None:
            progress.expect(stage, total)
    return progress, clock, events


def told(events: list[Event]) -> list[StageProgress]:
    return [event for event in events if isinstance(event, StageProgress)]


def test_progress_tells_about_ten_times_a_second() -> None:
    progress, clock, events = begun(study=1000)
    with progress.timed(Stage.STUDY):
        for _ in range(1000):
            clock.now_s += 0.01
            progress.advance(Stage.STUDY)
    states = told(events)
    assert 90 <= len(states) <= 101
    assert [state.done for state in states] == sorted(state.done for state in states)
    assert {state.total for state in states} == {1000}
    assert abs(states[-1].photos_per_s - 100) < 1


def test_the_time_left_counts_every_stage_at_its_own_pace() -> None:
    progress, clock, events = begun(study=100, match=100)
    with progress.timed(Stage.STUDY):
        clock.now_s += 10.0
        progress.advance(Stage.STUDY, 50)  # 5 a second: 10 s more
        with progress.timed(Stage.MATCH):
            clock.now_s += 2.0
            progress.advance(Stage.MATCH, 50)  # 25 a second: 2 s more
        clock.now_s += INTERVAL_S
        progress.advance(Stage.STUDY, 0, show=True)
    remaining = told(events)[-1].remaining_s
    assert remaining is not None
    assert abs(remaining - 12.0) < 0.2
    assert progress.spent_s["match"] == 2.0
    assert abs(progress.spent_s["study"] - 10.1) < 0.001


def test_nothing_is_promised_before_anything_is_done() -> None:
    events: list[Event] = []
    progress = Progress(events.append, Clock())
    progress.advance(Stage.WALK, show=True)
    progress.expect(Stage.STUDY, 10)
    progress.advance(Stage.STUDY, 0, show=True)
    assert [state.remaining_s for state in told(events)] == [None, None]


def test_the_time_left_goes_by_the_pace_of_late() -> None:
    """Comparing has every core when the study has ended: the pace it had beside that says nothing any more."""
    progress, _, events = begun(match=10_000)
    for _ in range(60):
        progress.count(Stage.MATCH, 20, 1.0)  # 20 a second beside the study
    assert told(events)[-1].photos_per_s == 20
    for _ in range(40):
        progress.count(Stage.MATCH, 100, 1.0, show=True)
    state = told(events)[-1]
    assert abs(state.photos_per_s - 100) < 4
    assert state.remaining_s is not None
    assert abs(state.remaining_s - 48) < 2


def test_what_is_matched_during_the_study_is_not_waited_for_after_it() -> None:
    progress, clock, events = begun(study=1_000, match=1_000)
    with progress.timed(Stage.STUDY):
        clock.now_s += 10.0
        progress.advance(Stage.STUDY, 500)  # 10 s more
        progress.count(Stage.MATCH, 200, 2.0, show=True)  # 8 s more, 5 of them during the study
    remaining = told(events)[-1].remaining_s
    assert remaining is not None
    assert abs(remaining - 13.0) < 0.1
