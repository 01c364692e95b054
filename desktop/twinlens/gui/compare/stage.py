"""The pictures of a comparison: panes side by side, or two photos in one place; locked in zoom and pan."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent, QTransform
from PySide6.QtWidgets import QWidget

from twinlens.domain.photo import Photo
from twinlens.gui.canvas.canvas import PhotoCanvas
from twinlens.gui.canvas.geometry import Extent, Look
from twinlens.gui.canvas.layers import Layer
from twinlens.gui.compare.arrangement import MOST_PANES, columns_for, enlargement
from twinlens.gui.compare.laying import Laying
from twinlens.gui.compare.pane import ComparePane
from twinlens.gui.compare.together import Mode, TogetherCanvas
from twinlens.gui.looking.facts_line import Facts, FactsLine
from twinlens.gui.looking.photo_layer import extent_of, layer_of
from twinlens.gui.pictures.store import Pictures
from twinlens.gui.thumbnails.loader import ThumbnailLoader

GAP_PX = 8


@dataclass
class Shown:
    """What is on the stage. ``amount``: of the curtain, the opacity or the threshold, 0 to 1."""

    photos: Sequence[Photo] = ()
    focused: int = 0
    mode: Mode = Mode.SIDE
    locked: bool = True
    blinking: bool = False
    amounts: dict[Mode, float] = field(
        default_factory=lambda: {Mode.CURTAIN: 0.5, Mode.OVERLAY: 0.5, Mode.DIFFERENCE: 0.1}
    )

    @property
    def amount(self) -> float:
        """Of the mode in use."""
        return self.amounts.get(self.mode, 0.0)

    @property
    def pair(self) -> tuple[Photo, Photo] | None:
        """The two photos that are compared in one place: the first, and the focused one or the second."""
        if len(self.photos) < 2:
            return None
        return self.photos[0], self.photos[self.focused or 1]


class Stage(QWidget):
    """Paints ``Shown``; who asks for pictures and words is the view."""

    looked = Signal()
    focusWanted = Signal(int)
    amountWanted = Signal(float)

    def __init__(self, laying: Laying, pictures: Pictures, thumbnails: ThumbnailLoader, parent: QWidget) -> None:
        super().__init__(parent)
        self._laying, self._pictures, self._thumbnails = laying, pictures, thumbnails
        self.shown = Shown()
        self.look = Look()
        self.panes = [ComparePane(self) for _ in range(MOST_PANES)]
        self.together = TogetherCanvas(self)
        self.together.setAccessibleName(self.tr("Two photos in one place"))
        self.lines = FactsLine(self), FactsLine(self)  # below the two
        self.together.lookChanged.connect(self._looked_together)
        self.together.dividerMoved.connect(self.amountWanted)
        for pane in self.panes:
            pane.pressed.connect(self._pressed)
            pane.canvas.lookChanged.connect(self._looked)

    def canvas(self) -> PhotoCanvas:
        """The one that keys zoom and pan."""
        return self.together if self.shown.mode is not Mode.SIDE else self.panes[self.shown.focused].canvas

    def arrange(self) -> None:
        """Give every pane its place; other photos, or another mode."""
        together = self.shown.mode is not Mode.SIDE
        below = self.lines[0].sizeHint().height()
        self.together.setVisible(together)
        self.together.setGeometry(self.rect().adjusted(0, 0, 0, -below))
        for side, line in enumerate(self.lines):
            line.setVisible(together)
            left, right = side * self.width() // 2, (side + 1) * self.width() // 2
            line.setGeometry(left, self.height() - below, right - left, below)
        count = len(self.shown.photos)
        shape = self._laying.extent().width / max(1.0, self._laying.extent().height)
        columns = columns_for(count, self.width(), self.height(), shape) if count else 1
        rows = -(-count // columns)
        for at, pane in enumerate(self.panes):
            pane.setVisible(at < count and not together)
            if at < count:
                pane.photo = self.shown.photos[at]
                left, right = (
                    round(edge * (self.width() + GAP_PX) / columns) for edge in (at % columns, at % columns + 1)
                )
                top, bottom = (
                    round(edge * (self.height() + GAP_PX) / rows) for edge in (at // columns, at // columns + 1)
                )
                pane.setGeometry(left, top, right - left - GAP_PX, bottom - top - GAP_PX)
                pane.layout().activate()  # type: ignore[union-attr]  # it has one
        self._place_looks()

    def set_look(self, look: Look) -> None:
        """Look like this everywhere."""
        self.look = look
        self._place_looks()

    def paint_photos(self, difference: Layer | None) -> None:
        """The best that is there of each photo. ``difference`` lies over the first one in its mode."""
        shown = self.shown
        for at, (pane, photo) in enumerate(zip(self.panes, shown.photos, strict=False)):
            pane.set_focused(at == shown.focused)
            swapped = shown.blinking and at == shown.focused and shown.pair is not None
            seen = shown.photos[0 if at else 1] if swapped else photo
            layer = self._layer(seen, self._laid(seen), pane.canvas)
            pane.canvas.set_layers(() if layer is None else (layer,))
        if shown.mode is not Mode.SIDE and shown.pair is not None:
            self._paint_together(shown.pair, difference)

    def say(self, facts: Sequence[Facts]) -> None:
        """What is said of each photo."""
        shown = self.shown
        for number, (pane, one) in enumerate(zip(self.panes, facts, strict=False), 1):
            pane.say(one, number, len(facts))
        for line, photo in zip(self.lines, shown.pair or (), strict=False):
            at = shown.photos.index(photo)
            line.say(facts[at])
            line.set_focused(at == shown.focused)

    def longest_px(self, photo: Photo) -> float:
        """Device pixels that the longer side of this photo takes now."""
        return self.canvas().look.scale * self.scale_of(photo) * extent_of(photo).longest

    def scale_of(self, photo: Photo) -> float:
        """How many pixels of the frame one of this photo takes."""
        return enlargement(self._laid(photo), extent_of(photo))

    def _laid(self, photo: Photo) -> QTransform:
        return self._laying.lies(photo) if self.shown.locked else QTransform()

    def _layer(self, photo: Photo, lies: QTransform, canvas: PhotoCanvas) -> Layer | None:
        longest_px = canvas.look.scale * enlargement(lies, extent_of(photo)) * extent_of(photo).longest
        layer = layer_of(photo, self._pictures, self._thumbnails, longest_px)
        return None if layer is None else Layer(layer.image, layer.lies * lies, holds=layer.holds)

    def _paint_together(self, pair: tuple[Photo, Photo], difference: Layer | None) -> None:
        shown, canvas = self.shown, self.together
        one, two = (self._layer(photo, self._laying.lies(photo), canvas) for photo in pair)
        layers: list[Layer | None]
        curtain = shown.mode is Mode.CURTAIN and not shown.blinking
        canvas.set_divider(shown.amount if curtain else None)
        if shown.blinking:
            layers = [two]
        elif curtain:
            layers = [_cut(one, 0.0, shown.amount), _cut(two, shown.amount, 1.0)]
        elif shown.mode is Mode.OVERLAY:
            layers = [one, _faded(two, shown.amount)]
        else:
            layers = [_faded(one, 0.45), difference]
        canvas.set_layers([layer for layer in layers if layer is not None])

    def _place_looks(self) -> None:
        extent = self._laying.extent()
        self.together.show_picture(extent, self.look)
        for pane, photo in zip(self.panes, self.shown.photos, strict=False):
            pane.canvas.show_picture(self._extent_in(photo, extent), self.look)

    def _extent_in(self, photo: Photo, frame: Extent) -> Extent:
        return frame if self.shown.locked else extent_of(photo)

    @Slot(object)
    def _looked(self, look: Look) -> None:
        source = self.sender()
        self.look = look
        if self.shown.locked:
            for pane in self.panes:
                if pane.canvas is not source:
                    pane.canvas.set_look(look)
            self.together.set_look(look)
        self.looked.emit()

    @Slot(object)
    def _looked_together(self, look: Look) -> None:
        self.look = look
        for pane in self.panes:
            pane.canvas.set_look(look)
        self.looked.emit()

    @Slot()
    def _pressed(self) -> None:
        pane = self.sender()
        if isinstance(pane, ComparePane):
            self.focusWanted.emit(self.panes.index(pane))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new room."""
        super().resizeEvent(event)
        self.arrange()


def _cut(layer: Layer | None, from_x: float, to_x: float) -> Layer | None:
    return layer and Layer(layer.image, layer.lies, 1.0, from_x, to_x, layer.holds)


def _faded(layer: Layer | None, opacity: float) -> Layer | None:
    return layer and Layer(layer.image, layer.lies, opacity, holds=layer.holds)
