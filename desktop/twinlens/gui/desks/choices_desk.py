"""What the groups can be filtered by, worked out on the desk's worker when someone wants to choose."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from twinlens.gui.jobs import Task
from twinlens.gui.thumbnails.runner import Runner

if TYPE_CHECKING:
    from twinlens.review.duplicates import GroupList
    from twinlens.review.filter_choices import FilterChoices


class ChoicesDesk(QObject):
    """Answers one question at a time; the newest of those that come meanwhile follows."""

    found = Signal(object, object)  # what was asked with, FilterChoices
    failed = Signal(str)

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._task = Task(runner, self)
        self._task.done.connect(self._deliver)
        self._task.failed.connect(self._fail)
        self._busy = False
        self._next: tuple[object, list[GroupList]] | None = None

    def ask(self, about: object, lists: "Sequence[GroupList]") -> None:
        """What can these groups be filtered by? ``about`` comes back with the answer."""
        self._next = (about, list(lists))
        self._begin()

    def forget(self) -> None:
        """Nobody waits any more."""
        self._next = None

    def _begin(self) -> None:
        if self._busy or self._next is None:
            return
        about, lists = self._next
        self._busy, self._next = True, None

        def work() -> "tuple[object, FilterChoices]":
            from twinlens.review.filter_choices import filter_choices

            return about, filter_choices(lists)

        self._task.run(work)

    @Slot(object)
    def _deliver(self, answer: "tuple[object, FilterChoices]") -> None:
        self._busy = False
        self.found.emit(*answer)
        self._begin()

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._busy = False
        self.failed.emit(sentence)
