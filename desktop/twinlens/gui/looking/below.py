"""What lies below a view that covers the window: the panel whose cursor it follows, and the way back to it."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from twinlens.domain.group import Group, Mark, Member
from twinlens.domain.photo import Photo
from twinlens.gui.grid.panel import PhotoGridPanel
from twinlens.gui.groups.model import GroupListModel
from twinlens.gui.groups.panel import GroupsPanel
from twinlens.gui.groups.view import GroupsView
from twinlens.gui.looking.ahead import of_groups, of_rows
from twinlens.gui.session import LibrarySession
from twinlens.gui.side_panel import SidePanel
from twinlens.gui.similar.panel import SimilarPanel
from twinlens.gui.thumbnails.awaited import is_awaited
from twinlens.gui.workspace import PhotoPanel, Workspace

BasePanel = GroupsPanel | PhotoGridPanel | SimilarPanel


@runtime_checkable
class CanBeLeft(Protocol):
    """A view over the window."""

    def leave(self) -> None:
        """Back to where one came from."""
        ...


class Below(QObject):
    """Knows which panel the keys act on, and the views that lie over it, the last in front."""

    frontChanged = Signal()

    def __init__(self, session: LibrarySession, workspace: Workspace, side: SidePanel, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._workspace, self._side, self._window = session, workspace, side, window
        self._back: QWidget | None = None
        self._fronts: list[QWidget] = []

    def enter(self, front: QWidget) -> None:
        """A view begins to cover what is there."""
        if front in self._fronts:
            return
        if not self._fronts:
            self._back = self._window.focusWidget()
        self._fronts.append(front)
        self.frontChanged.emit()

    def leave(self, front: QWidget) -> None:
        """A view is gone: the keys go back to what it covered."""
        if front in self._fronts:
            self._fronts.remove(front)
        back = self._fronts[-1] if self._fronts else self._back
        if not self._fronts:
            self._back = None
        if back is not None:
            back.setFocus()
        self.frontChanged.emit()

    def close_all(self) -> None:
        """Leave every view that covers the window, the front one first."""
        while self._fronts:
            front = self._fronts[-1]
            if isinstance(front, CanBeLeft):
                front.leave()
            if front in self._fronts:
                self._fronts.remove(front)

    def front(self) -> object:
        """The view in front; None where nothing covers the window."""
        return self._fronts[-1] if self._fronts else None

    def base(self) -> BasePanel:
        """The panel at the bottom: the lookalikes where they have or had the focus, else the view in the middle."""
        panel = self._workspace.photo_panel()
        view = self._side.similar.view()
        in_similar = self._back is view if self._fronts else view.hasFocus()
        return self._side.similar if panel is None or in_similar else panel

    def panel(self) -> PhotoPanel:
        """What P, X and U act on: a view that covers the window, where it has a cursor of its own."""
        front = self.front()
        return front if isinstance(front, PhotoPanel) else self.base()

    def current(self) -> Photo | None:
        """The photo under the cursor of the panel at the bottom."""
        photo_id = self.base().current_photo_id()
        return None if photo_id is None else self.photo(photo_id)

    def photo(self, photo_id: int) -> Photo | None:
        """This photo, None when it has left the library."""
        return self._session.photos.find(photo_id)

    def mark(self, photo_id: int) -> Mark | None:
        """What the user decided for this photo."""
        return self._session.marks.marks.get(photo_id)

    def group(self) -> Group | None:
        """The group under the cursor; None where there are no groups."""
        base = self.base()
        return base.current_group() if isinstance(base, GroupsPanel) else None

    def member(self, photo_id: int) -> Member | None:
        """What the current group says of this photo."""
        group = self.group()
        return next((one for one in group.members if one.photo_id == photo_id), None) if group is not None else None

    def place(self, photo_id: int) -> tuple[int, int]:
        """The number of this photo, from 1, and of how many; zeros where it is nowhere."""
        group, base = self.group(), self.base()
        if group is not None:
            ids: Sequence[int] = [member.photo_id for member in group.members]
            return (ids.index(photo_id) + 1, len(ids)) if photo_id in ids else (0, 0)
        if isinstance(base, GroupsPanel):
            return 0, 0
        photos = base.view().photos()
        row = photos.row_of(photo_id)
        return (0, 0) if row is None else (row + 1, photos.rowCount())

    def ahead(self, most: int) -> list[Photo]:
        """What is likely to be looked at next, the likeliest first; at most so many."""
        base = self.base()
        if isinstance(base, GroupsPanel):
            model = base.view().model()
            if not isinstance(model, GroupListModel) or base.view().current_number() < 0:
                return []
            ids = of_groups(model.groups, base.view().current_number(), base.view().strip.current, most)
        else:
            photos = base.view().photos()
            rows = of_rows(base.view().currentIndex().row(), photos.rowCount(), most)
            ids = [found for row in rows if (found := photos.id_at(row)) is not None and not is_awaited(found)]
        return [photo for photo_id in ids if (photo := self.photo(photo_id)) is not None]

    def go_to(self, photo_id: int) -> bool:
        """Put the cursor below on this photo, if it is there."""
        base = self.base()
        if self._go_within(photo_id):
            return True
        if isinstance(base, SimilarPanel):
            row = base.view().photos().row_of(photo_id)
            if row is not None:
                base.view().go_to(row)
            return row is not None
        return base.current_photo_id() == photo_id or base.show_photo(photo_id)

    def _go_within(self, photo_id: int) -> bool:
        """To another of the photos that are selected, which stay so; False where it is none of them."""
        view = self.base().view()
        if isinstance(view, GroupsView):
            group = self.group()
            ids: list[int] = [member.photo_id for member in group.members] if group is not None else []
            if photo_id not in ids or ids.index(photo_id) not in view.strip.selected:
                return False
            view.move_cursor(replace(view.strip, current=ids.index(photo_id)))
            return True
        row, chosen = view.photos().row_of(photo_id), view.selectionModel()
        index = view.photos().index(-1 if row is None else row, 0)
        if not index.isValid() or not chosen.isSelected(index):
            return False
        chosen.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        return True

    def mark_seen(self, mark: Mark | None) -> None:
        """Ask for a mark on the one photo that is seen large, whatever else is selected below."""
        view = self.base().view()
        if isinstance(view, GroupsView):
            view.move_cursor(view.strip.to(view.strip.current))
        else:
            view.clearSelection()
        self.base().mark_current(mark)

    def send(self, key: int) -> None:
        """Let the panel at the bottom do what a key does there, so that arrows mean the same everywhere.

        Not by an event that is sent: Qt would look for a command with this key first, perhaps the very one that asks.
        """
        self.base().view().keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))
