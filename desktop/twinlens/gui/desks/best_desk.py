"""Which marks keeping the best of bursts asks for: worked out on the desk's worker."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from twinlens.gui.jobs import Task
from twinlens.gui.thumbnails.runner import Runner

if TYPE_CHECKING:
    from twinlens.review.duplicates import GroupList


class BestDesk(QObject):
    """Belongs to the GUI thread."""

    worked_out = Signal(object)  # BestMarks
    failed = Signal(str)

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task = Task(runner, self)
        self._task.done.connect(self.worked_out)
        self._task.failed.connect(self.failed)

    def ask(self, groups: "GroupList", numbers: Sequence[int] | None, keep: int) -> None:
        """What would stay of these bursts, or of all in this list?"""

        def work() -> object:
            import numpy as np

            from twinlens.review.best_marks import best_marks

            wanted = np.arange(len(groups)) if numbers is None else np.array(numbers, np.int64)
            return best_marks(groups, wanted, keep)

        self._task.run(work)
