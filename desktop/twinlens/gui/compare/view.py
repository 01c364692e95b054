"""Two to four photos over the whole window, zoomed and moved together, one of them with the keys."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from twinlens.domain.group import Mark
from twinlens.domain.photo import Photo
from twinlens.gui.canvas.geometry import Look
from twinlens.gui.compare import keys
from twinlens.gui.compare.alignments import Alignments
from twinlens.gui.compare.asking import Asking
from twinlens.gui.compare.bar import CompareBar
from twinlens.gui.compare.differences import Differences
from twinlens.gui.compare.laying import Laying
from twinlens.gui.compare.stage import Stage
from twinlens.gui.compare.together import Mode
from twinlens.gui.compare.walk import Walk
from twinlens.gui.compare.words import figure_words, hint_words
from twinlens.gui.looking.facts_line import Facts, nearness_words
from twinlens.gui.overlay import Overlay
from twinlens.gui.pictures.store import Pictures
from twinlens.gui.pictures.want import Level, want
from twinlens.gui.thumbnails.loader import ThumbnailLoader
from twinlens.gui.thumbnails.runner import Runner

Describe = Callable[[Photo], Facts]
"""What is known of a photo but how near one looks at it."""


class CompareView(Overlay):
    """A panel of photos of its own: keep, reject and clear act on the focused pane."""

    closed = Signal()
    navigated = Signal(int)  # a key that moves the cursor in the view below
    focusMoved = Signal(int)  # photo id
    markRequested = Signal(object, object)  # list of photo ids, Mark or None
    menuRequested = Signal(QPoint)
    undoRequested = Signal()  # while a walk is on

    def __init__(self, pictures: Pictures, thumbnails: ThumbnailLoader, runner: Runner, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures, self._thumbnails = pictures, thumbnails
        self._describe: Describe = lambda _photo: Facts()
        self._ahead: Sequence[Photo] = ()
        self.walk: Walk | None = None
        self.in_front = True  # else another view asks for pictures
        alignments = Alignments(pictures, runner, self)
        self.laying, differences = Laying(alignments), Differences(runner, self)
        self.bar, self.stage = CompareBar(self), Stage(self.laying, pictures, thumbnails, self)
        self._asking = Asking(pictures, self.laying, differences, self.stage)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.stage, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoFillBackground(True)
        self.setAccessibleName(self.tr("Compare photos"))
        for arrived in (pictures.ready, pictures.failed, thumbnails.loaded, alignments.found, self.stage.looked):
            arrived.connect(self.refresh)
        differences.made.connect(self.refresh)
        self.stage.focusWanted.connect(self.focus)
        for moved in (self.stage.amountWanted, self.bar.amountChanged):
            moved.connect(self.set_amount)

    def set_describe(self, describe: Describe) -> None:
        """Where the words about a photo come from."""
        self._describe = describe

    def show_photos(
        self, photos: Sequence[Photo], focused: int, *, frame: Photo | None = None, ahead: Sequence[Photo] = ()
    ) -> None:
        """Show these. ``frame`` (else the first) is the measure of all; while it stays, one looks at the same place."""
        frame = frame if frame is not None else photos[0]
        if self.laying.frame is None or frame.id != self.laying.frame.id:
            self.stage.look = Look()
        self.laying.frame, self._ahead = frame, ahead
        shown = self.stage.shown
        shown.photos, shown.focused = tuple(photos), min(focused, len(photos) - 1)
        if not self.isVisible():
            self.place()
            self.show()
            self.raise_()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.stage.arrange()
        self.refresh()

    def photos(self) -> Sequence[Photo]:
        """What is compared."""
        return self.stage.shown.photos if self.isVisible() else ()

    def current_photo_id(self) -> int | None:
        """The photo of the focused pane."""
        shown = self.stage.shown
        return shown.photos[shown.focused].id if shown.photos else None

    def selected_ids(self) -> list[int]:
        """The same: decisions act on one."""
        current = self.current_photo_id()
        return [] if current is None else [current]

    def mark_current(self, mark: Mark | None) -> None:
        """Ask for a mark on the focused photo."""
        self.markRequested.emit(self.selected_ids(), mark)

    @Slot(int)
    def focus(self, number: int) -> None:
        """Give this pane the keys."""
        if number < len(self.stage.shown.photos) and number != self.stage.shown.focused:
            self.stage.shown.focused = number
            self.refresh()
            self.focusMoved.emit(self.stage.shown.photos[number].id)

    def set_mode(self, mode: Mode) -> None:
        """Side by side, or in one place."""
        self.stage.shown.mode = mode
        self.stage.arrange()
        self.refresh()

    def set_locked(self, locked: bool) -> None:
        """Whether all photos are zoomed and moved together."""
        self.stage.shown.locked = locked
        self.stage.arrange()
        self.refresh()

    def set_by_content(self, by_content: bool) -> None:
        """Whether photos are laid over each other by what they show."""
        self.laying.by_content = by_content
        self.refresh()

    def set_exposure_explained(self, explained: bool) -> None:
        """Whether a difference of exposure counts as none."""
        self._asking.exposure_explained = explained
        self.refresh()

    @Slot(float)
    def set_amount(self, amount: float) -> None:
        """Of the curtain, the opacity or the threshold, 0 to 1."""
        shown = self.stage.shown
        shown.amounts[shown.mode] = min(max(amount, 0.0), 1.0)
        self.refresh()

    def set_blinking(self, blinking: bool) -> None:
        """Whether the other photo is shown instead, while a key is held."""
        self.stage.shown.blinking = blinking
        self.refresh()

    def zoom(self, steps: float) -> None:
        """Nearer or further."""
        self.stage.canvas().zoom(steps)

    def fit(self) -> None:
        """Whole."""
        self.stage.canvas().fit()

    def toggle_actual(self) -> None:
        """1:1 and back."""
        self.stage.canvas().toggle_actual()

    @Slot()
    def leave(self) -> None:
        """Back to where one came from."""
        if self.isVisible():
            self._pictures.want(())
            self.stage.shown.photos, self.stage.shown.blinking = (), False
            self.laying.frame = None
            self.laying.ask((), ())
            self.hide()
            self.closed.emit()

    @Slot()
    def refresh(self, *_what: object) -> None:
        """Ask for what is missing, paint what is there, and say it."""
        if not self.isVisible():
            return
        if self.in_front:
            self._asking.ask(self._ahead)
        self.stage.paint_photos(self._asking.difference())
        shown = self.stage.shown
        self.stage.say([self._facts_of(photo) for photo in shown.photos])
        lost = [self._describe(photo).name for photo in shown.photos if self.laying.is_lost(photo)]
        figure = figure_words(shown.mode, shown.amount, self._asking.threshold(), self._asking.share())
        self.bar.show_mode(shown.mode, shown.amount, figure)
        self.bar.show_walk(self.walk is not None)
        self.bar.say(hint_words(lost, self.walk))

    def _facts_of(self, photo: Photo) -> Facts:
        said, look = self._describe(photo), self.stage.canvas().look
        near = nearness_words(replace(look, scale=look.scale * self.stage.scale_of(photo)))
        error = self._pictures.failure(want(photo, Level.SCREEN))
        return replace(said, nearness=near, error=error or said.error)

    def place(self) -> None:
        """Another size shows other parts of the pictures."""
        super().place()
        if self.isVisible():
            self.refresh()

    def event(self, event: QEvent) -> bool:
        """Keys that mean something else here than in the menus come here first."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and keys.is_own(self, event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What ``keys`` knows; all else goes on to the window's actions."""
        if not keys.press(self, event):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the focused photo."""
        self.menuRequested.emit(event.globalPos())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A key that is let go elsewhere is not heard here."""
        super().focusOutEvent(event)
        if self.stage.shown.blinking:
            self.set_blinking(False)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """The blink ends; a held key that repeats itself is not let go."""
        if event.key() in keys.BLINK_KEYS and not event.isAutoRepeat():
            self.set_blinking(False)
        else:
            super().keyReleaseEvent(event)
