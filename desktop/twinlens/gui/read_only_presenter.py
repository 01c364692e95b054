"""A window that only reads: it says so, offers nothing that would change something, and waits to become the writer."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from twinlens.gui.banner.bar import Banner
from twinlens.gui.commands.table import WRITING
from twinlens.gui.footer.bar import Footer
from twinlens.gui.read_only_session import ReadOnlySession
from twinlens.gui.sidebar.panel import Sidebar
from twinlens.gui.workspace import Workspace


class ReadOnlyPresenter(QObject):
    """Made for a window whose session is read-only."""

    takeOverWanted = Signal()

    def __init__(
        self,
        session: ReadOnlySession,
        actions: Mapping[str, QAction],
        workspace: Workspace,
        sidebar: Sidebar,
        footer: Footer,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._chosen = False
        self.banner = Banner(self.tr("Open for &writing"), window, sign="lock")
        self.banner.pressed.connect(self.takeOverWanted)
        window.setWindowTitle(self.tr("{} (read-only)").format(window.windowTitle()))
        window.setAcceptDrops(False)
        for name in WRITING:
            actions[name].setEnabled(False)
        for part in (footer, sidebar, workspace):
            part.forbid_changes()
        session.writer.writerThere.connect(self._writer_there)
        self._writer_there(True)

    def say(self, sentence: str) -> None:
        """Something went wrong with taking over."""
        self.banner.say(sentence)

    def say_chosen(self) -> None:
        """It is the user who wants to look only; there was no other window."""
        self._chosen = True
        self._writer_there(False)

    @Slot(bool)
    def _writer_there(self, there: bool) -> None:
        if there:
            self.banner.say(
                self.tr("This library is open in another window. Here you can look at everything, but change nothing.")
            )
            self.banner.allow(False, self.tr("As soon as the other window is closed"))
        else:
            self.banner.say(
                self.tr("Read-only, as you chose: you can look at everything, and nothing is changed.")
                if self._chosen
                else self.tr("The other window is closed. This one still only shows the library.")
            )
            self.banner.allow(True, self.tr("Open the library for writing in this window"))
