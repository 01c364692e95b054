"""Questions of which only the newest counts: one is answered at a time, and of those that come meanwhile the last follows."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from twinlens.gui.jobs import Task
from twinlens.gui.thumbnails.runner import Runner


class NewestTask(QObject):
    """Like a Task, for questions that come faster than they are answered."""

    done = Signal(object)
    failed = Signal(str)

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._task = Task(runner, self)
        self._task.done.connect(self._deliver)
        self._task.failed.connect(self._fail)
        self._is_busy = False
        self._next: Callable[[], object] | None = None

    def run(self, work: Callable[[], object]) -> None:
        """Run ``work`` now, or when what runs is done; what was still waiting is never begun."""
        self._next = work
        self._begin()

    def forget(self) -> None:
        """Nobody waits any more."""
        self._next = None

    def _begin(self) -> None:
        if self._is_busy or self._next is None:
            return
        work, self._next, self._is_busy = self._next, None, True
        self._task.run(work)

    @Slot(object)
    def _deliver(self, answer: object) -> None:
        self._is_busy = False
        self.done.emit(answer)
        self._begin()

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._is_busy = False
        self.failed.emit(sentence)
