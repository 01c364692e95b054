"""Progress on standard error: a bar on a terminal, a line every few seconds elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from twinlens.cli.output import say
from twinlens.domain.events import Event, Stage, StageProgress, StepsDone, WorkDone
from twinlens.domain.ports import Emit

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

LINE_INTERVAL_S = 3.0

_STAGES = {
    Stage.WALK: "Looking through folders",
    Stage.STUDY: "Reading photos",
    Stage.MATCH: "Comparing photos",
    Stage.SAVE: "Saving",
}


@contextmanager
def progress() -> Iterator[Emit]:
    """What a job sends its events to."""
    if not sys.stderr.isatty():
        yield _Lines().take
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}", style="dim"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield _Bar(bar).take


class _Lines:
    """For logs and pipes."""

    def __init__(self) -> None:
        self._last_s = time.monotonic()

    def take(self, event: Event) -> None:
        """Write a line if the last one is some seconds old."""
        if time.monotonic() - self._last_s < LINE_INTERVAL_S:
            return
        words = _words(event)
        if words:
            self._last_s = time.monotonic()
            say(words)


class _Bar:
    """For a terminal."""

    def __init__(self, bar: "Progress") -> None:
        self._bar = bar
        self._tasks: dict[str, TaskID] = {}
        self._work = ""  # the piece of work that has its line now

    def take(self, event: Event) -> None:
        """Move the bar."""
        if isinstance(event, StageProgress):
            self._move(_STAGES[event.stage], event.done, event.total, _pace(event))
        elif isinstance(event, StepsDone):
            refused = f"{event.refused} refused" if event.refused else ""
            self._move("Photos", event.done + event.refused, event.total, refused)
        elif isinstance(event, WorkDone):
            self._only(event.what)
            self._move(event.what, event.done, event.total, "")

    def _only(self, what: str) -> None:
        """Pieces of work take each other's line: there may be dozens."""
        if self._work and self._work != what:
            self._bar.remove_task(self._tasks.pop(self._work))
        self._work = what

    def _move(self, title: str, done: int, total: int | None, pace: str) -> None:
        if title not in self._tasks:
            self._tasks[title] = self._bar.add_task(title, total=total, pace="")
        self._bar.update(self._tasks[title], completed=done, total=total, pace=pace)


def _words(event: Event) -> str:
    if isinstance(event, StageProgress):
        total = "" if event.total is None else f" of {event.total:,}"
        pace = _pace(event)
        return f"{_STAGES[event.stage]}: {event.done:,}{total}{', ' + pace if pace else ''}"
    if isinstance(event, StepsDone):
        return f"{event.done + event.refused:,} of {event.total:,} photos, {event.refused:,} refused"
    if isinstance(event, WorkDone):
        return f"{event.what}: {event.done:,}" + ("" if event.total is None else f" of {event.total:,}")
    return ""


def _pace(event: StageProgress) -> str:
    if event.stage not in (Stage.STUDY, Stage.MATCH):
        return ""
    parts = []
    if event.photos_per_s > 0:
        parts.append(f"{event.photos_per_s:,.0f} photos/s")
    if event.remaining_s is not None:
        minutes, seconds = divmod(round(event.remaining_s), 60)
        parts.append(f"{minutes}:{seconds:02d} left")
    return ", ".join(parts)
