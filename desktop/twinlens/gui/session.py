"""One open library behind the window: its desks, what they tell each other, and an orderly end."""

import os
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from twinlens.catalog.sources import Source
from twinlens.domain.deed import Origin
from twinlens.domain.group import Group, GroupQuery, Mark
from twinlens.gui.desks.arrangements import Arrangements
from twinlens.gui.desks.decision_desk import DecisionDesk
from twinlens.gui.desks.group_desk import GroupDesk
from twinlens.gui.desks.mark_desk import MarkDesk
from twinlens.gui.desks.opening_desk import OpeningDesk
from twinlens.gui.desks.outlook_desk import OutlookDesk
from twinlens.gui.desks.pending_writes import PendingWrites
from twinlens.gui.desks.photo_book import PhotoBook
from twinlens.gui.desks.picks import Picks
from twinlens.gui.desks.protection_desk import ProtectionDesk
from twinlens.gui.desks.record_desk import RecordDesk
from twinlens.gui.desks.removal_desk import RemovalDesk
from twinlens.gui.desks.rule_desk import RuleDesk
from twinlens.gui.desks.scan_desk import ScanDesk
from twinlens.gui.desks.settling import Settling
from twinlens.gui.desks.similar_desk import SimilarDesk
from twinlens.gui.desks.watch_desk import WatchDesk
from twinlens.gui.jobs import Task, Workers, forget_answers
from twinlens.library.open import Library
from twinlens.review.overriding import accepted


class LibrarySession(QObject):
    """Everything the window knows of the library. Lives on the GUI thread; work is done by ``workers``."""

    opened, failed = Signal(), Signal(str)
    foldersAdded = Signal(object)  # list of paths, by the user's wish
    photosChanged = Signal(object)  # list of ids, read again: thumbnails and facts are new

    def __init__(self, library: Library, workers: Workers | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library = library
        self.workers = workers if workers is not None else Workers.threads(library.release_thread)
        self._scan_rests_for_us = False
        self.photos = PhotoBook(library)
        self.opening = OpeningDesk(library, self.workers.desk, self)
        self.scans = ScanDesk(library, self.workers.scans, self, self.workers.scanner)
        pending = PendingWrites()
        self.marks = MarkDesk(library, self.photos.known, self.workers.decisions, pending, self)
        self.decisions = DecisionDesk(library, self.marks, pending, self.workers.decisions, self)
        self.groups = GroupDesk(
            library, self.workers.desk, Arrangements(self.marks.marked_ids), self, aside=self.workers.reports
        )
        self.picks = Picks(self.marks, self.groups)
        self.settling = Settling(self.groups, self.workers.rest_ms, self)
        self.similar = SimilarDesk(library, self.settling.held(self.workers.queries), self)
        self.removals = RemovalDesk(library, self.workers.removals, self.marks.saving, self)
        self.outlooks = OutlookDesk(library, self.workers.desk, self.marks.saving, self)
        self.rules = RuleDesk(library, self.workers.desk, self)
        self.records = RecordDesk(library, self.workers.desk, self)
        self.protection = ProtectionDesk(library, self.workers.decisions, self)
        self.watch = WatchDesk(library, self.workers.desk, self.scans, self.removals, self)
        self._volumes = Task(self.workers.desk, self)
        self._connect()

    def _connect(self) -> None:
        self.scans.photosCatalogued.connect(self._photos_changed)
        self.scans.photosGone.connect(self._photos_changed)
        self.scans.relationsChanged.connect(self.groups.refresh)
        self.scans.problemsFound.connect(self.records.refresh)
        self.scans.finished.connect(self._files_moved)  # some may have been found under another name
        self.groups.loaded.connect(self._warm_up)
        self.removals.busyChanged.connect(self._let_scan_rest)
        self.removals.applied.connect(self._files_moved)
        self.removals.undone.connect(self._came_back)
        self.removals.restored.connect(self._came_back)
        self.removals.purged.connect(self._purged)
        self.decisions.filesWanted.connect(self._turn_files)
        self.decisions.verdictsChanged.connect(self.groups.refresh_now)
        self.protection.turned.connect(self._files_moved)  # what is asked of every photo has another answer
        self.protection.failed.connect(self.failed)
        self.opening.ready.connect(self._load)
        if self.workers.watches and not self.library.read_only:
            self.records.changed.connect(self.watch.follow)
        self.watch.volumesChanged.connect(self._volumes_changed)
        for desk in (self.opening, self.scans, self.groups, self.marks, self.decisions, self.removals, self.records):
            desk.failed.connect(self.failed)
        self.watch.failed.connect(self.failed)
        self._volumes.failed.connect(self.failed)
        self._volumes.done.connect(self._scan_sources)

    def open(self, remembered: Sequence[int] = (), query: GroupQuery | None = None) -> None:
        """Show a page of photos at once (``opening.page``), then all that the library holds; ``opened`` tells when to scan."""
        self.opening.open(remembered, query)

    @Slot()
    def _load(self) -> None:
        self.marks.load()
        self.decisions.refresh()
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

    @Slot(object)
    def _volumes_changed(self, returned: list[str]) -> None:
        """Photos went offline or are here again; of the latter it is not known what happened to them elsewhere."""
        self._files_moved()
        self.scans.start(returned)

    def add_folders(self, folders: Sequence[str]) -> None:
        """Scan these folders from now on."""
        self.foldersAdded.emit(list(folders))
        self.scans.start([os.path.abspath(folder) for folder in folders])

    def mark(self, photo_ids: Sequence[int], mark: Mark | None) -> None:
        """Mark photos as the user decided."""
        self.mark_many(self.picks.taken(photo_ids, mark))

    def accept(self, groups: Sequence[Group]) -> None:
        """Take the suggestions of these groups: one deed."""
        self.mark_many(accepted(groups, self.marks.marks), Origin.SUGGESTION)

    def refuse(self, families: Sequence[Sequence[int]]) -> None:
        """Remember that the photos of each of these are no duplicates of each other, by content: one deed."""
        self.decisions.part(families)

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
        """Take back the newest deed, of whichever run."""
        self.decisions.undo()

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back last."""
        self.decisions.redo()

    def close_desks(self) -> None:
        """Ask for nothing more; whatever runs ends soon."""
        self.watch.shut_down()
        self.groups.shutdown()
        self.similar.forget()
        self.scans.stop()

    def close(self) -> None:
        """Stop everything, wait for it, close the library."""
        self.close_desks()
        self.workers.finish()
        forget_answers(self)
        self.library.close()

    def mark_many(self, wanted: Mapping[int, Mark | None], origin: str = Origin.HAND, detail: str = "") -> None:
        """Mark photos, each in its own way: one deed, which one undo takes back. ``detail``: the rule's name."""
        self.marks.set(wanted, origin, detail)
        self.picks.note(wanted, origin)

    @Slot(int, bool)
    def _turn_files(self, deed_id: int, undo: bool) -> None:
        self.removals.turn(deed_id, undo=undo)

    @Slot(object)
    def _photos_changed(self, photo_ids: list[int]) -> None:
        self.photos.forget(photo_ids)
        self.photosChanged.emit(photo_ids)
        self.groups.refresh()

    @Slot()
    def _warm_up(self) -> None:
        if (data := self.groups.data) is not None and len(data.photos):
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
    def _came_back(self, _report: object) -> None:
        self._files_moved()
        self.rescan()

    @Slot()
    def _purged(self) -> None:
        self.decisions.refresh()
        self.records.refresh()

    @Slot()
    def _files_moved(self) -> None:
        self.photos.clear()
        self.marks.load()
        self.decisions.refresh()
        self.groups.refresh_now()
        self.records.refresh()
