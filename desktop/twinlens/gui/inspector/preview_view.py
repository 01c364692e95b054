"""Shows one picture whole, as large as it fits, on the neutral ground of the palette."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from twinlens.gui.thumbnails.box import Box
from twinlens.gui.thumbnails.card_painter import as_rect
from twinlens.gui.thumbnails.colours import Colours

MARGIN_PX = 8


class PreviewView(QWidget):
    """A thumbnail may stand in, enlarged, until the real preview comes: the picture does not jump then."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap = QPixmap()
        self._text = ""
        self.setMinimumSize(160, 160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """A comfortable start."""
        return QSize(320, 280)

    def show_image(self, image: QImage) -> None:
        """Show this picture."""
        self.show_pixmap(QPixmap.fromImage(image))

    def show_pixmap(self, pixmap: QPixmap) -> None:
        """Show this picture."""
        self._pixmap, self._text = pixmap, ""
        self.update()

    def say(self, text: str) -> None:
        """Show a sentence instead of a picture."""
        self._pixmap, self._text = QPixmap(), text
        self.update()

    def text(self) -> str:
        """The sentence that is shown instead of a picture."""
        return self._text

    def has_picture(self) -> bool:
        """Whether a picture is shown."""
        return not self._pixmap.isNull()

    def picture_size(self) -> QSize:
        """The pixels of the picture that is shown."""
        return self._pixmap.size()

    def picture_rect(self) -> QRectF:
        """Where the picture is; empty where none is shown."""
        if self._pixmap.isNull():
            return QRectF()
        room = Box(0, 0, self.width(), self.height()).shrunk(MARGIN_PX)
        return QRectF(as_rect(filling(self._pixmap.width(), self._pixmap.height(), room)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, whole and centred."""
        colours = Colours.of(self.palette())
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), colours.base)
            room = Box(0, 0, self.width(), self.height()).shrunk(MARGIN_PX)
            if self._pixmap.isNull():
                painter.setPen(colours.quiet_text)
                flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
                painter.drawText(as_rect(room), flags, self._text)
            else:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawPixmap(as_rect(filling(self._pixmap.width(), self._pixmap.height(), room)), self._pixmap)


def filling(width: int, height: int, room: Box) -> Box:
    """The largest box of this shape inside ``room``, centred."""
    scale = min(room.width / max(1, width), room.height / max(1, height))
    shown_width, shown_height = max(1, int(width * scale)), max(1, int(height * scale))
    left = room.x + (room.width - shown_width) // 2
    return Box(left, room.y + (room.height - shown_height) // 2, shown_width, shown_height)
