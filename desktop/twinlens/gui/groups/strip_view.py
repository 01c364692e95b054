"""The list of strips: where each strip is scrolled to, and which photo of which group is current."""

import itertools

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QSize, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget

from twinlens.gui.groups.delegate import GroupDelegate
from twinlens.gui.groups.geometry import RowGeometry
from twinlens.gui.groups.model import GroupListModel
from twinlens.gui.groups.strip import StripCursor
from twinlens.gui.thumbnails.card_content import CARD_LINES
from twinlens.gui.thumbnails.card_geometry import strip_card
from twinlens.gui.thumbnails.card_painter import CardPainter, caption_height
from twinlens.gui.thumbnails.colours import Colours
from twinlens.gui.thumbnails.loader import ThumbnailLoader
from twinlens.gui.thumbnails.long_list import LongListView

DEFAULT_SIDE_PX = 176
HEADER_PADDING_PX = 12


class StripView(LongListView):
    """One row a group, all of one size; rows are made only as they are painted."""

    current_photo_changed = Signal(int)
    photo_activated = Signal(int)
    menu_requested = Signal(QPoint)  # in global coordinates, the photo under it is current

    def __init__(self, model: GroupListModel, loader: ThumbnailLoader, parent: QWidget) -> None:
        super().__init__(parent)
        self._groups, self._loader = model, loader
        self._side_px = DEFAULT_SIDE_PX
        self._cursor = StripCursor(0)
        self._firsts: dict[int, int] = {}
        self._arriving_at: int | None = None
        self._on_screen: set[int] = set()
        self._told_photo: int | None = None
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._geometry = RowGeometry(0, 0, self._card_painter().geometry)
        self._delegate = GroupDelegate(loader, self._card_painter(), self, self)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(0)
        self._settle.timeout.connect(self._drop_what_left)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        loader.loaded.connect(self._repaint)
        loader.dropped.connect(self._repaint)
        self._restyle()

    def geometry_of_rows(self) -> RowGeometry:
        """The geometry of every row."""
        return self._geometry

    def first_of(self, number: int) -> int:
        """The first photo shown of this row."""
        return self._firsts.get(number, 0)

    def cursor_of(self, number: int) -> StripCursor | None:
        """The cursor, if it is in this row."""
        return self._cursor if number == self.currentIndex().row() else None

    def is_chosen(self, number: int) -> bool:
        """Whether this group is one of several that are chosen."""
        return False

    @property
    def strip(self) -> StripCursor:
        """The current photo and the selection in the current group."""
        return self._cursor

    def current_number(self) -> int:
        """The current group, from 0; -1 where there is none."""
        return self.currentIndex().row()

    def set_side(self, side_px: int) -> None:
        """Show photos in boxes of this width, in logical pixels."""
        if side_px != self._side_px:
            self._side_px = side_px
            self._restyle()

    def place(self, number: int, position: int) -> None:
        """Make a photo of a group the current one and show it; numbers outside are kept inside."""
        number = min(max(number, 0), self._groups.rowCount() - 1)
        if number < 0:
            return
        if number == self.current_number():
            self.move_cursor(self._cursor.to(position))
            return
        self._arriving_at = position
        self.setCurrentIndex(self._groups.index(number, 0))
        self._arriving_at = None

    def move_cursor(self, cursor: StripCursor) -> None:
        """Change the current photo or the selection in the current group."""
        self._cursor = cursor
        number = self.current_number()
        if number < 0 or not cursor.count:
            return
        first = self._geometry.first_shown(cursor.count, self.first_of(number), keep=cursor.current)
        self._firsts[number] = first
        row = self._groups.row(number)
        self.setAccessibleDescription(
            row.spoken_member(cursor.current, self._groups.state(row, cursor.current, cursor))
        )
        self.viewport().update(self.visualRect(self.currentIndex()))
        photo_id = row.group.members[cursor.current].photo_id
        if photo_id != self._told_photo:
            self._told_photo = photo_id
            self.current_photo_changed.emit(photo_id)

    def refresh_current(self) -> None:
        """Marks have changed: repaint what is on screen, and say the current photo anew."""
        self.move_cursor(self._cursor)
        self.viewport().update()

    def scroll_strip(self, number: int, by: int) -> None:
        """Show other photos of a group without changing the current one."""
        count = len(self._groups.row(number).group.members)
        self._firsts[number] = self._geometry.first_shown(count, self.first_of(number) + by)
        self.viewport().update()

    def forget_strips(self) -> None:
        """The groups are others now: every strip begins at its keeper."""
        self._firsts.clear()
        self._cursor = StripCursor(0)

    def position_at(self, number: int, x: int, y: int) -> int | None:
        """The photo of a row under a point of the viewport."""
        rect = self.visualRect(self._groups.index(number, 0))
        count = len(self._groups.row(number).group.members)
        return self._geometry.position_at(count, self.first_of(number), x - rect.x(), y - rect.y())

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Another group: begin at its keeper, or where ``place`` wants to be."""
        super().currentChanged(current, previous)
        if current.isValid():
            count = len(self._groups.row(current.row()).group.members)
            self.move_cursor(StripCursor(count).to(self._arriving_at or 0))
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """No search by typing: Qt would ask every row for its name, and letters are decisions here."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette and the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "_settle"):
            self._restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths show other numbers of cards; the current photo stays in sight."""
        self._measure()
        super().resizeEvent(event)
        self.move_cursor(self._cursor)

    def _card_painter(self) -> CardPainter:
        geometry = strip_card(self._side_px, caption_height(self.font()), CARD_LINES)
        return CardPainter(geometry, self.font(), Colours.of(self.palette()))

    def _measure(self) -> None:
        header = QFontMetrics(self.font()).height() + HEADER_PADDING_PX
        self._geometry = RowGeometry(self.viewport().width(), header, self._delegate.cards.geometry)
        self.setGridSize(QSize(self.viewport().width(), self._geometry.height))

    def _restyle(self) -> None:
        self._delegate.restyle(self._card_painter(), self.font())
        self._measure()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def about_to_paint(self, rows: range) -> None:
        """Look up what all strips show at once, keepers out of sight for the headers too."""
        keepers = (self._groups.row(number).group.members[0].photo_id for number in rows)
        self._groups.fetch(itertools.chain(keepers, *(self._shown_ids(number) for number in rows)))

    def _shown_ids(self, number: int) -> set[int]:
        members = self._groups.row(number).group.members
        shown = self._geometry.shown(len(members), self.first_of(number))
        return {member.photo_id for member in members[shown.start : shown.stop]}

    @Slot(object)
    def _repaint(self, photo_ids: list[int]) -> None:
        for number in self.visible_rows():
            if not self._shown_ids(number).isdisjoint(photo_ids):
                self.viewport().update(self.visualRect(self._groups.index(number, 0)))

    @Slot()
    def _scrolled(self) -> None:
        self._settle.start()

    @Slot()
    def _drop_what_left(self) -> None:
        """Take back requests for what scrolled away before it was loaded."""
        on_screen = set().union(*(self._shown_ids(number) for number in self.visible_rows()))
        self._loader.drop(self._on_screen - on_screen)
        self._on_screen = on_screen
