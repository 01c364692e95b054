"""What the groups can be filtered by, worked out on the desk's worker when someone wants to choose."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from twinlens.gui.newest_task import NewestTask
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
        self._task = NewestTask(runner, self)
        self._task.done.connect(self._deliver)
        self._task.failed.connect(self.failed)

    def ask(self, about: object, lists: "Sequence[GroupList]") -> None:
        """What can these groups be filtered by? ``about`` comes back with the answer."""
        asked = list(lists)

        def work() -> "tuple[object, FilterChoices]":
            from twinlens.review.filter_choices import filter_choices

            return about, filter_choices(asked)

        self._task.run(work)

    def forget(self) -> None:
        """Nobody waits any more."""
        self._task.forget()

    @Slot(object)
    def _deliver(self, answer: "tuple[object, FilterChoices]") -> None:
        self.found.emit(*answer)
