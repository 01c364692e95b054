"""A small picture of what was asked about, the part that was drawn framed in it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from twinlens.review.query import Region

SIDE_PX = 96
DIMMED = QColor(0, 0, 0, 120)


class QueryPicture(QWidget):
    """The picture whole, with the rest of it dimmed around the part."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap = QPixmap()
        self._region: Region | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("What was asked about"))

    def sizeHint(self) -> QSize:
        """A square that holds the picture."""
        return QSize(SIDE_PX, SIDE_PX)

    def show_picture(self, image: QImage, region: "Region | None") -> None:
        """Show this picture; a null one leaves the place empty."""
        self._pixmap, self._region = QPixmap.fromImage(image), region
        self.setVisible(not self._pixmap.isNull())
        self.update()

    def region(self) -> "Region | None":
        """What is framed."""
        return self._region

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Whole and centred."""
        if self._pixmap.isNull():
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            scale = min(self.width() / self._pixmap.width(), self.height() / self._pixmap.height())
            width, height = self._pixmap.width() * scale, self._pixmap.height() * scale
            whole = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
            painter.drawPixmap(whole, self._pixmap, QRectF(self._pixmap.rect()))
            if self._region is not None:
                x, y, wide, high = self._region
                part = QRectF(whole.x() + x * width, whole.y() + y * height, wide * width, high * height)
                frame_part(painter, whole, part.intersected(whole), self.palette())


def frame_part(painter: QPainter, whole: QRectF, part: QRectF, palette: QPalette) -> None:
    """Dim what is not the part, and draw a line around it that is seen on any picture."""
    painter.setPen(Qt.PenStyle.NoPen)
    for outside in (
        QRectF(whole.left(), whole.top(), whole.width(), part.top() - whole.top()),
        QRectF(whole.left(), part.bottom(), whole.width(), whole.bottom() - part.bottom()),
        QRectF(whole.left(), part.top(), part.left() - whole.left(), part.height()),
        QRectF(part.right(), part.top(), whole.right() - part.right(), part.height()),
    ):
        painter.fillRect(outside, DIMMED)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(Qt.GlobalColor.black), 3))
    painter.drawRect(part)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight).lighter(150), 1.5))
    painter.drawRect(part)
