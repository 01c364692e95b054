"""What the watching does, in one quiet line of the sidebar; what it found, for a while."""

from PySide6.QtCore import QObject, QTimer, Slot

from twinlens.domain.events import ScanFinished
from twinlens.domain.watching import Hindrance, Watching
from twinlens.gui.desks.scan_desk import ScanDesk
from twinlens.gui.desks.watch_desk import WatchDesk
from twinlens.gui.sidebar.panel import Sidebar
from twinlens.gui.thumbnails.counts import COUNTS

SHOWN_MS = 60_000


class WatchPresenter(QObject):
    """Never a message that one has to answer or close."""

    def __init__(self, watch: WatchDesk, scans: ScanDesk, sidebar: Sidebar, parent: QObject) -> None:
        super().__init__(parent)
        self._scans, self._sidebar = scans, sidebar
        self._state: Watching | None = None
        self._back = QTimer(self)
        self._back.setSingleShot(True)
        self._back.setInterval(SHOWN_MS)
        self._back.timeout.connect(self._show_state)
        watch.stateChanged.connect(self._state_changed)
        scans.finished.connect(self._scan_finished)

    def shut_down(self) -> None:
        """Show nothing more."""
        self._back.stop()

    @Slot(object)
    def _state_changed(self, state: Watching | None) -> None:
        self._state = state
        if not self._back.isActive():
            self._show_state()

    @Slot()
    def _show_state(self) -> None:
        self._sidebar.show_watching(self._words())

    @Slot(object)
    def _scan_finished(self, report: ScanFinished) -> None:
        if not self._scans.quiet:
            return
        parts = [COUNTS.appeared(report.new)] if report.new else []
        parts += [COUNTS.changed(report.changed)] if report.changed else []
        parts += [COUNTS.gone(report.gone)] if report.gone else []
        if parts:
            self._sidebar.show_watching(" ".join(parts))
            self._back.start()

    def _words(self) -> str:
        if self._state is None or (not self._state.folders and self._state.hindrance is Hindrance.NONE):
            return ""  # off, or every source is away, which the list above says
        minutes = max(1, round(self._state.poll_s / 60))
        match self._state.hindrance:
            case Hindrance.LIMIT:
                words = self.tr("There are more folders than the system can watch: looking for changes every {} min.")
            case Hindrance.NETWORK if self._state.folders:
                words = self.tr("Watching for changes; on network drives looking every {} min.")
            case Hindrance.NETWORK:
                words = self.tr("On a network drive: looking for changes every {} min.")
            case Hindrance.REFUSED:
                words = self.tr("The system does not tell of changes: looking every {} min.")
            case _:
                words = self.tr("Watching for changes")
        return words.format(minutes)
