"""Reports of groups, written by a worker of their own: thousands of groups take a while."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from twinlens.gui.jobs import Task
from twinlens.gui.thumbnails.runner import Runner
from twinlens.library.open import Library

if TYPE_CHECKING:
    from twinlens.review.data import ReviewData
    from twinlens.review.duplicates import GroupList


class ReportDesk(QObject):
    """Belongs to the GUI thread. One report at a time."""

    written = Signal(object)  # path
    failed = Signal(str)

    def __init__(self, library: Library, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._is_wanted = True
        self._task = Task(runner, self)
        self._task.done.connect(self.written)
        self._task.failed.connect(self.failed)

    def write(self, data: "ReviewData", lists: "tuple[GroupList, ...]", path: str) -> None:
        """Write these groups into a file; its ending says in which form."""
        library = self._library

        def work() -> str:
            from twinlens.review.report.found import Found
            from twinlens.review.report.writing import write_report

            problems = tuple(library.catalog().problems.all())
            write_report(library, Found(data, lists, problems, lambda: self._is_wanted), path)
            return path

        self._task.run(work)

    def shut_down(self) -> None:
        """Nobody waits any more: what is being written ends soon, and leaves no file."""
        self._is_wanted = False
