"""The large preview over the panel below: opening it, moving in it, looking nearer, coming back."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QWidget

from twinlens.gui.looking.below import Below
from twinlens.gui.looking.describing import facts_of
from twinlens.gui.loupe.view import Loupe
from twinlens.gui.session import LibrarySession
from twinlens.gui.side_panel import SidePanel
from twinlens.gui.workspace import PhotoPanel, Workspace

MOST_AHEAD = 48


@runtime_checkable
class Zooms(Protocol):
    """A view that one can look into."""

    def zoom(self, steps: float) -> None:
        """Nearer or further."""
        ...

    def fit(self) -> None:
        """Everything."""
        ...

    def toggle_actual(self) -> None:
        """1:1 and back."""
        ...


class LoupeCommands(QObject):
    """Shows large what is under the cursor of the panel with the focus."""

    def __init__(
        self, session: LibrarySession, workspace: Workspace, side: SidePanel, loupe: Loupe, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.below = Below(session, workspace, side, parent)
        self._loupe = loupe
        for panel in (*workspace.group_panels(), workspace.photos, side.similar):
            panel.photoActivated.connect(self.show_large)
            panel.currentPhotoChanged.connect(self.refresh)
        loupe.navigated.connect(self._move_below)
        loupe.closed.connect(self._closed)
        loupe.menuRequested.connect(self._show_menu)
        session.marks.changed.connect(self.refresh)
        session.groups.changed.connect(self.refresh)

    def panel(self) -> PhotoPanel:
        """The panel that the keys act on."""
        return self.below.panel()

    def is_open(self) -> bool:
        """Whether one photo is seen large."""
        return self._loupe.isVisible()

    @Slot()
    def toggle(self) -> None:
        """Space and E."""
        if self._loupe.isVisible():
            self._loupe.leave()
            return
        photo_id = self.panel().current_photo_id()
        if photo_id is not None:
            self.show_large(photo_id)

    @Slot(int)
    def show_large(self, photo_id: int) -> None:
        """Show this photo."""
        photo = self.below.photo(photo_id)
        if photo is None:
            return
        if not self._loupe.isVisible():
            self.below.enter(self._loupe)
            self.below.go_to(photo_id)
        facts = facts_of(photo, self.below)
        self._loupe.show_photo(photo, facts, ahead=self.below.ahead(MOST_AHEAD))

    @Slot()
    def refresh(self) -> None:
        """The cursor or a mark below has changed."""
        if self._loupe.isVisible():
            photo = self.below.current()
            if photo is not None:
                self.show_large(photo.id)

    @Slot()
    def zoom_in(self) -> None:
        """Nearer."""
        front = self.below.front()
        if isinstance(front, Zooms):
            front.zoom(1)

    @Slot()
    def zoom_out(self) -> None:
        """Further."""
        front = self.below.front()
        if isinstance(front, Zooms):
            front.zoom(-1)

    @Slot()
    def fit(self) -> None:
        """Whole."""
        front = self.below.front()
        if isinstance(front, Zooms):
            front.fit()

    @Slot()
    def actual(self) -> None:
        """1:1 and back; from a panel, open the loupe at 1:1."""
        if not isinstance(self.below.front(), Zooms):
            self.toggle()
        front = self.below.front()
        if isinstance(front, Zooms):
            front.toggle_actual()

    @Slot(int)
    def _move_below(self, key: int) -> None:
        """Let the panel below move its cursor, so that arrows mean the same and one comes back to where one is."""
        self.below.send(key)  # which tells of the photo that is current then

    @Slot(QPoint)
    def _show_menu(self, point: QPoint) -> None:
        self.below.base().menuRequested.emit(point)

    @Slot()
    def _closed(self) -> None:
        self.below.leave(self._loupe)
