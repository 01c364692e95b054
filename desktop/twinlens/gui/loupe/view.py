"""The large preview: one photo over the whole window, arrows go on, Space or Esc goes back."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from twinlens.domain.group import Mark
from twinlens.domain.photo import Photo
from twinlens.gui.inspector.preview_loader import MakePreview, PreviewLoader
from twinlens.gui.theme.spacing import SECTION_PX, WIDE_PX
from twinlens.gui.theme.type_scale import caption, strong
from twinlens.gui.thumbnails.card_content import printable
from twinlens.gui.thumbnails.loader import ThumbnailLoader
from twinlens.gui.thumbnails.runner import Runner
from twinlens.gui.thumbnails.words import dimensions_words, file_size_words

SURROUND = "#1b1b1b"  # the same neutral grey in both themes: brightness is judged against it
TEXT, QUIET, KEEP, REJECT = "#e6e6e6", "#a9a9a9", "#5ec27a", "#ff8a80"
LINE_PX = 48
MOVES = {
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
}


class Loupe(QWidget):
    """Covers its parent. Keys that it does not know go on to the window's actions."""

    closed = Signal()
    navigated = Signal(int)  # a key that moves the cursor in the view below

    def __init__(
        self, preview: MakePreview, thumbnails: ThumbnailLoader, parent: QWidget, *, runner: Runner | None = None
    ) -> None:
        super().__init__(parent)
        self._below = parent
        self._photo: Photo | None = None
        self._mark: Mark | None = None
        self._image: QImage | None = None
        self._error = ""
        self._thumbnails = thumbnails
        self._previews = PreviewLoader(preview, self, runner)
        self._previews.ready.connect(self._show_image)
        self._previews.failed.connect(self._show_error)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Large preview"))
        parent.installEventFilter(self)
        self.hide()

    def show_photo(self, photo: Photo, mark: Mark | None) -> None:
        """Show this photo: its thumbnail at once, the large picture when it is there."""
        if self._photo is None or photo.id != self._photo.id:
            self._image, self._error = None, ""
            self._previews.request(photo.path)
        self._photo, self._mark = photo, mark
        self.setAccessibleDescription(printable(photo.path))
        if not self.isVisible():
            self.setGeometry(self._below.rect())
            self.show()
            self.raise_()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()

    def photo(self) -> Photo | None:
        """What is shown."""
        return self._photo if self.isVisible() else None

    def shutdown(self) -> None:
        """Wait for the preview that is being made."""
        self._previews.shutdown()

    @Slot()
    def leave(self) -> None:
        """Back to where one came from."""
        if self.isVisible():
            self._previews.cancel()
            self._photo = None
            self.hide()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep covering the parent."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._below.rect())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows mean what they mean in the view below; Space and Esc go back."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Space):
            self.leave()
        elif event.key() in MOVES:
            self.navigated.emit(int(event.key()))
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Back."""
        self.leave()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """What lies below is not to be clicked through."""
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture, whole, on neutral grey; a line about it below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(SURROUND))
        if self._photo is None:
            return
        box = QRectF(self.rect()).adjusted(SECTION_PX, SECTION_PX, -SECTION_PX, -LINE_PX)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._image is not None:
            painter.drawImage(_fitted(self._image.width(), self._image.height(), box), self._image)
        else:
            thumbnail = self._thumbnails.pixmap(self._photo.id)
            if thumbnail is not None:
                facts = self._photo.facts
                target = _fitted(facts.width_px, facts.height_px, box)
                painter.drawPixmap(target, thumbnail, QRectF(thumbnail.rect()))
        self._paint_line(painter)

    def _paint_line(self, painter: QPainter) -> None:
        assert self._photo is not None
        line = self.rect().adjusted(SECTION_PX, self.height() - LINE_PX, -SECTION_PX, 0)
        painter.setFont(strong(self.font()))
        name = printable(self._photo.path.rpartition("/")[2])
        painter.setPen(QColor(TEXT))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, name)
        left = painter.fontMetrics().horizontalAdvance(name) + WIDE_PX
        painter.setFont(caption(self.font()))
        painter.setPen(QColor(REJECT if self._error else QUIET))
        words = self._error or f"{dimensions_words(self._photo)}  ·  {file_size_words(self._photo.stamp.size_bytes)}"
        painter.drawText(line.adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
        if self._mark is not None:
            kept = self._mark is Mark.KEEP
            painter.setFont(strong(self.font()))
            painter.setPen(QColor(KEEP if kept else REJECT))
            mark = "✓ " + self.tr("Keep") if kept else "✕ " + self.tr("Reject")
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, mark)

    @Slot(str, QImage)
    def _show_image(self, path: str, image: QImage) -> None:
        if self._photo is not None and path == self._photo.path:
            self._image = image
            self.update()

    @Slot(str, str)
    def _show_error(self, path: str, error: str) -> None:
        if self._photo is not None and path == self._photo.path:
            self._error = error
            self.update()


def _fitted(width_px: int, height_px: int, box: QRectF) -> QRectF:
    """The largest rectangle of this shape in the middle of ``box``, not above the picture's own size."""
    scale = min(box.width() / max(1, width_px), box.height() / max(1, height_px), 1.0)
    width, height = width_px * scale, height_px * scale
    return QRectF(box.center().x() - width / 2, box.center().y() - height / 2, width, height)
