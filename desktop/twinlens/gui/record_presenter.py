"""The lists of the library and the state of the scan, put on the screen."""

from PySide6.QtCore import QObject, Slot

from twinlens.domain.events import Stage, StageProgress
from twinlens.gui.desks.record_desk import Records
from twinlens.gui.progress.strip import ProgressStrip
from twinlens.gui.session import LibrarySession
from twinlens.gui.sidebar.panel import Sidebar
from twinlens.gui.views import ViewId
from twinlens.gui.workspace import Workspace

MUCH = 100  # photos


class RecordPresenter(QObject):
    """Listens to the session; fills sidebar, lists and progress."""

    def __init__(
        self, session: LibrarySession, workspace: Workspace, sidebar: Sidebar, progress: ProgressStrip, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._workspace, self._sidebar, self._progress = session, workspace, sidebar, progress
        session.records.changed.connect(self._records_changed)
        workspace.pageMade.connect(self._fill)
        session.scans.stateChanged.connect(self._scan_state_changed)
        session.scans.progressed.connect(self._progressed)
        session.groups.loaded.connect(self._photos_loaded)

    @Slot(object)
    def _records_changed(self, records: Records) -> None:
        self._sidebar.show_sources(records.sources, self._session.scans.roots)
        self._sidebar.show_total(records.photo_count, records.total_bytes)
        self._sidebar.show_counts({ViewId.QUARANTINE: len(records.waiting), ViewId.PROBLEMS: len(records.problems)})
        for view in (ViewId.QUARANTINE, ViewId.PROBLEMS):
            if self._workspace.is_made(view):
                self._fill(view)

    @Slot(str)
    def _fill(self, view: str) -> None:
        records = self._session.records.records
        if view == ViewId.QUARANTINE:
            self._workspace.quarantine.show_receipts(records.waiting, records.freeing_bytes)
        elif view == ViewId.PROBLEMS:
            self._workspace.problems.show_problems(records.problems)

    @Slot()
    def _photos_loaded(self) -> None:
        """A scan brings photos all the while; the lists are read again when it ends."""
        data = self._session.groups.data
        if self._session.scans.running and data is not None:
            self._sidebar.show_total(len(data.photos), int(data.photos.size_bytes.sum()))

    @Slot()
    def _scan_state_changed(self) -> None:
        scans = self._session.scans
        if scans.running and self._progress.isHidden():
            self._progress.begin()
        if not scans.running or not scans.quiet:
            self._progress.setVisible(scans.running)
        self._progress.show_paused(scans.paused)
        if scans.stopping:
            self._progress.show_stopping()
        self._sidebar.show_sources(self._session.records.records.sources, scans.roots)
        if scans.running and not scans.quiet:
            self._workspace.set_empty(False)
        else:
            self._session.records.refresh()

    @Slot(object)
    def _progressed(self, progress: StageProgress) -> None:
        """A scan that nobody asked for is shown where it has much to do: the user may want to let it rest."""
        self._progress.show_progress(progress)
        if self._session.scans.quiet and progress.stage is Stage.STUDY and (progress.total or 0) >= MUCH:
            self._progress.show()
