"""The middle of the window: one page for each view. Those without photos of the library are made when they are needed."""

from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from twinlens.domain.group import Mark
from twinlens.domain.settings import AUTO_ADVANCE, THUMBNAIL_SIDE
from twinlens.gui.duplicates.panel import DuplicatesPanel
from twinlens.gui.grid.panel import PhotoGridPanel
from twinlens.gui.groups.panel import GroupsPanel
from twinlens.gui.plain_keys import is_for_control
from twinlens.gui.thumbnails.loader import ThumbnailLoader
from twinlens.gui.views import ViewId
from twinlens.gui.welcome.page import WelcomePage
from twinlens.preferences.store import Preferences

if TYPE_CHECKING:
    from twinlens.gui.history.panel import HistoryPanel
    from twinlens.gui.problems.panel import ProblemsPanel
    from twinlens.gui.quarantine.panel import QuarantinePanel
    from twinlens.gui.results.page import ResultsPage

LISTS = (ViewId.QUARANTINE, ViewId.HISTORY, ViewId.PROBLEMS)
MADE_LATER = (ViewId.RESULTS, *LISTS)


@runtime_checkable
class PhotoPanel(Protocol):
    """A panel with photos that the keys act on."""

    def current_photo_id(self) -> int | None:
        """The photo under the cursor."""
        ...

    def selected_ids(self) -> list[int]:
        """What an action applies to."""
        ...

    def mark_current(self, mark: Mark | None) -> None:
        """Ask for a mark on the selection."""
        ...


@runtime_checkable
class PlainPage(Protocol):
    """A page without photos: icons and colours of its own, and buttons that change something."""

    def restyle(self) -> None:
        """The palette has changed."""
        ...

    def forbid_changes(self) -> None:
        """Offer nothing that would change something."""
        ...


class Workspace(QStackedWidget):
    """Knows which view is shown; an empty library shows the welcome page instead of photos."""

    viewShown = Signal(str)
    pageMade = Signal(str)  # ViewId of a page that was made later than the others
    emptyChanged = Signal(bool)

    def __init__(self, loader: ThumbnailLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self._view = ViewId.DUPLICATES
        self._empty = self._reads_only = False
        self.welcome = WelcomePage(self)
        self.duplicates = DuplicatesPanel(loader, self)
        self.bursts = GroupsPanel(loader, self)
        self.photos = PhotoGridPanel(loader, self)
        self._pages: dict[ViewId, QWidget] = {
            ViewId.DUPLICATES: self.duplicates,
            ViewId.BURSTS: self.bursts,
            ViewId.PHOTOS: self.photos,
        }
        for page in (*self._pages.values(), self.welcome):
            self.addWidget(page)

    def event(self, event: QEvent) -> bool:
        """A button or a table in here keeps the keys that it needs."""
        if is_for_control(event, self.focusWidget()):
            event.accept()
            return True
        return super().event(event)

    @property
    def results(self) -> "ResultsPage":
        """The answers to what was asked about."""
        return cast("ResultsPage", self.page(ViewId.RESULTS))

    @property
    def quarantine(self) -> "QuarantinePanel":
        """What waits in the quarantine."""
        return cast("QuarantinePanel", self.page(ViewId.QUARANTINE))

    @property
    def history(self) -> "HistoryPanel":
        """What was decided."""
        return cast("HistoryPanel", self.page(ViewId.HISTORY))

    @property
    def problems(self) -> "ProblemsPanel":
        """What could not be read."""
        return cast("ProblemsPanel", self.page(ViewId.PROBLEMS))

    def page(self, view: ViewId) -> QWidget:
        """The page of a view, made if it is not there yet."""
        if view not in self._pages:
            page = self._pages[view] = self._new_page(view)
            self.addWidget(page)
            if self._reads_only and isinstance(page, PlainPage):
                page.forbid_changes()
            self.pageMade.emit(view)
        return self._pages[view]

    def is_made(self, view: ViewId) -> bool:
        """Whether this page is there already."""
        return view in self._pages

    def _new_page(self, view: ViewId) -> QWidget:
        if view is ViewId.RESULTS:
            from twinlens.gui.results.page import ResultsPage

            return ResultsPage(self._loader, self)
        if view is ViewId.QUARANTINE:
            from twinlens.gui.quarantine.panel import QuarantinePanel

            return QuarantinePanel(self)
        if view is ViewId.HISTORY:
            from twinlens.gui.history.panel import HistoryPanel

            return HistoryPanel(self)
        from twinlens.gui.problems.panel import ProblemsPanel

        return ProblemsPanel(self)

    def _plain_pages(self) -> list[PlainPage]:
        return [page for page in (self.welcome, *self._pages.values()) if isinstance(page, PlainPage)]

    def restyle(self) -> None:
        """The palette has changed: of the pages that do not follow it by themselves."""
        for page in self._plain_pages():
            page.restyle()

    def forbid_changes(self) -> None:
        """Offer nothing that would change something, on no page."""
        self._reads_only = True
        for page in self._plain_pages():
            page.forbid_changes()

    @property
    def view(self) -> ViewId:
        """The view that was chosen."""
        return self._view

    def show_view(self, view: ViewId) -> None:
        """Bring this view to the middle."""
        changed = view is not self._view
        self._view = view
        self._show_page()
        if changed:
            self.viewShown.emit(view)

    def set_empty(self, empty: bool) -> None:
        """Whether there is nothing in the library, and nothing being scanned."""
        if empty != self._empty:
            self._empty = empty
            self._show_page()
            self.emptyChanged.emit(empty)

    def focus_page(self) -> None:
        """Give the keys to what is shown."""
        page = self.currentWidget()
        if page is not None:
            page.setFocus()

    def group_panels(self) -> tuple[GroupsPanel, GroupsPanel]:
        """The panels with groups."""
        return self.duplicates.groups, self.bursts

    def sizable_panels(self) -> tuple[GroupsPanel | PhotoGridPanel, ...]:
        """The panels that show photos as large as the user wants them."""
        results = (self.results.grid,) if self.is_made(ViewId.RESULTS) else ()
        return (*self.group_panels(), self.photos, *results)

    def follow_settings(self, preferences: Preferences) -> None:
        """The size of thumbnails, and whether one goes on after a decision, as the user has them."""
        for panel in self.sizable_panels():
            panel.set_thumbnail_side(round(preferences.number(THUMBNAIL_SIDE)))
            panel.set_auto_advance(preferences.switch(AUTO_ADVANCE))

    def groups_panel(self) -> GroupsPanel | None:
        """The panel with groups in the middle, if there is one."""
        if self._empty:
            return None
        return {ViewId.DUPLICATES: self.duplicates.groups, ViewId.BURSTS: self.bursts}.get(self._view)

    def photo_panel(self) -> GroupsPanel | PhotoGridPanel | None:
        """The panel with photos in the middle, if there is one."""
        if self._view is ViewId.PHOTOS and not self._empty:
            return self.photos
        if self._view is ViewId.RESULTS:
            return self.results.grid
        return self.groups_panel()

    def selected_ids(self) -> tuple[int, ...]:
        """The photos selected in the view that is shown; none where it shows no photos."""
        panel = self.photo_panel()
        return tuple(panel.selected_ids()) if panel is not None else ()

    def _show_page(self) -> None:
        photos = self._view in (ViewId.DUPLICATES, ViewId.BURSTS, ViewId.PHOTOS)
        page = self.welcome if self._empty and photos else self.page(self._view)
        if page is not self.currentWidget():
            had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
            self.setCurrentWidget(page)
            if had_focus:
                page.setFocus()
