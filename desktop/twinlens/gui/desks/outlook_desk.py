"""What linking, moving or copying would do, worked out on the desk's worker; only the newest question is answered."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from twinlens.domain.errors import PlanInvalid
from twinlens.gui.desks.removal_desk import InsteadWish, plan_of_wish
from twinlens.gui.newest_task import NewestTask
from twinlens.gui.thumbnails.runner import Runner
from twinlens.library.open import Library

if TYPE_CHECKING:
    from twinlens.review.duplicates import GroupList


class OutlookDesk(QObject):
    """``saving_marks``: as for the desk of removals."""

    told = Signal(object)  # Outlook, or the sentence (str) that stands against the plan as a whole
    failed = Signal(str)

    def __init__(
        self,
        library: Library,
        runner: Runner,
        saving_marks: Callable[[], Callable[[], None]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library, self._saving_marks = library, saving_marks
        self._task = NewestTask(runner, self)
        self._task.done.connect(self.told)
        self._task.failed.connect(self.failed)

    def ask(self, wish: InsteadWish, groups: "Sequence[GroupList]") -> None:
        """What could be done of this? The answer is ``told``."""
        library, shown, wait_for_marks = self._library, list(groups), self._saving_marks()

        def work() -> object:
            from twinlens.review.instead import outlook

            wait_for_marks()
            try:
                return outlook(plan_of_wish(library, wish, shown), wish.kind, wish.folder)
            except PlanInvalid as error:
                return str(error)

        self._task.run(work)

    def forget(self) -> None:
        """Nobody asks any more."""
        self._task.forget()
