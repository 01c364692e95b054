"""Commands about the library as a whole: folders, scans, removal, undo, settings, and what is said about their outcome."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from twinlens.catalog.sources import Source
from twinlens.domain.events import ScanFinished
from twinlens.domain.plan import DisposalKind, Receipt
from twinlens.gui.desks.removal_desk import ConsentNeeded
from twinlens.gui.outcome_words import purged_words, put_back_words, removed_words, scan_words
from twinlens.gui.session import LibrarySession
from twinlens.gui.sidebar.panel import Sidebar
from twinlens.gui.theme.icons import icon
from twinlens.gui.thumbnails.counts import COUNTS
from twinlens.gui.toast.toast import Toast
from twinlens.gui.views import ViewId
from twinlens.gui.workspace import Workspace

if TYPE_CHECKING:
    from twinlens.review.apply import ApplyReport
    from twinlens.review.quarantine_contents import PurgeReport
    from twinlens.review.undo import UndoReport


class LibraryCommands(QObject):
    """Asks the session; says by toasts what came of it."""

    def __init__(
        self, session: LibrarySession, workspace: Workspace, sidebar: Sidebar, toast: Toast, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._session, self._workspace, self._sidebar, self._toast = session, workspace, sidebar, toast
        self._actions: dict[str, QAction] = {}

    def connect_all(self, actions: dict[str, QAction]) -> None:
        """Connect the actions, and the session's answers."""
        self._actions = actions
        session = self._session
        actions["open"].triggered.connect(self.choose_folder)
        actions["rescan"].triggered.connect(session.rescan)
        actions["pause"].triggered.connect(self.pause_or_resume)
        actions["stop"].triggered.connect(self.stop)
        actions["remove"].triggered.connect(self.remove_rejects)
        session.scans.stateChanged.connect(self.refresh_scan_actions)
        session.scans.finished.connect(self._scan_finished)
        session.removals.busyChanged.connect(self.refresh_scan_actions)
        session.removals.applied.connect(self._applied)
        session.removals.undone.connect(self._put_back)
        session.removals.restored.connect(self._put_back)
        session.removals.purged.connect(self._purged)
        session.removals.settled.connect(self._settled)
        session.removals.consentNeeded.connect(self._ask_consent)
        session.failed.connect(self._toast.say)
        self._sidebar.sourceRescanRequested.connect(self._rescan_source)
        self._sidebar.sourceRemovalRequested.connect(self._forget_source)
        self._workspace.pageMade.connect(self._page_made)
        self._workspace.viewShown.connect(self._answered)
        self.refresh_scan_actions()

    @Slot(str)
    def _page_made(self, view: str) -> None:
        if view == ViewId.QUARANTINE:
            self._workspace.quarantine.restoreRequested.connect(self._restore)
            self._workspace.quarantine.purgeRequested.connect(self._purge)
        elif view == ViewId.PROBLEMS:
            self._workspace.problems.rescanRequested.connect(self._session.rescan)

    @Slot()
    def choose_folder(self) -> None:
        """Ask for a folder and scan it."""
        folder = QFileDialog.getExistingDirectory(self._window, self.tr("Add a folder"), os.path.expanduser("~"))
        if folder:
            self.add_folders([folder])

    def add_folders(self, folders: Sequence[str]) -> None:
        """Scan these folders; the first ones of a library are shown as they come in."""
        if self._session.groups.data is None or len(self._session.groups.data.photos) == 0:
            self._workspace.show_view(ViewId.PHOTOS)
        self._session.add_folders(folders)

    @Slot()
    def pause_or_resume(self) -> None:
        """One action for both."""
        scans = self._session.scans
        if scans.paused:
            scans.resume()
        else:
            scans.pause()

    @Slot()
    def stop(self) -> None:
        """What moves files, or else the scan; what is done is kept."""
        if self._session.removals.busy:
            self._session.removals.stop()
        else:
            self._session.scans.stop()

    @Slot()
    def remove_rejects(self) -> None:
        """Move what is rejected to the quarantine."""
        self._session.remove_rejects()

    @Slot()
    def refresh_scan_actions(self) -> None:
        """Pause, or go on: what applies at the moment."""
        scans = self._session.scans
        pause = self._actions["pause"]
        pause.setText(self.tr("&Resume") if scans.paused else self.tr("&Pause"))
        pause.setIcon(icon("resume" if scans.paused else "pause"))
        can_end = scans.running and not scans.stopping
        pause.setEnabled(can_end)
        self._actions["stop"].setEnabled(can_end or self._session.removals.busy)

    @Slot()
    def show_duplicates(self) -> None:
        """Go to the groups."""
        self._workspace.show_view(ViewId.DUPLICATES)
        self._workspace.duplicates.setFocus()

    @Slot(str)
    def _answered(self, view: str) -> None:
        """Who goes to the duplicates need not be asked to."""
        if view == ViewId.DUPLICATES and self._toast.button().text() == self.tr("See duplicates"):
            self._toast.dismiss()

    @Slot(object)
    def _scan_finished(self, report: ScanFinished) -> None:
        words = scan_words(report)
        if not words or self._session.scans.quiet:
            return
        if report.new and self._workspace.view is ViewId.PHOTOS:
            self._toast.say(words, self.tr("See duplicates"), self.show_duplicates)
        else:
            self._toast.say(words)

    @Slot(object)
    def _applied(self, report: "ApplyReport") -> None:
        words = applied_words(report)
        if report.done:
            self._toast.say(words, self.tr("Undo"), self._session.undo)
        else:
            self._toast.say(words)

    @Slot(object)
    def _put_back(self, report: "UndoReport") -> None:
        self._toast.say(put_back_words(len(report.restored), report.refused))

    @Slot(object)
    def _purged(self, report: "PurgeReport") -> None:
        self._toast.say(purged_words(len(report.purged), report.freed_bytes, report.refused))

    @Slot(object)
    def _settled(self, sentences: list[str]) -> None:
        if sentences:
            self._toast.say(
                self.tr("An interrupted removal was settled: %Ln photo(s).", "", len(sentences)) + " " + sentences[0]
            )

    @Slot(object)
    def _ask_consent(self, need: ConsentNeeded) -> None:
        self._toast.say(
            need.sentence, self.tr("Move %Ln all the same", "", need.count), self._session.remove_all_the_same
        )

    @Slot(object)
    def _restore(self, receipts: list[Receipt]) -> None:
        self._session.removals.restore([receipt.step_id for receipt in receipts])

    @Slot(object)
    def _purge(self, receipts: list[Receipt]) -> None:
        from twinlens.gui.quarantine.confirmation import confirm_purge

        if receipts and confirm_purge(self._window, receipts, volume_names(receipts)):
            self._session.removals.purge([receipt.step_id for receipt in receipts])

    @Slot(object)
    def _rescan_source(self, source: Source) -> None:
        self._session.scans.start([source.path])

    @Slot(object)
    def _forget_source(self, source: Source) -> None:
        self._session.forget_source(source)
        self._toast.say(self.tr("The folder is no longer scanned. Its photos are untouched on disk."))


def applied_words(report: "ApplyReport") -> str:
    """What became of a plan, in the words of the way that it went."""
    from twinlens.gui.instead.words import done_words

    count, freed_bytes, refused = len(report.done), report.freed_bytes, report.refused
    kind = report.done[0].kind if report.done and isinstance(report.done[0], Receipt) else DisposalKind.QUARANTINE
    if kind is DisposalKind.QUARANTINE:
        words = [removed_words(count, freed_bytes, refused)] if count or refused or not report.waiting else []
        return " ".join([*words, *([COUNTS.waiting(report.waiting)] if report.waiting else [])])
    return done_words(kind, count, freed_bytes, refused)


def volume_names(receipts: Sequence[Receipt]) -> list[str]:
    """The volumes on which these wait, as the user knows them."""
    from twinlens.volumes.identity import volume_of

    volumes = (volume_of(receipt.resting_path or receipt.path) for receipt in receipts)
    return sorted({volume.label or volume.mount_point for volume in volumes})
