"""The place in the grid, the columns of the tables and the height of the preview, as they were left."""

from collections.abc import Mapping

from msgspec import Struct
from PySide6.QtCore import QByteArray, QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QSplitter, QTreeView

from twinlens.gui.session_file import SessionFile
from twinlens.gui.views import ViewId
from twinlens.gui.window_parts import WindowParts
from twinlens.gui.workspace import LISTS


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
        for name, splitter in self._splitters().items():
            self._bring_back(name, splitter)
        for view in LISTS:
            self._page_made(view)
        self._parts.workspace.pageMade.connect(self._page_made)
        self._parts.session.groups.loaded.connect(self._come_back)

    def restyle(self) -> None:
        """Nothing here has a colour."""

    def shut_down(self) -> None:
        """Keep everything."""
        parts: dict[str, QHeaderView | QSplitter] = dict(self._splitters())
        for view in LISTS:
            parts.update(self._tables(view))
        for name, part in parts.items():
            self._settings.setValue(f"view/{name}", part.saveState())
        grid = self._parts.workspace.photos
        current = grid.current_photo_id()
        if current is not None:
            row = grid.view().currentIndex().row()
            seen = row in grid.view().visible_rows()
            place = GridPlace(current, grid.view().top_of(row) if seen else 0)
            self._settings.setValue("view/grid", place.words())
        self._settings.sync()

    @Slot(str)
    def _page_made(self, view: str) -> None:
        for name, header in self._tables(ViewId(view)).items():
            self._bring_back(name, header)

    def _bring_back(self, name: str, part: QHeaderView | QSplitter) -> None:
        state = self._settings.value(f"view/{name}")
        if isinstance(state, QByteArray):
            part.restoreState(state)

    def _tables(self, view: ViewId) -> dict[str, QHeaderView]:
        """The columns of a list; none while its page is not made."""
        workspace = self._parts.workspace
        if view not in LISTS or not workspace.is_made(view):
            return {}
        tables = workspace.page(view).findChildren(QTreeView)
        return {f"{view}{number}": table.header() for number, table in enumerate(tables)}

    def _splitters(self) -> dict[str, QSplitter]:
        splitters = self._parts.side.inspector.findChildren(QSplitter)
        return {f"inspector{number}": splitter for number, splitter in enumerate(splitters)}

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
