"""File > Export report: the groups as they are shown, as one file that can be sent to somebody."""

import os.path
from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QFileDialog

from twinlens.gui.desks.group_desk import GROUPED
from twinlens.gui.desks.report_desk import ReportDesk
from twinlens.gui.session_file import SessionFile
from twinlens.gui.thumbnails.card_content import printable
from twinlens.gui.thumbnails.drag_out import file_url
from twinlens.gui.window_parts import WindowParts

FORMS = "HTML (*.html);;CSV (*.csv);;JSON (*.json)"
FOLDER_KEY = "report/folder"


class Reporting(QObject):
    """Asks where to, lets a worker write, and says where it is. The folder is remembered with the library."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._parts, self._session = parts, parts.session
        workers = parts.session.workers
        self.desk = ReportDesk(parts.session.library, workers.reports or workers.desk, self)
        self._settings = SessionFile(parts.session.library.folder)
        self._action: QAction | None = None
        self._written = ""

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """One action, and what the desk tells."""
        self._action = actions["export_report"]
        self._action.triggered.connect(self.ask)
        self.desk.written.connect(self._tell)
        self.desk.failed.connect(self._fail)
        self._session.groups.changed.connect(self._offer)
        self._offer()

    def restyle(self) -> None:
        """Nothing here has a colour."""

    def shut_down(self) -> None:
        """Keep the folder, write no more."""
        self.desk.shut_down()
        self._settings.sync()

    @Slot()
    def ask(self) -> None:
        """Where to, then write: each class in its order and as it is filtered."""
        data = self._session.groups.data
        lists = tuple(shown for kind in GROUPED if (shown := self._session.groups.shown(kind)) is not None)
        if data is None or not lists:
            return
        suggested = os.path.join(self.folder(), self.tr("Twinlens report") + ".html")
        path, form = QFileDialog.getSaveFileName(self._parts.window, self.tr("Export the report"), suggested, FORMS)
        if not path:
            return
        if not os.path.splitext(path)[1]:
            path += "." + form.split("*.")[1].rstrip(")")
        if not self._session.library.read_only:
            self._settings.setValue(FOLDER_KEY, os.path.dirname(path))
        self._parts.toast.say(self.tr("Writing the report…"))
        self._allow(allowed=False)
        self.desk.write(data, lists, path)

    def folder(self) -> str:
        """Where the last report went, as long as that is there."""
        kept = str(self._settings.value(FOLDER_KEY, ""))
        return kept if os.path.isdir(kept) else os.path.expanduser("~")

    @Slot(object)
    def _tell(self, path: str) -> None:
        self._written = path
        self._allow(allowed=True)
        words = self.tr("The report is in {}.").format(printable(path))
        self._parts.toast.say(words, self.tr("Open folder"), self._open_folder)

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._allow(allowed=True)
        self._parts.toast.say(sentence)

    def _open_folder(self) -> None:
        folder = os.path.dirname(self._written)
        if not QDesktopServices.openUrl(file_url(folder)):
            words = self.tr("There is no file manager that would open {}.")
            self._parts.toast.say(words.format(printable(folder)))

    @Slot()
    def _offer(self) -> None:
        self._allow(allowed=bool(self._session.groups.all_groups()))

    def _allow(self, *, allowed: bool) -> None:
        if self._action is not None:
            self._action.setEnabled(allowed)
