"""Keys and signals that decide about photos: marks, suggestions, "not duplicates", the large preview."""

import os

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from twinlens.domain.group import Group, Mark
from twinlens.gui.loupe_commands import LoupeCommands
from twinlens.gui.presenter import Presenter
from twinlens.gui.session import LibrarySession
from twinlens.gui.side_panel import SidePanel
from twinlens.gui.thumbnails.card_content import printable
from twinlens.gui.thumbnails.counts import COUNTS
from twinlens.gui.thumbnails.drag_out import file_url
from twinlens.gui.toast.toast import Toast
from twinlens.gui.workspace import Workspace

MENU = (
    "keep",
    "reject",
    "clear",
    "",
    "accept",
    "refuse",
    "",
    "loupe",
    "similar",
    "results",
    "copy_path",
    "reveal",
    "protect",
    "",
    "select_all",
    "remove",
    "instead",
)


class ReviewCommands(QObject):
    """Acts on the panel with the focus: the lookalikes, or else the view in the middle."""

    def __init__(
        self,
        session: LibrarySession,
        workspace: Workspace,
        side: SidePanel,
        presenter: Presenter,
        loupe: LoupeCommands,
        toast: Toast,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._session, self._workspace, self._side = session, workspace, side
        self._presenter, self._loupe, self._toast = presenter, loupe, toast
        self._actions: dict[str, QAction] = {}

    def connect_all(self, actions: dict[str, QAction]) -> None:
        """Connect the actions, and the signals of the panels."""
        self._actions = actions
        for name, slot in (
            ("keep", self.keep),
            ("reject", self.reject),
            ("clear", self.clear),
            ("accept", self.accept),
            ("refuse", self.refuse),
            ("select_all", self.select_all),
            ("select_none", self.select_none),
            ("loupe", self._loupe.toggle),
            ("similar", self.find_similar),
            ("copy_path", self.copy_path),
            ("reveal", self.reveal),
        ):
            actions[name].triggered.connect(slot)
        for groups in self._workspace.group_panels():
            groups.acceptRequested.connect(self._accept_groups)
            groups.notDuplicatesRequested.connect(self._refuse_groups)
            groups.queryChanged.connect(self._session.groups.regroup)
        for panel in (*self._workspace.group_panels(), self._workspace.photos, self._side.similar):
            panel.markRequested.connect(self._session.mark)
            panel.menuRequested.connect(self.show_menu)
        similar = self._side.similar
        similar.fileDropped.connect(self._search_file)
        similar.imagePasted.connect(self._session.similar.to_image)
        similar.imagePasted.connect(self._presenter.forget_query)
        self._side.inspector.pathCopied.connect(self._path_copied)
        self._session.decisions.parted.connect(self._parted)

    @Slot()
    def keep(self) -> None:
        """P."""
        self._mark(Mark.KEEP)

    @Slot()
    def reject(self) -> None:
        """X."""
        self._mark(Mark.REJECT)

    @Slot()
    def clear(self) -> None:
        """U."""
        self._mark(None)

    @Slot()
    def accept(self) -> None:
        """Enter: the suggestions, then the next undecided group."""
        groups = self._workspace.groups_panel()
        if groups is not None:
            groups.accept_current()
            self._loupe.refresh()

    @Slot()
    def refuse(self) -> None:
        """Minus: not duplicates."""
        groups = self._workspace.groups_panel()
        if groups is not None:
            groups.refuse_current()

    @Slot()
    def select_all(self) -> None:
        """Of the group, or of the view."""
        panel = self._workspace.photo_panel()
        if self._side.similar.view().hasFocus():
            self._side.similar.view().selectAll()
        elif panel is not None:
            panel.select_all()

    @Slot()
    def select_none(self) -> None:
        """Only the current photo stays."""
        panel = self._workspace.photo_panel()
        if panel is not None:
            panel.select_none()

    @Slot()
    def find_similar(self) -> None:
        """S: lookalikes of the current photo, of one in the list of lookalikes too."""
        photo_id = self._loupe.panel().current_photo_id()
        if photo_id is None:
            return
        self._presenter.forget_query()
        name = self._session.photos.photo(photo_id).path.rpartition("/")[2]
        self._session.similar.to_photo(photo_id, name)

    @Slot()
    def copy_path(self) -> None:
        """Of the photo in the inspector."""
        self._side.inspector.copy_path()

    @Slot()
    def reveal(self) -> None:
        """The folder of the current photo, in the file manager."""
        photo_id = self._loupe.panel().current_photo_id()
        if photo_id is None:
            return
        folder = os.path.dirname(self._session.photos.photo(photo_id).path)
        if not QDesktopServices.openUrl(file_url(folder)):
            self._toast.say(self.tr("There is no file manager that would open {}.").format(printable(folder)))

    def _mark(self, mark: Mark | None) -> None:
        if self._loupe.is_open():
            self._loupe.below.mark_seen(mark)
        else:
            self._loupe.panel().mark_current(mark)
        self._loupe.refresh()

    @Slot(object)
    def _accept_groups(self, groups: list[Group]) -> None:
        self._session.accept(groups)
        if len(groups) > 1:
            self._toast.say(COUNTS.accepted(len(groups)), self.tr("Undo"), self._session.undo)

    @Slot(object)
    def _refuse_groups(self, families: list[list[int]]) -> None:
        self._session.refuse(families)

    @Slot(int)
    def _parted(self, count: int) -> None:
        if not count:
            self._toast.say(
                self.tr("These are the same file, or called no duplicates already: there is nothing to remember.")
            )
            return
        self._toast.say(
            self.tr("%Ln photo(s) are no duplicates of each other; remembered.", "", count),
            self.tr("Undo"),
            self._session.undo,
        )

    @Slot(str)
    def _search_file(self, path: str) -> None:
        self._presenter.forget_query()
        self._session.similar.to_file(path)

    @Slot(str)
    def _path_copied(self, _path: str) -> None:
        self._toast.say(self.tr("The path is on the clipboard."))

    @Slot(QPoint)
    def show_menu(self, point: QPoint) -> None:
        """What can be done with the photos here."""
        menu = QMenu(self._window)
        for name in MENU:
            if name:
                menu.addAction(self._actions[name])
            else:
                menu.addSeparator()
        menu.exec(point)
        menu.deleteLater()
