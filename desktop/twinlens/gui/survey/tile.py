"""One photo of a survey: whole, its name, what is decided, and the ring where the cursor is."""

import os.path

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from twinlens.domain.photo import Photo
from twinlens.gui.theme.type_scale import caption
from twinlens.gui.thumbnails.badges import BadgePainter
from twinlens.gui.thumbnails.box import Box
from twinlens.gui.thumbnails.card_content import CardState, printable
from twinlens.gui.thumbnails.colours import Colours
from twinlens.gui.thumbnails.drag_out import drag_files, is_far_enough
from twinlens.gui.thumbnails.trait_chips import TraitChipPainter
from twinlens.gui.thumbnails.words import state_words

RING_PX = 2
REJECTED_OPACITY = 0.4


class SurveyTile(QWidget):
    """Paints what it is given."""

    pressed = Signal(int)  # number
    opened = Signal(int)

    def __init__(self, number: int, line_px: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._number, self._line_px = number, line_px
        self.photo: Photo | None = None
        self._state, self._name = CardState(), ""
        self.traits: tuple[str, ...] = ()
        self._picture: QImage | QPixmap | None = None
        self._holds: object = None
        self._pressed_at: QPoint | None = None

    def show_photo(self, photo: Photo, state: CardState, count: int, traits: tuple[str, ...] = ()) -> None:
        """This photo, as it stands, and what sets it apart."""
        self.photo, self._state, self.traits = photo, state, traits
        self._name = printable(os.path.basename(photo.path))
        place = self.tr("{} of {}").format(self._number + 1, count)
        decided = state_words(state.mark, state.suggestion)
        here = self.tr("current") if state.current else ""
        lock = self.tr("protected") if photo.protected else ""
        spoken = (self._name, place, lock, decided, *traits, here)
        self.setAccessibleName(", ".join(part for part in spoken if part))
        self.setToolTip(self.tr("Protected folder: this photo is never removed") if photo.protected else "")
        self.update()

    def state(self) -> CardState:
        """How it stands."""
        return self._state

    def set_picture(self, picture: QImage | QPixmap | None, holds: object) -> None:
        """The best there is. ``holds`` owns its pixels."""
        self._picture, self._holds = picture, holds
        self.update()

    def picture_rect(self) -> QRect:
        """Where the picture is."""
        return self.rect().adjusted(0, 0, 0, -self._line_px)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The cursor comes here; a drag may begin."""
        self._pressed_at = event.position().toPoint() if event.button() is Qt.MouseButton.LeftButton else None
        self.pressed.emit(self._number)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the photo to another program."""
        event.accept()
        if self.photo is not None and self.photo.online and is_far_enough(self._pressed_at, event.position().toPoint()):
            self._pressed_at = None
            picture = self._picture if isinstance(self._picture, QPixmap) or self._picture is None else self.grab()
            drag_files(self, [self.photo.path], picture)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """No drag."""
        self._pressed_at = None
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Look closer."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit(self._number)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Picture, badge, chips, name and ring."""
        colours = Colours.of(self.palette())
        with QPainter(self) as painter:
            where = self.picture_rect()
            self._paint_picture(painter, where, colours)
            box = Box(
                where.x() + RING_PX, where.y() + RING_PX, where.width() - 2 * RING_PX, where.height() - 2 * RING_PX
            )
            badges = BadgePainter(caption(self.font()), colours)
            badges.paint(painter, box, self._state)
            if self.traits:
                TraitChipPainter(caption(self.font()), colours).paint(painter, box, self.traits)
            if self.photo is not None and self.photo.protected:
                badges.paint_lock(painter, box)
            painter.setFont(caption(self.font()))
            painter.setPen(colours.text if self._state.current else colours.quiet_text)
            line = QRect(QPoint(0, where.bottom() + 1), self.rect().bottomRight())
            name = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, line.width())
            painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), name)
            if self._state.current:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(
                    QPen(
                        colours.focus,
                        RING_PX,
                        Qt.PenStyle.SolidLine,
                        Qt.PenCapStyle.SquareCap,
                        Qt.PenJoinStyle.MiterJoin,
                    )
                )
                painter.drawRect(QRectF(where).adjusted(1, 1, -1, -1))

    def _paint_picture(self, painter: QPainter, where: QRect, colours: Colours) -> None:
        if self._picture is None:
            painter.fillRect(where, colours.placeholder)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setOpacity(REJECTED_OPACITY if self._state.rejected else 1.0)
            if isinstance(self._picture, QPixmap):
                painter.drawPixmap(where, self._picture)
            else:
                painter.drawImage(where, self._picture)
            painter.setOpacity(1.0)
