"""What a rule would mark, worked out on the desk's worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from twinlens.domain.group import Mark
from twinlens.gui.jobs import Task
from twinlens.gui.thumbnails.runner import Runner
from twinlens.library.open import Library

if TYPE_CHECKING:
    from twinlens.review.duplicates import GroupList


@dataclass(frozen=True, slots=True)
class RulePreview:
    """The marks a rule asks for, and what would go."""

    number: int
    marks: dict[int, Mark | None]
    reject_count: int
    reject_bytes: int


class RuleDesk(QObject):
    """Only the newest question is answered."""

    worked_out = Signal(object)  # RulePreview
    failed = Signal(str)

    def __init__(self, library: Library, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._newest = 0
        self._task = Task(runner, self)
        self._task.done.connect(self._deliver)
        self._task.failed.connect(self.failed)

    def ask(self, rule: str, groups: "Sequence[GroupList]") -> None:
        """What would this rule do with these groups?"""
        self._newest += 1
        number, library, lists = self._newest, self._library, list(groups)

        def work() -> RulePreview | None:
            from twinlens.review.plan import plan_by_rule

            if number != self._newest:
                return None
            catalog = library.catalog()
            plan = plan_by_rule(catalog, lists, rule)
            marks: dict[int, Mark | None] = {}
            for paths, mark in (
                ([path for group in plan.groups for path in group.keep], Mark.KEEP),
                ([step.path for group in plan.groups for step in group.remove], Mark.REJECT),
            ):
                for path in paths:
                    photo = catalog.photos.by_path(path)
                    if photo is not None:
                        marks[photo.id] = mark
            return RulePreview(number, marks, plan.removal_count, plan.removal_bytes)

        self._task.run(work)

    @Slot(object)
    def _deliver(self, preview: RulePreview | None) -> None:
        if preview is not None and preview.number == self._newest:
            self.worked_out.emit(preview)
