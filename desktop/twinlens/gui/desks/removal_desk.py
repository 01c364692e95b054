"""Carrying out decisions and taking them back: plan, apply, undo, restore, purge."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from twinlens.domain.errors import PlanInvalid
from twinlens.domain.events import Event, StepsDone
from twinlens.domain.photo import PhotoId
from twinlens.domain.plan import DisposalKind
from twinlens.gui.jobs import EventRelay, Task
from twinlens.gui.thumbnails.runner import Runner
from twinlens.library.open import Library
from twinlens.preferences.quarantine_folder import chosen_quarantine_folder
from twinlens.scanning.control import PauseStop

if TYPE_CHECKING:
    from twinlens.domain.plan import Plan
    from twinlens.review.duplicates import GroupList


class ConsentNeeded(Struct, frozen=True):
    """Nothing was touched: some of the rejected photos have no copy that stays."""

    sentence: str
    count: int


class InsteadWish(Struct, frozen=True):
    """Another way than the quarantine. ``photo_ids``: these, instead of all that is rejected."""

    kind: DisposalKind
    folder: str | None = None
    photo_ids: tuple[int, ...] | None = None


class RemovalDesk(QObject):
    """One removal at a time. Reports are those of the review room.

    ``saving_marks``: what waits, on the worker, until the catalog has the marks that are set now: plans are made from there.
    """

    applied = Signal(object)  # ApplyReport
    undone = Signal(object)  # UndoReport
    restored = Signal(object)  # UndoReport
    purged = Signal(object)  # PurgeReport
    settled = Signal(object)  # list of sentences about interrupted removals that were settled
    progressed = Signal(object)  # StepsDone
    busyChanged = Signal(bool)
    consentNeeded = Signal(object)  # ConsentNeeded
    failed = Signal(str)

    def __init__(
        self,
        library: Library,
        runner: Runner,
        saving_marks: Callable[[], Callable[[], None]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._saving_marks = saving_marks
        self._answer: Callable[[object], None] = self._ignore
        self._busy = False
        self._control = PauseStop()
        self._relay = EventRelay(self)
        self._relay.arrived.connect(self._tell)
        self._task = Task(runner, self)
        self._task.done.connect(self._deliver)
        self._task.failed.connect(self._fail)

    @property
    def busy(self) -> bool:
        """Whether files are being moved."""
        return self._busy

    @Slot()
    def stop(self) -> None:
        """End what moves files; photos that it has not come to stay, what is done is kept."""
        self._control.stop()

    def apply_marks(self, groups: "Sequence[GroupList]", *, allow_without_copy: bool = False) -> None:
        """Move all rejected photos to the quarantine, each verified beside its keeper in one of ``groups``."""
        library, emit, shown, wait_for_marks = self._library, self._relay.emit_event, list(groups), self._saving_marks()

        def work() -> object:
            from twinlens.review.apply import apply_plan
            from twinlens.review.plan import plan_from_marks

            wait_for_marks()
            folder = chosen_quarantine_folder(library.preferences)
            try:
                plan = plan_from_marks(library, groups=shown, allow_without_copy=allow_without_copy)
            except PlanInvalid as error:
                if allow_without_copy:
                    raise
                count = plan_from_marks(library, groups=shown, allow_without_copy=True).removal_count
                return ConsentNeeded(str(error), count)
            kind, control = DisposalKind.QUARANTINE, self._control
            report = apply_plan(library, plan, kind, quarantine_folder=folder, control=control, emit=emit)
            return replace(report, waiting=plan.waiting)

        self._run(work, self._tell_applied)

    def apply_instead(self, wish: InsteadWish, groups: "Sequence[GroupList]") -> None:
        """Link, move or copy what is rejected, or the photos of the wish, with the checks of any removal."""
        library, emit, shown, wait_for_marks = self._library, self._relay.emit_event, list(groups), self._saving_marks()

        def work() -> object:
            from twinlens.review.apply import apply_plan

            wait_for_marks()
            plan, stays = plan_of_wish(library, wish, shown), wish.kind is DisposalKind.COPY  # of which nothing goes
            control = self._control
            return apply_plan(
                library, plan, wish.kind, folder=wish.folder, allow_without_copy=stays, control=control, emit=emit
            )

        self._run(work, self._tell_applied)

    def undo(self, session_id: int | None) -> None:
        """Take back this removal, or the newest that was not taken back."""
        library, emit = self._library, self._relay.emit_event

        def work() -> object:
            from twinlens.review.undo import undo_session

            return undo_session(library, session_id, self._control, emit)

        self._run(work, self.undone.emit)

    def turn(self, deed_id: int, *, undo: bool) -> None:
        """Take a deed that moved files back, or do it again; the answer is ``applied`` or ``undone``."""
        library, emit = self._library, self._relay.emit_event

        def work() -> object:
            from twinlens.review.deed_files import turn_files

            folder = chosen_quarantine_folder(library.preferences)
            return turn_files(library, deed_id, undo=undo, control=self._control, emit=emit, quarantine_folder=folder)

        self._run(work, self._tell_turned)

    def restore(self, step_ids: Sequence[int]) -> None:
        """Put single photos back from the quarantine."""
        library, steps = self._library, list(step_ids)

        def work() -> object:
            from twinlens.review.undo import restore_steps

            return restore_steps(library, steps)

        self._run(work, self.restored.emit)

    def purge(self, step_ids: Sequence[int], *, allow_without_copy: bool = False) -> None:
        """Remove photos from the quarantine for good. The window has asked the user before."""
        library, steps = self._library, list(step_ids)

        def work() -> object:
            from twinlens.review.quarantine_contents import purge

            return purge(library, steps, allow_without_copy=allow_without_copy)

        self._run(work, self.purged.emit)

    def settle(self) -> None:
        """Finish what a crash interrupted, at the start, and empty what has waited as long as the settings say."""
        library = self._library

        def work() -> object:
            from twinlens.review.quarantine_due import settle_and_empty

            return settle_and_empty(library)

        self._run(work, self.settled.emit)

    def _run(self, work: Callable[[], object], answer: Callable[[object], None]) -> None:
        if self._library.read_only:
            self.failed.emit(self.tr("The library is open for reading only here, so no photo is moved."))
            return
        if self._busy:
            self.failed.emit(self.tr("Photos are still being moved; try again in a moment."))
            return
        self._answer = answer
        self._control = PauseStop()
        self._set_busy(True)
        self._task.run(work)

    @Slot(object)
    def _deliver(self, report: object) -> None:
        self._set_busy(False)
        self._answer(report)

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._set_busy(False)
        self.failed.emit(sentence)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.busyChanged.emit(busy)

    @Slot(object)
    def _tell(self, events: list[Event]) -> None:
        steps = [event for event in events if isinstance(event, StepsDone)]
        if steps:
            self.progressed.emit(steps[-1])

    def _tell_applied(self, report: object) -> None:
        if isinstance(report, ConsentNeeded):
            self.consentNeeded.emit(report)
        else:
            self.applied.emit(report)

    def _tell_turned(self, report: object) -> None:
        (self.undone if hasattr(report, "restored") else self.applied).emit(report)

    @staticmethod
    def _ignore(_report: object) -> None:
        """No answer is awaited."""


def plan_of_wish(library: Library, wish: InsteadWish, groups: "Sequence[GroupList]") -> "Plan":
    """The plan that a wish is about; on a worker."""
    from twinlens.review.plan import plan_from_marks

    chosen = None if wish.photo_ids is None else [PhotoId(photo_id) for photo_id in wish.photo_ids]
    return plan_from_marks(library, groups=groups, chosen=chosen, allow_without_copy=wish.kind is DisposalKind.COPY)
