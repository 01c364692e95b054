"""The history in the window: read when it is looked at, and again when something was decided meanwhile."""

import os.path
from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog

from twinlens.domain.deed import Deed
from twinlens.gui.desks.history_desk import HistoryDesk
from twinlens.gui.thumbnails.card_content import printable
from twinlens.gui.views import ViewId
from twinlens.gui.window_parts import WindowParts

FORMS = "HTML (*.html);;CSV (*.csv);;JSON (*.json)"


class HistoryFeature(QObject):
    """Between the panel, its desk and the session."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._session, self._panel = parts.session, parts.workspace.history
        self.desk = HistoryDesk(parts.session.library, parts.session.workers.desk, self)
        self._is_stale = True
        self._folder = os.path.expanduser("~")

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """The panel's wishes, the desk's answers, and what makes the list stale."""
        panel, desk, session = self._panel, self.desk, self._session
        panel.searched.connect(desk.ask)
        panel.deedOpened.connect(self._open_deed)
        panel.deedChosen.connect(desk.ask_obstacle)
        panel.undoRequested.connect(session.decisions.undo)
        panel.restoreRequested.connect(self._restore)
        panel.photoRequested.connect(self._show_photo)
        panel.exportRequested.connect(self._export)
        desk.listed.connect(panel.show_list)
        desk.detailed.connect(panel.show_detail)
        desk.obstacleKnown.connect(panel.show_obstacle)
        desk.exported.connect(self._exported)
        desk.failed.connect(session.failed)
        session.decisions.horizonChanged.connect(self._changed)
        session.records.changed.connect(self._changed)
        self._parts.workspace.viewShown.connect(self._view_shown)
        self._read_if_seen()

    def restyle(self) -> None:
        """The window restyles its pages."""

    def shut_down(self) -> None:
        """Nothing is wanted any more."""
        self._panel.blockSignals(True)

    @Slot()
    def _changed(self) -> None:
        self._is_stale = True
        self._read_if_seen()

    @Slot(str)
    def _view_shown(self, _view: str) -> None:
        self._read_if_seen()

    def _read_if_seen(self) -> None:
        if self._is_stale and self._parts.workspace.view is ViewId.HISTORY:
            self._is_stale = False
            self.desk.ask(self._panel.text())

    @Slot(object)
    def _open_deed(self, deed: Deed) -> None:
        self.desk.open_deed(deed, self._panel.text())

    @Slot(int)
    def _restore(self, step_id: int) -> None:
        self._session.removals.restore([step_id])

    @Slot(int)
    def _show_photo(self, photo_id: int) -> None:
        workspace = self._parts.workspace
        workspace.show_view(ViewId.PHOTOS)
        workspace.photos.show_photo(photo_id)
        workspace.focus_page()

    @Slot()
    def _export(self) -> None:
        suggested = os.path.join(self._folder, self.tr("Twinlens history") + ".html")
        path, form = QFileDialog.getSaveFileName(self._parts.window, self.tr("Export the history"), suggested, FORMS)
        if path:
            if not os.path.splitext(path)[1]:
                path += "." + form.split("*.")[1].rstrip(")")
            self._folder = os.path.dirname(path)
            self.desk.export(path, [deed.id for deed in self._panel.shown_deeds()])

    @Slot(object)
    def _exported(self, path: str) -> None:
        self._parts.toast.say(self.tr("The history is in {}.").format(printable(path)))
