"""A grid of cards over a stock list view, which brings selection, keyboard and accessibility with it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget

from twinlens.domain.fingerprint import Int64Array
from twinlens.gui.thumbnails.awaited import is_awaited
from twinlens.gui.thumbnails.card_content import CARD_LINES
from twinlens.gui.thumbnails.card_geometry import CardGeometry, square_card
from twinlens.gui.thumbnails.card_painter import CardPainter, caption_height
from twinlens.gui.thumbnails.colours import Colours
from twinlens.gui.thumbnails.drag_out import drag_files
from twinlens.gui.thumbnails.loader import ThumbnailLoader
from twinlens.gui.thumbnails.long_list import LongListView
from twinlens.gui.thumbnails.photo_delegate import PhotoDelegate
from twinlens.gui.thumbnails.photo_model import PhotoListModel

GAP_PX = 8


class PhotoListView(LongListView):
    """Cards that fill the width evenly. Uniform sizes and batched layout: 100,000 rows cost what is on screen."""

    photo_activated = Signal(int)
    menu_requested = Signal(QPoint)  # in global coordinates, the photo under it is current

    def __init__(
        self,
        loader: ThumbnailLoader,
        side_px: int,
        parent: QWidget,
        *,
        lines: int = CARD_LINES,
        shape: Callable[[int, int, int], CardGeometry] = square_card,
    ) -> None:
        super().__init__(parent)
        self._loader = loader
        self._side_px = side_px
        self._lines = lines
        self._shape = shape
        self._on_screen: set[int] = set()
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self._delegate = PhotoDelegate(loader, self._card_painter(), self)
        self.setItemDelegate(self._delegate)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(0)
        self._settle.timeout.connect(self._drop_what_left)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.doubleClicked.connect(self._activate_current)
        loader.loaded.connect(self._repaint)
        loader.dropped.connect(self._repaint)
        self._arrange()

    def photos(self) -> PhotoListModel:
        """The model, as what it is."""
        model = self.model()
        assert isinstance(model, PhotoListModel)
        return model

    def set_side(self, side_px: int) -> None:
        """Show photos in boxes of this side, in logical pixels."""
        if side_px != self._side_px:
            self._side_px = side_px
            self._restyle()

    def current_photo_id(self) -> int | None:
        """The photo that the keys act on; None on a file that is not in the library yet."""
        current = self.photos().id_at(self.currentIndex().row())
        return None if current is None or is_awaited(current) else current

    def selected_ids(self) -> list[int]:
        """The selected photos in their order on screen, without files that are not in the library yet."""
        selection = self.selectionModel().selection()
        parts = (selection.at(number) for number in range(selection.count()))
        ranges = sorted((part.top(), part.bottom()) for part in parts)
        selected = (photo_id for top, bottom in ranges for photo_id in self.photos().ids(top, bottom + 1))
        return [photo_id for photo_id in selected if not is_awaited(photo_id)]

    def step(self, by: int) -> None:
        """Make a neighbour the current and only selected photo; stays at the ends."""
        row = min(max(self.currentIndex().row() + by, 0), self.photos().rowCount() - 1)
        if row >= 0:
            self.go_to(row)

    def go_to(self, row: int) -> None:
        """Make this row the current and only selected one, and show it."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.photos().index(row, 0), flags)

    def show_ids(self, ids: Sequence[int] | Int64Array) -> None:
        """Show these photos instead; what the eye is on stays where it is, and the current photo current."""
        model, row, seen = self.photos(), self.currentIndex().row(), self.visible_rows()
        current = model.id_at(row)
        anchor_row = row if row in seen else seen.start
        anchor, top_px = model.id_at(anchor_row), self.top_of(anchor_row)
        model.set_ids(ids)
        if current is not None and (new_row := model.row_of(current)) is not None:
            self.go_to(new_row)
        if anchor is not None and (new_row := model.row_of(anchor)) is not None:
            self.updateGeometries()  # rows may have come or gone since the last layout
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.top_of(new_row) - top_px)

    def about_to_paint(self, rows: range) -> None:
        """Look up what all cards show at once."""
        self.photos().fetch(rows)

    def top_of(self, row: int) -> int:
        """Where the upper edge of this row is in the viewport, in pixels."""
        return self.visualRect(self.photos().index(row, 0)).top()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space opens the large view; all else is as in any list."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._activate_current()
            event.accept()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """No search by typing: Qt would ask every row for its name, and letters are decisions here."""

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the selected photos to another program."""
        current = self.current_photo_id()
        if current is not None:
            photo_ids = self.selected_ids() or [current]
            drag_files(self, self.photos().paths(photo_ids), self._loader.pixmap(current))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the current photo."""
        self.menu_requested.emit(event.globalPos())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette and the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the cards over the new width."""
        self._arrange()
        super().resizeEvent(event)

    def _card_painter(self) -> CardPainter:
        geometry = self._shape(self._side_px, caption_height(self.font()), self._lines)
        return CardPainter(geometry, self.font(), Colours.of(self.palette()))

    def _restyle(self) -> None:
        if hasattr(self, "_delegate"):  # Qt tells of the first palette while the base class is being made
            self._delegate.cards = self._card_painter()
            self._arrange()
            self.viewport().update()

    def _columns(self) -> int:
        return max(1, (self.viewport().width() - 1) // max(1, self._delegate.cards.geometry.width + GAP_PX))

    def _arrange(self) -> None:
        geometry = self._delegate.cards.geometry
        cell = QSize(max(geometry.width, (self.viewport().width() - 1) // self._columns()), geometry.height + GAP_PX)
        if cell != self.gridSize():
            self.setGridSize(cell)

    @Slot()
    def _activate_current(self) -> None:
        photo_id = self.current_photo_id()
        if photo_id is not None:
            self.photo_activated.emit(photo_id)

    @Slot(object)
    def _repaint(self, photo_ids: list[int]) -> None:
        """Repaint the cards of these photos as far as they are on screen."""
        shown = set(photo_ids)
        rows = self.visible_rows()
        for row, photo_id in zip(rows, self.photos().ids(rows.start, rows.stop), strict=True):
            if photo_id in shown:
                rect: QRect = self.visualRect(self.photos().index(row, 0))
                self.viewport().update(rect)

    @Slot()
    def _scrolled(self) -> None:
        self._settle.start()

    @Slot()
    def _drop_what_left(self) -> None:
        """Take back requests for what scrolled away before it was loaded."""
        rows = self.visible_rows()
        on_screen = set(self.photos().ids(rows.start, rows.stop))
        self._loader.drop(self._on_screen - on_screen)
        self._on_screen = on_screen
