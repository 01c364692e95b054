"""Undo, redo and "not duplicates": on the worker that writes marks, so behind every mark that was set before."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Signal, Slot

from twinlens.domain.deed import DeedKind
from twinlens.domain.photo import PhotoId
from twinlens.gui.desks.mark_desk import MarkDesk
from twinlens.gui.desks.pending_writes import PendingWrites
from twinlens.gui.jobs import Task
from twinlens.gui.thumbnails.runner import Runner
from twinlens.library.open import Library

if TYPE_CHECKING:
    from twinlens.review.decisions import Horizon, Turned


class _Answer(Struct, frozen=True):
    turned: "Turned"
    order: int


class DecisionDesk(QObject):
    """Knows what undo and redo would do. Belongs to the GUI thread.

    A removal waits for what is under way here, as it does for marks.
    """

    horizonChanged = Signal(object)  # Horizon
    turned = Signal(object)  # Turned: marks or verdicts were taken back, or done again
    filesWanted = Signal(int, bool)  # a deed that moves files, and whether it is to be undone
    nothingLeft = Signal(bool)  # whether it was to undo
    verdictsChanged = Signal()
    parted = Signal(int)  # so many photos are no duplicates of each other; 0 where nothing new was said
    failed = Signal(str)

    def __init__(
        self,
        library: Library,
        marks: MarkDesk,
        pending: PendingWrites,
        runner: Runner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library, self._marks, self._pending = library, marks, pending
        self._horizon: Horizon | None = None
        self._turning, self._parting, self._looking = Task(runner, self), Task(runner, self), Task(runner, self)
        self._turning.done.connect(self._take)
        self._parting.done.connect(self._tell_parted)
        self._looking.done.connect(self._show)
        for task in (self._turning, self._parting, self._looking):
            task.failed.connect(self.failed)
        marks.written.connect(self.refresh)

    @property
    def horizon(self) -> "Horizon | None":
        """What undo and redo would do, as last told; None before that was known."""
        return self._horizon

    @Slot()
    def refresh(self) -> None:
        """Something was decided elsewhere: look again at what undo would do."""
        library = self._library

        def look() -> object:
            from twinlens.review.decisions import horizon

            return horizon(library.catalog())

        self._looking.run(look)

    def undo(self, deed_id: int | None = None) -> None:
        """Take back the newest deed, or this one."""
        self._turn(deed_id, undo=True)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._turn(None, undo=False)

    def part(self, families: Sequence[Sequence[int]]) -> None:
        """The photos of each of these are no duplicates of each other; remembered by content."""
        library, ids = self._library, [[PhotoId(photo_id) for photo_id in family] for family in families]

        def write() -> int:
            from twinlens.review import decisions

            return sum(map(len, ids)) if decisions.part(library, ids) is not None else 0

        self._parting.run(write)

    def _turn(self, deed_id: int | None, *, undo: bool) -> None:
        library, order, pending = self._library, self._marks.order, self._pending

        def work() -> _Answer:
            from twinlens.review import decisions

            try:
                return _Answer(decisions.turn(library, deed_id, undo=undo), order)
            finally:
                pending.end(lost=False)  # where it fails, the screen still shows what is in the catalog

        pending.begin()
        self._turning.run(work)

    @Slot(object)
    def _take(self, answer: _Answer) -> None:
        turned = answer.turned
        self._show(turned.horizon)
        if turned.deed is None:
            self.nothingLeft.emit(turned.is_undo)
        elif turned.moves_files:
            self.filesWanted.emit(turned.deed.id, turned.is_undo)
        else:
            if turned.deed.kind is DeedKind.VERDICTS:
                self.verdictsChanged.emit()
            else:
                self._marks.take_over(turned.marks, answer.order)
            self.turned.emit(turned)

    @Slot(object)
    def _tell_parted(self, count: int) -> None:
        if count:
            self.verdictsChanged.emit()
        self.parted.emit(count)
        self.refresh()

    @Slot(object)
    def _show(self, horizon: "Horizon") -> None:
        if horizon != self._horizon:
            self._horizon = horizon
            self.horizonChanged.emit(horizon)
