"""Progress: lines for logs, a bar for terminals, nothing on standard output."""

import sys

import pytest

from twinlens.cli import progress as progress_room
from twinlens.cli.progress import progress
from twinlens.domain.events import Event, PhotosGone, Stage, StageProgress, StepsDone
from twinlens.domain.photo import PhotoId

EVENTS: tuple[Event, ...] = (
    StageProgress(Stage.WALK, 12, None, 0.0, None),
    PhotosGone((PhotoId(1),)),
    StageProgress(Stage.STUDY, 1200, 5000, 41.7, 91.2),
    StepsDone(3, 10, 1),
)


class Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def monotonic(self) -> float:
        return self.now_s


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(progress_room, "time", clock)
    return clock


def test_a_line_every_few_seconds(clock: Clock, capsys: pytest.CaptureFixture[str]):
    with progress() as emit:
        for event in EVENTS:
            emit(event)
            clock.now_s += 1.6
            emit(event)
            clock.now_s += 1.6
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == [
        "Reading photos: 1,200 of 5,000, 42 photos/s, 1:31 left",
        "4 of 10 photos, 1 refused",
    ]


def test_a_quick_job_says_nothing(clock: Clock, capsys: pytest.CaptureFixture[str]):
    with progress() as emit:
        for event in EVENTS:
            emit(event)
    assert capsys.readouterr().err == ""


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    with progress() as emit:
        for event in EVENTS:
            emit(event)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Reading photos" in captured.err
    assert "1200/5000" in captured.err
    assert "1 refused" in captured.err
