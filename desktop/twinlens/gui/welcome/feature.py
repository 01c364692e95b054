"""From the first page to the first decision: what was chosen there decides where the first scan leads."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from twinlens.domain.events import ScanFinished
from twinlens.gui.views import ViewId
from twinlens.gui.welcome.page import BURSTS, DUPLICATES, LOOKALIKES
from twinlens.gui.window_parts import WindowParts


class Welcoming(QObject):
    """Asks for a folder, and goes to the chosen view when its photos are there."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._actions: Mapping[str, QAction] = {}
        self._goal = ""

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """Listen to the first page and to scans, and let empty views offer the way on."""
        self._actions = actions
        workspace = self._parts.workspace
        workspace.welcome.wayChosen.connect(self.begin)
        workspace.viewShown.connect(self._gone_elsewhere)
        self._parts.session.scans.finished.connect(self._arrive)
        workspace.photos.empty.offer(self.tr("Add &folder…"))
        workspace.photos.empty.pressed.connect(actions["open"].trigger)

    @Slot(str)
    def begin(self, way: str) -> None:
        """Ask for a folder; the view follows its scan."""
        self._goal = way
        self._actions["open"].trigger()

    def restyle(self) -> None:
        """The page has its own."""

    def shut_down(self) -> None:
        """Nothing runs."""

    @Slot(str)
    def _gone_elsewhere(self, view: str) -> None:
        """Whoever goes somewhere while it scans wants to be there."""
        if view != ViewId.PHOTOS:
            self._goal = ""

    @Slot(object)
    def _arrive(self, report: ScanFinished) -> None:
        goal, self._goal = self._goal, ""
        if not goal or not report.new:
            return
        if goal == LOOKALIKES:
            self._actions["side_panel"].setChecked(True)
            self._parts.toast.say(self.tr("Click a photo: what looks like it is beside it."))
            return
        view = {DUPLICATES: ViewId.DUPLICATES, BURSTS: ViewId.BURSTS}[goal]
        self._parts.workspace.show_view(view)
        self._parts.workspace.focus_page()
        self._parts.sidebar.show_view(view)
