"""The window: sidebar, workspace, side panel, progress and footer, put together and taken apart."""

import os
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget

from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import PhotoClass
from twinlens.gui.awaited_presenter import AwaitedPresenter, with_glimpses
from twinlens.gui.commands.actions import build_actions, build_menus, give_local_keys, refresh_icons
from twinlens.gui.commands.table import ON_BUTTONS
from twinlens.gui.features import Features
from twinlens.gui.footer.bar import Footer
from twinlens.gui.late_icons import LateIcons
from twinlens.gui.library_commands import LibraryCommands
from twinlens.gui.loupe.view import Loupe
from twinlens.gui.loupe_commands import LoupeCommands
from twinlens.gui.picture_files import large_preview
from twinlens.gui.pictures.store import Pictures
from twinlens.gui.presenter import Presenter
from twinlens.gui.progress.strip import ProgressStrip
from twinlens.gui.read_only_presenter import ReadOnlyPresenter
from twinlens.gui.read_only_session import ReadOnlySession
from twinlens.gui.review_commands import ReviewCommands
from twinlens.gui.session import LibrarySession
from twinlens.gui.side_panel import SidePanel
from twinlens.gui.sidebar.panel import Sidebar
from twinlens.gui.tab_order import focus_next
from twinlens.gui.theme.theme import Theme
from twinlens.gui.thumbnails.awaited import AwaitedFiles
from twinlens.gui.thumbnails.drag_out import path_of
from twinlens.gui.thumbnails.loader import ThumbnailLoader
from twinlens.gui.thumbnails.runner import PoolRunner
from twinlens.gui.toast.toast import Toast
from twinlens.gui.views import ViewId
from twinlens.gui.watch_presenter import WatchPresenter
from twinlens.gui.window_commands import WindowCommands
from twinlens.gui.window_memory import WindowMemory
from twinlens.gui.workspace import Workspace
from twinlens.scanning.glimpse import Glimpses


class MainWindow(QMainWindow):
    """Owns the widgets; what they do is in the commands, what they show in the presenter."""

    offered = Signal(object)  # QDropEvent without folders, also while it is only dragged in

    def __init__(self, session: LibrarySession, theme: Theme) -> None:
        super().__init__()
        self.setWindowTitle("Twinlens")
        self.setAcceptDrops(True)
        self.session, self.theme, self._closed = session, theme, False
        self._folders_to_scan: list[str] = []
        self.actions_by_id: dict[str, QAction] = build_actions(self)
        build_menus(self.menuBar(), self.actions_by_id)
        self._late_icons = LateIcons(self.actions_by_id, self)
        self._frame()
        self._awaited, self._glimpses = AwaitedFiles(), Glimpses()
        self.loader = ThumbnailLoader(with_glimpses(self._fetch_thumbnails, self._awaited, self._glimpses.of), self)
        self.workspace = Workspace(self.loader, self._centre)
        self.side = SidePanel(large_preview, session.settling.held(PoolRunner(1)), self.loader, self.columns)
        self.sidebar = Sidebar(self.actions_by_id["open"], self.columns)
        self.progress = ProgressStrip(self.actions_by_id["pause"], self.actions_by_id["stop"], self._centre)
        self.footer = Footer(self.actions_by_id["remove"], self._centre)
        self.read_only: ReadOnlyPresenter | None = None
        self._lay_out()
        self.toast = Toast(self.surface)
        self.pictures = Pictures(self)
        self.loupe = Loupe(self.pictures, self.loader, self.surface)
        self.presenter = Presenter(
            session, self.loader, self.workspace, self.side, self.sidebar, self.progress, self.footer, self
        )
        self.awaited_presenter = AwaitedPresenter(session.scans, self._awaited, self.loader, self.workspace, self)
        self.watch_presenter = WatchPresenter(session.watch, session.scans, self.sidebar, self)
        self.loupe_commands = LoupeCommands(session, self.workspace, self.side, self.loupe, self)
        self.review = ReviewCommands(
            session, self.workspace, self.side, self.presenter, self.loupe_commands, self.toast, self
        )
        self.library = LibraryCommands(session, self.workspace, self.sidebar, self.toast, self)
        self.commands = WindowCommands(session, self.workspace, theme, self)
        self.features = Features(self)
        self._memory = WindowMemory(self)
        self._connect()
        if isinstance(session, ReadOnlySession):
            self._make_read_only(session)
        self._restore()

    def _make_read_only(self, session: ReadOnlySession) -> None:
        parts = (self.actions_by_id, self.workspace, self.sidebar, self.footer)
        self.read_only = ReadOnlyPresenter(session, *parts, self)
        self._above.insertWidget(0, self.read_only.banner)

    def begin(self, folders: Sequence[str]) -> None:
        """Show the library, then scan: these folders, and all sources for changes."""
        self._folders_to_scan = list(folders)
        kind = {ViewId.DUPLICATES: self.workspace.duplicates.photo_class(), ViewId.BURSTS: PhotoClass.BURST}
        shown = kind.get(self.workspace.view)
        self.session.open(self._memory.page(), self.session.groups.query(shown) if shown else None)

    @Slot()
    def _opened(self) -> None:
        """The first page is on the screen: now for what takes longer."""
        if self._folders_to_scan:
            self.library.add_folders(self._folders_to_scan)
        self._late_icons.start()
        self.features.start()

    @Slot(str)
    def show_view(self, view: str) -> None:
        """Bring this view to the middle."""
        self.workspace.show_view(ViewId(view))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Folders are welcome anywhere."""
        if _folders(event):
            event.acceptProposedAction()
        else:
            self.offered.emit(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Scan what was dropped."""
        folders = _folders(event)
        if folders:
            event.acceptProposedAction()
            self.library.add_folders(folders)
        else:
            self.offered.emit(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the state, end everything in order."""
        self.shut_down()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the tick at the action true."""
        if event.type() is QEvent.Type.WindowStateChange and hasattr(self, "actions_by_id"):
            self.actions_by_id["full_screen"].setChecked(self.isFullScreen())
        super().changeEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab."""
        parts = (self.sidebar, self.workspace, self.progress, self.footer, self.side)
        return focus_next(self, self.surface, parts, forward=forward)

    def shut_down(self) -> None:
        """Once: no thread and no timer is left behind."""
        if self._closed:
            return
        self._closed = True
        self.setUpdatesEnabled(False)  # what is painted from now on would ask a library that is being closed
        self._memory.save()
        self.toast.dismiss()
        self._late_icons.stop()
        self.commands.close_laboratory()
        self.features.shut_down()
        self.presenter.shut_down()
        self.watch_presenter.shut_down()
        self.session.close_desks()
        self.loader.shutdown()
        self._glimpses.close()
        self.side.inspector.shutdown()
        self.loupe.shutdown()
        self.pictures.shutdown()
        self.session.close()

    def _frame(self) -> None:
        """What everything lies in, made first: Qt styles a tree of widgets anew each time it is given another parent."""
        self.surface = QWidget(self)  # what toast and loupe float over: a child of a splitter would become a column
        self.setCentralWidget(self.surface)
        self._above = QVBoxLayout(self.surface)
        self.columns = QSplitter(Qt.Orientation.Horizontal, self.surface)
        self._above.addWidget(self.columns, 1)
        self._centre = QWidget(self.columns)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._centre)
        for layout in (self._above, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        column.addWidget(self.workspace, 1)
        column.addWidget(self.progress)
        column.addWidget(self.footer)
        self.columns.setHandleWidth(1)
        self.columns.setChildrenCollapsible(False)
        for place, part in enumerate((self.sidebar, self._centre, self.side)):
            self.columns.insertWidget(place, part)
        self.columns.setStretchFactor(1, 1)

    def _connect(self) -> None:
        actions = self.actions_by_id
        self.review.connect_all(actions)
        self.library.connect_all(actions)
        self.commands.connect_all(actions)
        self.features.connect_all(actions)
        for widget in (self.workspace, self.side, self.loupe):
            give_local_keys(widget, actions)
        actions["side_panel"].toggled.connect(self._show_side)
        self.workspace.viewShown.connect(self._show_side)
        self.workspace.emptyChanged.connect(self._show_side)
        self.sidebar.viewChosen.connect(self.show_view)
        self.theme.changed.connect(self.restyle)
        self.awaited_presenter.begun.connect(self._glimpses.prepare)
        self.awaited_presenter.ended.connect(self._glimpses.close)
        self.session.opened.connect(self._opened)
        self.session.settling.settled.connect(self.session.rescan)
        self.toast.keep_clear_of(self.footer.sizeHint().height())

    @Slot()
    def _show_side(self) -> None:
        """Beside photos; not beside lists, and not where there are no photos yet."""
        wanted = self.actions_by_id["side_panel"].isChecked()
        self.side.setVisible(wanted and self.workspace.photo_panel() is not None)
        self.footer.setVisible(self.workspace.photo_panel() is not None)

    @Slot()
    def restyle(self) -> None:
        """The palette changed: icons and quiet colours follow."""
        refresh_icons(self.actions_by_id)
        self._restyle_widgets()

    def _restyle_widgets(self) -> None:
        self.library.refresh_scan_actions()
        for widget in (self.sidebar, self.progress, self.footer, self.workspace):
            widget.restyle()
        self.features.restyle()

    def _restore(self) -> None:
        self._memory.restore()
        self.workspace.follow_settings(self.session.library.preferences)
        # Those in menus are drawn once the first photos are on the screen.
        refresh_icons(self.actions_by_id, ON_BUTTONS)
        self._restyle_widgets()

    def _fetch_thumbnails(self, photo_ids: list[int]) -> dict[int, bytes]:
        """Runs in the loader's workers."""
        found = self.session.library.thumbnails.get_many([PhotoId(photo_id) for photo_id in photo_ids])
        return {int(photo_id): jpeg for photo_id, jpeg in found.items()}


def _folders(event: QDropEvent) -> list[str]:
    paths = [path for url in event.mimeData().urls() if (path := path_of(url)) is not None]
    return [path for path in paths if os.path.isdir(path)]
