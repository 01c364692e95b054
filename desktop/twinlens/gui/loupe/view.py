"""One photo over the whole window: near or whole, arrows go on in what lies below, Space or Esc goes back."""

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from twinlens.domain.photo import Photo
from twinlens.gui.canvas.canvas import PhotoCanvas
from twinlens.gui.canvas.carried import carry
from twinlens.gui.canvas.geometry import Look
from twinlens.gui.looking.facts_line import Facts, FactsLine, nearness_words
from twinlens.gui.looking.keys import MOVES, PANS
from twinlens.gui.looking.photo_layer import extent_of, layer_of, wants_of
from twinlens.gui.overlay import Overlay
from twinlens.gui.pictures.picture import screen_side_px
from twinlens.gui.pictures.store import Pictures
from twinlens.gui.pictures.want import Level, Want, want
from twinlens.gui.thumbnails.card_content import printable
from twinlens.gui.thumbnails.loader import ThumbnailLoader

FULL_AHEAD = 2  # while one looks at details: the next photo and the one before


class Loupe(Overlay):
    """Covers its parent. Keys that it does not know go on to the window's actions.

    How near one looks, and where, stays the same from photo to photo, so that a detail is compared through a whole burst.
    """

    closed = Signal()
    menuRequested = Signal(QPoint)
    navigated = Signal(int)  # a key that moves the cursor in the view below

    def __init__(self, pictures: Pictures, thumbnails: ThumbnailLoader, parent: QWidget) -> None:
        super().__init__(parent)
        self._photo: Photo | None = None
        self._facts = Facts()
        self._ahead: Sequence[Photo] = ()
        self._pictures, self._thumbnails = pictures, thumbnails
        self._canvas, self._line = PhotoCanvas(self), FactsLine(self)
        self._rows = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._canvas, 1)
        layout.addWidget(self._line)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # picture and line cover it: nothing below is painted
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Large preview"))
        self._canvas.setAccessibleName(self.tr("Picture"))
        self._canvas.lookChanged.connect(self._looked)
        self._canvas.taken.connect(self._carry)
        pictures.ready.connect(self._arrived)
        pictures.failed.connect(self._arrived)
        thumbnails.loaded.connect(self._thumbnails_arrived)

    def show_photo(self, photo: Photo, facts: Facts, *, ahead: Sequence[Photo] = ()) -> None:
        """Show this photo: its thumbnail at once, then what fills the screen, then all that one looks near enough for.

        ``ahead``: what is decoded next, the likeliest first.
        """
        fresh = self._photo is None or (photo.id, photo.stamp) != (self._photo.id, self._photo.stamp)
        self._ahead = ahead
        self._facts = facts
        if not self.isVisible():
            self.place()
            self._rows.activate()
            self.show()
            self.raise_()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        if fresh:
            look = self._canvas.look if self._photo is not None else Look()
            self._photo = photo
            self._canvas.show_picture(extent_of(photo), look)
        self._photo = photo
        self.setAccessibleDescription(printable(photo.path))
        self._ask()

    def photo(self) -> Photo | None:
        """What is shown."""
        return self._photo if self.isVisible() else None

    @Slot()
    def _carry(self) -> None:
        carry(self, self._canvas, self._photo)

    def canvas(self) -> PhotoCanvas:
        """The picture."""
        return self._canvas

    def facts(self) -> Facts:
        """What the line below says."""
        return self._line.facts()

    def zoom(self, steps: float) -> None:
        """Nearer or further."""
        self._canvas.zoom(steps)

    def fit(self) -> None:
        """The whole picture."""
        self._canvas.fit()

    def toggle_actual(self) -> None:
        """1:1 and back."""
        self._canvas.toggle_actual()

    def shutdown(self) -> None:
        """Ask for nothing more."""
        self._photo = None

    @Slot()
    def leave(self) -> None:
        """Back to where one came from."""
        if self.isVisible():
            self._photo = None
            self._pictures.want(())
            self._canvas.set_layers(())
            self.hide()
            self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A larger window needs larger pictures."""
        super().resizeEvent(event)
        self._ask()

    def event(self, event: QEvent) -> bool:
        """Esc goes one level back, whatever message is shown."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows mean what they mean in the view below, Shift and an arrow look further there; Space and Esc go back."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Space):
            self.leave()
        elif shift and (way := PANS.get(Qt.Key(event.key()))) is not None:
            self._canvas.pan(*way)
        elif event.key() in MOVES:
            self.navigated.emit(int(event.key()))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the photo."""
        self.menuRequested.emit(event.globalPos())

    def _ask(self) -> None:
        """Ask for what would make the picture sharper, show what is there, and say it."""
        photo = self._photo
        if photo is None or not self.isVisible():
            return
        self._pictures.set_screen_px(screen_side_px(self.width(), self.height(), self.devicePixelRatioF()))
        longest_px = self._canvas.wanted_px()
        ahead = [want(one, Level.SCREEN) for one in self._ahead[: self._pictures.most_ahead()] if one.online]
        if longest_px > self._pictures.screen_px:
            near = [want(one, Level.FULL) for one in self._ahead[:FULL_AHEAD] if one.online]
            ahead = [*near, *ahead]
        self._pictures.want(wants_of(photo, self._pictures, longest_px), ahead)
        self._show()

    def _show(self) -> None:
        if self._photo is None:
            return
        layer = layer_of(self._photo, self._pictures, self._thumbnails, self._canvas.wanted_px())
        self._canvas.set_layers(() if layer is None else (layer,))
        error = self._facts.error or self._pictures.failure(want(self._photo, Level.SCREEN))
        self._line.say(replace(self._facts, nearness=nearness_words(self._canvas.look), error=error))

    @Slot(object)
    def _looked(self, _look: Look) -> None:
        self._ask()

    @Slot(object)
    def _arrived(self, wanted: Want) -> None:
        if self._photo is not None and wanted.path == self._photo.path:
            self._ask()

    @Slot(object)
    def _thumbnails_arrived(self, photo_ids: list[int]) -> None:
        if self._photo is not None and self._photo.id in photo_ids:
            self._show()
