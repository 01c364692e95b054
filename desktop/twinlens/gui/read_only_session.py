"""A session on a library that another window writes to: everything can be looked at, nothing changed."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Slot

from twinlens.catalog.sources import Source
from twinlens.domain.deed import Origin
from twinlens.domain.group import Mark
from twinlens.gui.desks.writer_desk import WriterDesk
from twinlens.gui.jobs import Workers
from twinlens.gui.session import LibrarySession
from twinlens.library.open import Library


class ReadOnlySession(LibrarySession):
    """Follows what the writer does. Whatever would change something says that it does not."""

    def __init__(self, library: Library, workers: Workers | None = None, parent: QObject | None = None) -> None:
        super().__init__(library, workers, parent)
        self.writer = WriterDesk(library, self.workers.desk, self)
        self.writer.changed.connect(self._follow)
        self.writer.failed.connect(self.failed)

    @Slot()
    def rescan(self) -> None:
        """The writer does that."""

    def add_folders(self, folders: Iterable[str]) -> None:
        """Not here."""
        self._refuse_all()

    def mark_many(self, wanted: Mapping[int, Mark | None], origin: str = Origin.HAND, detail: str = "") -> None:
        """Not here."""
        self._refuse_all()

    def refuse(self, families: Sequence[Sequence[int]]) -> None:
        """Not here."""
        self._refuse_all()

    def remove_rejects(self) -> None:
        """Not here."""
        self._refuse_all()

    def remove_all_the_same(self) -> None:
        """Not here."""
        self._refuse_all()

    def forget_source(self, source: Source) -> None:
        """Not here."""
        self._refuse_all()

    @Slot()
    def undo(self) -> None:
        """Not here."""
        self._refuse_all()

    @Slot()
    def redo(self) -> None:
        """Not here."""
        self._refuse_all()

    def close_desks(self) -> None:
        """Ask for nothing more, of the writer neither."""
        self.writer.shut_down()
        super().close_desks()

    def _settle(self) -> None:
        """What a crash left is the writer's to settle; what it does is followed from here on."""
        self.writer.look()

    @Slot()
    def _follow(self) -> None:
        self.photos.clear()
        self.marks.load()
        self.decisions.refresh()
        self.groups.refresh()
        self.records.refresh()

    def _refuse_all(self) -> None:
        self.failed.emit(self.tr("The library is open for reading only here: change it in the other window."))
