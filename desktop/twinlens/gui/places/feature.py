"""The place in the grid, the columns of the tables and the height of the preview, as they were left."""

from collections.abc import Mapping

from msgspec import Struct
from PySide6.QtCore import QByteArray, QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter, QTreeView

from twinlens.gui.session_file import SessionFile
from twinlens.gui.window_parts import WindowParts


class GridPlace(Struct, frozen=True):
    """The current photo of the grid, and where its upper edge was in the viewport."""

    photo_id: int
    top_px: int

    def words(self) -> str:
        """As it is kept."""
        return f"{self.photo_id} {self.top_px}"


def grid_place(words: str) -> GridPlace | None:
    """A place that was kept; None where these words name none."""
    try:
        photo_id, top_px = map(int, words.split())
    except ValueError:
        return None
    return GridPlace(photo_id, top_px)


class Places(QObject):
    """What ``WindowMemory`` keeps of the window, this keeps of its views."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        folder = parts.session.library.folder
        self._settings = SessionFile(folder)
        self._left = grid_place(str(self._settings.value("view/grid", "")))

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """Bring back what needs no photos, and the rest when they are there."""
        for name, part in self._parts_with_state().items():
            state = self._settings.value(f"view/{name}")
            if isinstance(state, QByteArray):
                (part.header() if isinstance(part, QTreeView) else part).restoreState(state)
        self._parts.session.groups.loaded.connect(self._come_back)

    def restyle(self) -> None:
        """Nothing here has a colour."""

    def shut_down(self) -> None:
        """Keep everything."""
        for name, part in self._parts_with_state().items():
            state = part.header().saveState() if isinstance(part, QTreeView) else part.saveState()
            self._settings.setValue(f"view/{name}", state)
        grid = self._parts.workspace.photos
        current = grid.current_photo_id()
        if current is not None:
            row = grid.view().currentIndex().row()
            seen = row in grid.view().visible_rows()
            place = GridPlace(current, grid.view().top_of(row) if seen else 0)
            self._settings.setValue("view/grid", place.words())
        self._settings.sync()

    def _parts_with_state(self) -> dict[str, QTreeView | QSplitter]:
        workspace = self._parts.workspace
        tables = {"quarantine": workspace.quarantine, "history": workspace.history, "problems": workspace.problems}
        found: dict[str, QTreeView | QSplitter] = {}
        for name, page in tables.items():
            for number, table in enumerate(page.findChildren(QTreeView)):
                found[f"{name}{number}"] = table
        for number, splitter in enumerate(self._parts.side.inspector.findChildren(QSplitter)):
            found[f"inspector{number}"] = splitter
        return found

    @Slot()
    def _come_back(self) -> None:
        """Once, behind the presenter, and only where nobody has gone on meanwhile."""
        left, self._left = self._left, None
        grid = self._parts.workspace.photos
        if left is None:
            return
        moved = not grid.is_at_top() and grid.current_photo_id() != left.photo_id
        if not moved and grid.show_photo(left.photo_id):
            bar = grid.view().verticalScrollBar()
            bar.setValue(bar.value() + grid.view().top_of(grid.view().currentIndex().row()) - left.top_px)
