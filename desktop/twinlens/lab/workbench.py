"""What an experiment works with: a library with the photos it is about, a way to be stopped, and ears for its progress."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from twinlens.domain.errors import TwinlensError
from twinlens.domain.events import WorkDone
from twinlens.domain.ports import Emit, GoOn, JobControl, no_events
from twinlens.library.open import Library

OpenLibrary = Callable[[Sequence[str]], AbstractContextManager[Library]]


class Stopped(Exception):
    """The user stopped the experiment; nothing of it is kept."""


class NothingToMeasure(TwinlensError):
    """There are no photos, or too few, for this question."""


@dataclass(slots=True)
class Workbench:
    """What the front ends give to ``Experiment.run``.

    ``library``: a context manager that gives the library, open for reading at least, with the photos under these folders in
    it (none: as it is). The terminal scans folders that were never scanned; the window, which has its own scans, says so.
    """

    library: OpenLibrary
    control: JobControl = field(default_factory=GoOn)
    emit: Emit = no_events

    def check(self) -> None:
        """Raise Stopped if the user wants no more; asked between two pieces of work."""
        if not self.control.proceed():
            raise Stopped

    def step(self, what: str, done: int, total: int | None) -> None:
        """Tell how far a step is ("Searching", 3, 10), and look whether to go on."""
        self.emit(WorkDone(what, done, total))
        self.check()
