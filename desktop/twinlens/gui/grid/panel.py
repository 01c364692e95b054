"""All photos as a grid of cards."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import numpy as np
from PySide6.QtCore import QModelIndex, QPoint, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.group import Mark
from twinlens.domain.settings import THUMBNAIL_SIDE
from twinlens.gui.sliders.throttle import Throttle
from twinlens.gui.thumbnails.awaited import AwaitedFile, are_awaited, is_awaited
from twinlens.gui.thumbnails.empty_state import EmptyState
from twinlens.gui.thumbnails.loader import ThumbnailLoader
from twinlens.gui.thumbnails.photo_model import PhotoListModel
from twinlens.gui.thumbnails.photo_shelf import Lookup
from twinlens.gui.thumbnails.photo_view import PhotoListView

ARRIVALS_MS = 400  # every arrival lays the grid out anew
LOOK_MS = 150  # between two looks at what is on screen while the user scrolls
GRID_LINES = 2  # name and size


class PhotoGridPanel(QWidget):
    """Shows photos in the order given and asks for marks by signals; it decides nothing itself."""

    currentPhotoChanged = Signal(int)
    selectionChanged = Signal()
    markRequested = Signal(object, object)  # list of photo ids, Mark or None
    photoActivated = Signal(int)
    menuRequested = Signal(QPoint)
    awaitedInView = Signal(object)  # list of ids of files that are shown, or nearly, and not in the library yet

    def __init__(
        self,
        loader: ThumbnailLoader,
        parent: QWidget | None = None,
        *,
        caption: Callable[[int], str] | None = None,
        lines: int = GRID_LINES,
    ) -> None:
        super().__init__(parent)
        self._auto_advance = True
        self._waiting: list[int] = []
        self._arrivals = Throttle(self, ARRIVALS_MS)
        self._model = PhotoListModel(self, caption=caption)
        self._view = PhotoListView(loader, int(float(str(THUMBNAIL_SIDE.default))), self, lines=lines)
        self._view.setAccessibleName(self.tr("Photos"))
        self._view.setModel(self._model)
        self._look = Throttle(self, LOOK_MS)
        self.empty = EmptyState(self, sign="photos")
        self.empty.say(self.tr("No photos yet"), self.tr("Add a folder, or drop one on the window, to scan it."))
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self._view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.setFocusProxy(self._view)
        self._view.selectionModel().currentChanged.connect(self._tell_current)
        self._view.selectionModel().selectionChanged.connect(self._tell_selection)
        self._arrivals.fired.connect(self._append_waiting)
        self._view.photo_activated.connect(self.photoActivated)
        self._view.menu_requested.connect(self.menuRequested)
        self._view.verticalScrollBar().valueChanged.connect(self._look.touch)
        self._view.verticalScrollBar().rangeChanged.connect(self._look.touch)  # resized, or rows came
        self._look.fired.connect(self._tell_awaited)

    def set_photo_ids(self, ids: Sequence[int] | Int64Array) -> None:
        """Show these photos; awaited files stay, behind them.

        The current photo stays current if it is still among them, and in its place on screen if it was in sight;
        otherwise the first photo in sight stays in its place.
        """
        shown = self._model.all_ids()
        self._set_ids(np.concatenate([np.array(ids, np.int64), shown[are_awaited(shown)]]))

    def _set_ids(self, ids: Int64Array) -> None:
        self._waiting.clear()
        self._view.show_ids(ids)
        self._show_page()

    def append_photo_ids(self, ids: Sequence[int]) -> None:
        """Show these too, at the end, as when a scan finds them; at once, or a few times a second when they rain in."""
        self._waiting.extend(ids)
        self._arrivals.touch()

    def set_awaited(self, lookup: Callable[[int], AwaitedFile | None]) -> None:
        """Where the files of awaited ids come from."""
        self._model.set_awaited(lookup)

    def append_awaited(self, ids: Sequence[int]) -> None:
        """Show these files too, at the end and at once: they will be studied."""
        self._append_waiting()
        self._model.append_ids(ids)
        self._show_page()
        if not self.has_current():
            self.go_to_top()
        self._look.touch()

    def replace_ids(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Let awaited files become photos where they are; nothing moves."""
        rows = self._model.replace_ids(pairs)
        if self._view.currentIndex().row() in rows:
            self._tell_current(self._view.currentIndex())

    def drop_awaited(self) -> None:
        """The scan is over: files that became no photo leave."""
        ids = self._model.all_ids()
        awaited = are_awaited(ids)
        if awaited.any():
            self._set_ids(ids[~awaited])

    def shows(self, photo_id: int) -> bool:
        """Whether this photo is among the rows."""
        return self._model.row_of(photo_id) is not None

    def has_current(self) -> bool:
        """Whether the cursor is anywhere, on an awaited file too."""
        return self._view.currentIndex().isValid()

    def set_photos(self, lookup: Lookup) -> None:
        """Where photos come from; ``lookup`` is called for what is on screen."""
        self._model.set_lookup(lookup)
        self._view.viewport().update()

    def set_marks(self, marks: Mapping[int, Mark]) -> None:
        """The user's decisions by photo id."""
        self._model.set_marks(marks)
        self._view.viewport().update()

    def forget(self, ids: Collection[int]) -> None:
        """These photos changed: look them up again."""
        self._model.forget(ids)
        self._view.viewport().update()

    def set_thumbnail_side(self, px: int) -> None:
        """Show photos in boxes of this side, in logical pixels."""
        self._view.set_side(px)

    def set_auto_advance(self, on: bool) -> None:
        """Whether to go to the next photo after keep or reject."""
        self._auto_advance = on

    def view(self) -> PhotoListView:
        """The grid itself."""
        return self._view

    def current_photo_id(self) -> int | None:
        """The photo that the keys act on."""
        return self._view.current_photo_id()

    def selected_ids(self) -> list[int]:
        """The selected photos in their order on screen."""
        return self._view.selected_ids()

    def show_photo(self, photo_id: int) -> bool:
        """Go to this photo; False when it is not shown."""
        row = self._model.row_of(photo_id)
        if row is not None:
            self._view.go_to(row)
        return row is not None

    def page_ids(self, limit: int) -> list[int]:
        """The photos on screen and some that follow, at most ``limit``."""
        start = self._view.visible_rows().start
        return self._model.ids(start, start + limit)

    def is_at_top(self) -> bool:
        """Whether the user is where every list begins: on the first photo, nothing scrolled."""
        return self._view.currentIndex().row() <= 0 and self._view.verticalScrollBar().value() == 0

    def go_to_top(self) -> None:
        """Make the first photo current."""
        if self._model.rowCount():
            self._view.go_to(0)
            self._view.scrollToTop()

    @Slot()
    def select_all(self) -> None:
        """Select every photo."""
        self._view.selectAll()

    @Slot()
    def select_none(self) -> None:
        """Select nothing."""
        self._view.clearSelection()

    def mark_current(self, mark: Mark | None) -> None:
        """Ask for a mark on what is selected, or on the current photo, and go on if that is set."""
        current = self.current_photo_id()
        photo_ids = self.selected_ids() or ([current] if current is not None else [])
        if not photo_ids:
            return
        self.markRequested.emit(photo_ids, mark)
        if self._auto_advance and mark is not None and len(photo_ids) == 1:
            self._view.step(1)

    @Slot()
    def _append_waiting(self) -> None:
        self._model.append_ids(self._waiting)
        self._waiting.clear()
        self._show_page()

    @Slot()
    def _tell_awaited(self) -> None:
        """What is on screen, then what the next turn of the wheel shows."""
        rows = self._view.visible_rows()
        ids = self._model.ids(rows.start, rows.stop + len(rows))
        self.awaitedInView.emit([photo_id for photo_id in ids if is_awaited(photo_id)])

    @Slot(QModelIndex)
    def _tell_current(self, index: QModelIndex) -> None:
        photo_id = self._model.id_at(index.row())
        if photo_id is not None:
            self.currentPhotoChanged.emit(photo_id)

    @Slot()
    def _tell_selection(self) -> None:
        self.selectionChanged.emit()

    def _show_page(self) -> None:
        self._pages.setCurrentWidget(self._view if self._model.rowCount() else self.empty)
