"""One open library behind the window: its desks, what they tell each other, and an orderly end."""

import os
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from twinlens.catalog.sources import Source
from twinlens.domain.group import Group, GroupQuery, Mark
from twinlens.gui.desks.group_desk import GroupDesk
from twinlens.gui.desks.mark_desk import MarkDesk, suggested_marks
from twinlens.gui.desks.opening_desk import OpeningDesk
from twinlens.gui.desks.photo_book import PhotoBook
from twinlens.gui.desks.record_desk import RecordDesk
from twinlens.gui.desks.removal_desk import RemovalDesk
from twinlens.gui.desks.rule_desk import RuleDesk
from twinlens.gui.desks.scan_desk import ScanDesk
from twinlens.gui.desks.similar_desk import SimilarDesk
from twinlens.gui.desks.undo_stack import MarkChange, Removal, UndoStack, VerdictGiven
from twinlens.gui.desks.verdicts import pairs_among, write_verdicts
from twinlens.gui.desks.watch_desk import WatchDesk
from twinlens.gui.jobs import Task, Workers, forget_answers
from twinlens.library.open import Library


class LibrarySession(QObject):
    """Everything the window knows of the library. Lives on the GUI thread; work is done by ``workers``."""

    opened = Signal()
    photosChanged = Signal(list)  # read again: thumbnails and facts are new
    failed = Signal(str)

    def __init__(self, library: Library, workers: Workers | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library = library
        self._workers = workers if workers is not None else Workers.threads(library.release_thread)
        self._undo = UndoStack()
        self._scan_rests_for_us = self._is_warm = False
        self.photos = PhotoBook(library)
        self.opening = OpeningDesk(library, self._workers.desk, self)
        self.scans = ScanDesk(library, self._workers.scans, self)
        self.groups = GroupDesk(library, self._workers.desk, self)
        self.marks = MarkDesk(library, self.photos.known, self._workers.desk, self)
        self.similar = SimilarDesk(library, self._workers.queries, self)
        self.removals = RemovalDesk(library, self._workers.removals, self.marks.saving, self)
        self.rules = RuleDesk(library, self._workers.desk, self)
        self.records = RecordDesk(library, self._workers.desk, self)
        self.watch = WatchDesk(library, self._workers.desk, self.scans, self.removals, self)
        self._volumes = Task(self._workers.desk, self)
        self._errands = Task(self._workers.desk, self)
        self._connect()

    def _connect(self) -> None:
        self.scans.photosCatalogued.connect(self._photos_changed)
        self.scans.photosGone.connect(self._photos_changed)
        self.scans.relationsChanged.connect(self.groups.refresh)
        self.scans.problemsFound.connect(self.records.refresh)
        self.scans.finished.connect(self._files_moved)  # some may have been found under another name
        self.groups.loaded.connect(self._warm_up)
        self.removals.busyChanged.connect(self._let_scan_rest)
        self.removals.applied.connect(self._applied)
        self.removals.undone.connect(self._came_back)
        self.removals.restored.connect(self._came_back)
        self.removals.purged.connect(self.records.refresh)
        self.opening.ready.connect(self._load)
        if self._workers.watches and not self.library.read_only:
            self.records.changed.connect(self.watch.follow)
        self.watch.volumesChanged.connect(self._volumes_changed)
        for desk in (self.opening, self.scans, self.groups, self.marks, self.removals, self.records, self.watch):
            desk.failed.connect(self.failed)
        self._volumes.failed.connect(self.failed)
        self._errands.failed.connect(self.failed)
        self._volumes.done.connect(self._scan_sources)

    def open(self, remembered: Sequence[int] = (), query: GroupQuery | None = None) -> None:
        """Show a page of photos at once (``opening.page``), then all that the library holds; ``opened`` tells when to scan."""
        self.opening.open(remembered, query)

    @Slot()
    def _load(self) -> None:
        self.marks.load()
        self.groups.refresh_now()
        self.records.refresh()
        self._settle()
        self.opened.emit()

    def _settle(self) -> None:
        self.removals.settle()

    @Slot()
    def rescan(self) -> None:
        """Look again at every source whose volume is there; unchanged files are not read."""
        library = self.library

        def look() -> list[str]:
            library.refresh_volumes()  # writes: it may have to wait for a scan's transaction, so not on the GUI thread
            return [source.path for source in library.catalog().sources.all() if source.online]

        self._volumes.run(look)

    @Slot(object)
    def _scan_sources(self, folders: list[str]) -> None:
        self.photos.clear()
        self.scans.start(folders)

    @Slot(list)
    def _volumes_changed(self, returned: list[str]) -> None:
        """Photos went offline or are here again; of the latter it is not known what happened to them elsewhere."""
        self._files_moved()
        self.scans.start(returned)

    def add_folders(self, folders: Iterable[str]) -> None:
        """Scan these folders from now on."""
        self.scans.start([os.path.abspath(folder) for folder in folders])

    def mark(self, photo_ids: Sequence[int], mark: Mark | None) -> None:
        """Mark photos as the user decided."""
        self.mark_many(dict.fromkeys(photo_ids, mark))

    def accept(self, group: Group) -> None:
        """Take the suggestion of a group."""
        self.mark_many(suggested_marks(group))

    def refuse(self, photo_ids: Sequence[int]) -> None:
        """Remember that these photos are no duplicates of each other, by content."""
        pairs = pairs_among(self.library.catalog(), photo_ids)
        self._undo.push(VerdictGiven(pairs))
        self._write_verdicts(pairs, given=True)

    def remove_rejects(self) -> None:
        """Move what is rejected to the quarantine; refused where no copy would stay, until the user agrees."""
        self.removals.apply_marks(self.groups.all_groups())

    def remove_all_the_same(self) -> None:
        """The same, including photos of which no copy stays: the user has agreed."""
        self.removals.apply_marks(self.groups.all_groups(), allow_without_copy=True)

    def forget_source(self, source: Source) -> None:
        """Scan this folder no more, and let its photos leave the library; the files are untouched."""
        self.records.forget_source(source)
        self.photos.clear()
        self.groups.refresh_now()

    @Slot()
    def undo(self) -> None:
        """Take back the newest deed of this run, or the newest removal of an earlier one."""
        match self._undo.pop():
            case MarkChange(before=before):
                self.marks.set(before)
            case VerdictGiven(pairs=pairs):
                self._write_verdicts(pairs, given=False)
            case Removal(session_id=session_id):
                self.removals.undo(session_id)
            case None:
                self.removals.undo(None)

    def close_desks(self) -> None:
        """Ask for nothing more; whatever runs ends soon."""
        self.watch.shut_down()
        self.groups.shutdown()
        self.similar.forget()
        self.scans.stop()

    def close(self) -> None:
        """Stop everything, wait for it, close the library."""
        self.close_desks()
        self._workers.finish()
        forget_answers(self)
        self.library.close()

    def mark_many(self, wanted: dict[int, Mark | None]) -> None:
        """Mark photos, each in its own way; one undo takes it back."""
        before = self.marks.before(wanted)
        changes = {photo_id: mark for photo_id, mark in wanted.items() if before[photo_id] is not mark}
        if changes:
            self._undo.push(MarkChange({photo_id: before[photo_id] for photo_id in changes}))
            self.marks.set(changes)

    def _write_verdicts(self, pairs: tuple[tuple[bytes, bytes], ...], *, given: bool) -> None:
        library = self.library
        self._errands.run(lambda: write_verdicts(library, pairs, given=given))
        self.groups.refresh_now()  # on the same worker, so behind it

    @Slot(list)
    def _photos_changed(self, photo_ids: list[int]) -> None:
        self.photos.forget(photo_ids)
        self.photosChanged.emit(photo_ids)
        self.groups.refresh()

    @Slot()
    def _warm_up(self) -> None:
        data = self.groups.data
        if not self._is_warm and data is not None and len(data.photos):
            self._is_warm = True
            self.similar.warm_up(int(data.photos.photo_id[0]))

    @Slot(bool)
    def _let_scan_rest(self, busy: bool) -> None:
        """Files are moved while no scan looks at them."""
        if busy and self.scans.running and not self.scans.paused:
            self._scan_rests_for_us = True
            self.scans.pause()
        elif not busy and self._scan_rests_for_us:
            self._scan_rests_for_us = False
            self.scans.resume()

    @Slot(object)
    def _applied(self, report: object) -> None:
        session_id = getattr(report, "session_id", None)
        if session_id is not None:
            self._undo.push(Removal(session_id))
        self._files_moved()

    @Slot(object)
    def _came_back(self, report: object) -> None:
        self._undo.drop_removal(getattr(report, "session_id", None))
        self._files_moved()
        self.rescan()

    @Slot()
    def _files_moved(self) -> None:
        self.photos.clear()
        self.marks.load()
        self.groups.refresh_now()
        self.records.refresh()
