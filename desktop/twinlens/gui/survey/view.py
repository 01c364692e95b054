"""A survey over the whole window: tiles, a cursor, and what the keys of the strips mean."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QWidget

from twinlens.domain.group import Mark
from twinlens.domain.photo import Photo
from twinlens.gui.looking.facts_line import Facts, FactsLine
from twinlens.gui.looking.keys import MOVES
from twinlens.gui.looking.photo_layer import layer_of
from twinlens.gui.overlay import Overlay
from twinlens.gui.pictures.picture import screen_side_px
from twinlens.gui.pictures.store import Pictures
from twinlens.gui.pictures.want import Level, want
from twinlens.gui.survey.tile import SurveyTile
from twinlens.gui.survey.tiling import Tile, tiles
from twinlens.gui.theme.spacing import HALF_PX, UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import caption
from twinlens.gui.thumbnails.card_content import CardState
from twinlens.gui.thumbnails.loader import ThumbnailLoader

MOST_TILES = 120
THUMBNAIL_PX = 320
OPENING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
OWN_KEYS = (*OPENING_KEYS, Qt.Key.Key_Escape)
StateOf = Callable[[Photo, bool], CardState]
TraitsOf = Callable[[Photo], tuple[str, ...]]


class SurveyView(Overlay):
    """A panel of photos of its own; who follows the cursor is the feature."""

    closed = Signal()
    moved = Signal(int)  # a key that moves the cursor
    chosen = Signal(int)  # the number of a tile
    opened = Signal(int)  # photo id
    markRequested = Signal(object)  # Mark or None
    menuRequested = Signal(QPoint)

    def __init__(self, pictures: Pictures, thumbnails: ThumbnailLoader, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures, self._thumbnails = pictures, thumbnails
        self._photos: Sequence[Photo] = ()
        self._ahead: Sequence[Photo] = ()
        self._current = 0
        self.in_front = True  # else another view asks for pictures
        self._state_of: StateOf = lambda _photo, current: CardState(current=current)
        self._traits_of: TraitsOf = lambda _photo: ()
        self._tiles: list[SurveyTile] = []
        self._places: list[Tile] = []
        self.line = FactsLine(self)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # nothing below is painted in vain
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("All photos of the group"))
        for arrived in (pictures.ready, thumbnails.loaded):
            arrived.connect(self._paint_pictures)

    def set_state_of(self, state_of: StateOf, traits_of: TraitsOf) -> None:
        """Where marks and suggestions come from, and what sets a frame apart, in words."""
        self._state_of, self._traits_of = state_of, traits_of

    def show_photos(self, photos: Sequence[Photo], current: int, facts: Facts, ahead: Sequence[Photo] = ()) -> None:
        """Show these, with the cursor on one; ``facts`` are about that one."""
        fresh = [photo.id for photo in photos] != [photo.id for photo in self._photos]
        self._photos, self._current, self._ahead = tuple(photos[:MOST_TILES]), current, ahead
        if not self.isVisible():
            self.place()
            self.show()
            self.raise_()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            fresh = True
        if fresh:
            self._make_tiles()
        for number, (tile, photo) in enumerate(zip(self._tiles, self._photos, strict=True)):
            state, traits = self._state_of(photo, number == current), self._traits_of(photo)
            tile.show_photo(photo, state, len(self._photos), traits)
        self.line.say(facts)
        self.setAccessibleDescription(self._tiles[current].accessibleName() if current < len(self._tiles) else "")
        self._ask()

    def photos(self) -> Sequence[Photo]:
        """What is shown."""
        return self._photos if self.isVisible() else ()

    def tiles(self) -> Sequence[SurveyTile]:
        """One for each photo."""
        return self._tiles

    def places(self) -> Sequence[Tile]:
        """Where the tiles lie."""
        return self._places

    def current(self) -> int:
        """The number of the tile with the cursor."""
        return self._current

    def current_photo_id(self) -> int | None:
        """The photo that the keys act on."""
        return self._photos[self._current].id if self._current < len(self._photos) else None

    def selected_ids(self) -> list[int]:
        """The same: decisions act on one."""
        current = self.current_photo_id()
        return [] if current is None else [current]

    def mark_current(self, mark: Mark | None) -> None:
        """Ask for a mark."""
        self.markRequested.emit(mark)

    @Slot()
    def leave(self) -> None:
        """Back to where one came from."""
        if self.isVisible():
            self._photos = ()
            self._make_tiles()
            self._pictures.want(())
            self.hide()
            self.closed.emit()

    def _make_tiles(self) -> None:
        height = QFontMetrics(caption(self.font())).height() + HALF_PX
        for tile in self._tiles:
            tile.hide()
            tile.deleteLater()
        self._tiles = [SurveyTile(number, height, self) for number in range(len(self._photos))]
        for tile in self._tiles:
            tile.pressed.connect(self.chosen)
            tile.opened.connect(self._open)
        self._arrange()

    def _arrange(self) -> None:
        below = self.line.sizeHint().height()
        self.line.setGeometry(0, self.height() - below, self.width(), below)
        shapes = [max(1, photo.facts.width_px) / max(1, photo.facts.height_px) for photo in self._photos]
        line = QFontMetrics(caption(self.font())).height() + HALF_PX
        room = self.width() - 2 * WIDE_PX, self.height() - below - 2 * WIDE_PX
        self._places = tiles(shapes, max(1, room[0]), max(1, room[1]), UNIT_PX, line)
        for tile, place in zip(self._tiles, self._places, strict=False):
            left, top = round(WIDE_PX + place.left), round(WIDE_PX + place.top)
            tile.setGeometry(left, top, max(1, round(place.width)), max(1, round(place.height)))
            tile.show()

    def _ask(self) -> None:
        self._paint_pictures()
        if not self.in_front:
            return
        ratio = self.devicePixelRatioF()
        self._pictures.set_screen_px(screen_side_px(self.width(), self.height(), ratio))
        wanted = [
            want(tile.photo, Level.SCREEN)
            for tile in sorted(self._tiles, key=lambda tile: tile is not self._tiles[self._current])
            if tile.photo is not None and tile.photo.online and _longest_px(tile) > THUMBNAIL_PX
        ]
        most = self._pictures.most_ahead()
        ahead = [want(photo, Level.SCREEN) for photo in self._ahead[:most] if photo.online]
        self._pictures.want(wanted[: 2 * most], ahead)

    @Slot()
    def _paint_pictures(self, *_what: object) -> None:
        for tile in self._tiles if self.isVisible() else ():
            if tile.photo is not None:
                layer = layer_of(tile.photo, self._pictures, self._thumbnails, _longest_px(tile))
                tile.set_picture(*((layer.image, layer.holds) if layer is not None else (None, None)))

    @Slot(int)
    def _open(self, number: int) -> None:
        self.opened.emit(self._photos[number].id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new room."""
        super().resizeEvent(event)
        self._arrange()
        if self.isVisible() and self._photos:
            self._ask()

    def event(self, event: QEvent) -> bool:
        """Enter looks closer here, and Esc goes one level back whatever message is shown."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in OWN_KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the cursor, Enter looks closer, Esc goes back."""
        current = self.current_photo_id()
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in OPENING_KEYS and current is not None:
            self.opened.emit(current)
        elif event.key() in MOVES:
            self.moved.emit(int(event.key()))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the current photo."""
        self.menuRequested.emit(event.globalPos())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The grey that was chosen to lie around photos."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))


def _longest_px(tile: SurveyTile) -> float:
    where = tile.picture_rect()
    return max(where.width(), where.height()) * tile.devicePixelRatioF()
