"""The lists of the library, read on the desk's worker: sources, quarantine, problems."""

from msgspec import Struct
from PySide6.QtCore import QObject, Signal, Slot

from twinlens.catalog.sources import Source
from twinlens.domain.events import ProblemFound
from twinlens.domain.plan import Receipt
from twinlens.domain.protection import ProtectedFolder
from twinlens.domain.relation import PhotoClass
from twinlens.gui.jobs import Task
from twinlens.gui.thumbnails.runner import Runner
from twinlens.library.open import Library


class Records(Struct, frozen=True):
    """All the lists at one moment.

    ``removed_bytes``: of all photos that were removed and not put back; ``waiting_bytes``: of those in the quarantine.
    ``removed_scores``: how sure the matches of those were, see the journal.
    ``freeing_bytes``: what emptying it would free, other names of the same files not counted.
    """

    sources: tuple[Source, ...]
    waiting: tuple[Receipt, ...]
    problems: tuple[ProblemFound, ...]
    photo_count: int
    total_bytes: int
    removed_bytes: int = 0
    waiting_bytes: int = 0
    protected: tuple[ProtectedFolder, ...] = ()
    freeing_bytes: int = 0
    removed_scores: tuple[tuple[PhotoClass, float, int], ...] = ()


EMPTY = Records((), (), (), 0, 0)


class RecordDesk(QObject):
    """Reads the lists when asked; requests made while one is under way become one."""

    changed = Signal(object)  # Records
    failed = Signal(str)

    def __init__(self, library: Library, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._busy = self._again = False
        self.records = EMPTY
        self._task = Task(runner, self)
        self._task.done.connect(self._deliver)
        self._task.failed.connect(self._fail)

    @Slot()
    def refresh(self) -> None:
        """Read the lists again."""
        if self._busy:
            self._again = True
            return
        self._busy = True
        self._task.run(self._read)

    def forget_source(self, source: Source) -> None:
        """Take a folder and its photos out of the library, then read again."""
        library = self._library

        def forget_and_read() -> Records:
            catalog = library.catalog()
            with catalog.transaction():
                known = catalog.photos.known_under(source.volume, source.relative_path)
                catalog.sources.remove(source.volume, source.relative_path)
                catalog.photos.remove([file.photo_id for file in known.values()])
            return self._read()

        self._busy = True
        self._task.run(forget_and_read)

    def _read(self) -> Records:
        from twinlens.review.quarantine_contents import waiting
        from twinlens.review.quarantine_due import freeing_bytes

        catalog = self._library.catalog()
        receipts = tuple(waiting(catalog))
        return Records(
            tuple(catalog.sources.all()),
            receipts,
            tuple(catalog.problems.all()),
            catalog.photos.count(),
            catalog.photos.total_bytes(),
            *catalog.journal.removed_bytes(),
            catalog.protection.all(),
            freeing_bytes(receipts),
            tuple(catalog.journal.removed_scores()),
        )

    @Slot(object)
    def _deliver(self, records: Records) -> None:
        self._busy = False
        self.records = records
        self.changed.emit(records)
        if self._again:
            self._again = False
            self.refresh()

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._busy = self._again = False
        self.failed.emit(sentence)
