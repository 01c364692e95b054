"""What one photo is, large and in words: why it is kept or rejected, and what its file says."""

import os.path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSplitter, QVBoxLayout, QWidget

from twinlens.domain.group import Group, Member
from twinlens.domain.photo import Photo
from twinlens.gui.inspector.chips import Chips
from twinlens.gui.inspector.fact_table import FactTable
from twinlens.gui.inspector.facts import chip_words, fact_lines, why_words
from twinlens.gui.inspector.preview_loader import MakePreview, PreviewLoader
from twinlens.gui.inspector.preview_view import PreviewView
from twinlens.gui.theme.type_scale import caption, set_in, strong
from twinlens.gui.thumbnails.card_content import printable
from twinlens.gui.thumbnails.loader import ThumbnailLoader
from twinlens.gui.thumbnails.runner import Runner


class InspectorPanel(QWidget):
    """``preview`` runs in a worker and turns a path into a large upright image, or raises TwinlensError or OSError."""

    pathCopied = Signal(str)
    photoShown = Signal(object)  # Photo, None where none is

    def __init__(
        self,
        preview: MakePreview,
        thumbnails: ThumbnailLoader | None = None,
        parent: QWidget | None = None,
        *,
        runner: Runner | None = None,
    ) -> None:
        super().__init__(parent)
        self._photo: Photo | None = None
        self._covered = False
        self._thumbnails = thumbnails
        self._previews = PreviewLoader(preview, self, runner)
        self._picture = PreviewView(self)
        self._picture.setAccessibleName(self.tr("Preview"))
        self._name, self._reason, self._path = QLabel(self), QLabel(self), QLabel(self)
        self._chips, self._facts = Chips(self), FactTable(self)
        self._copy = QPushButton(self.tr("Copy &path"), self)
        self._copy.setToolTip(self.tr("Copy the path of this photo to the clipboard"))
        self._build_layout()
        self._copy.clicked.connect(self.copy_path)
        self._previews.ready.connect(self._show_preview)
        self._previews.failed.connect(self._show_failure)
        if thumbnails is not None:
            thumbnails.loaded.connect(self._show_late_thumbnail)
        self.show_photo(None, None, None)

    def show_photo(self, photo: Photo | None, member: Member | None, group: Group | None) -> None:
        """Show this photo; ``member`` and ``group`` say why it is where it is, and are None outside of groups."""
        changed = photo is None or self._photo is None or photo.id != self._photo.id or photo.stamp != self._photo.stamp
        self._photo = photo
        self.photoShown.emit(photo)
        self._details.setVisible(photo is not None)
        if photo is None:
            self._previews.cancel()
            self._picture.say(self.tr("Click a photo to see it here."))
            return
        self._name.setText(printable(os.path.basename(photo.path)))
        self._reason.setText(why_words(member, group))
        self._reason.setVisible(bool(self._reason.text()))
        self._path.setText(_breakable(printable(photo.path)))
        self._path.setAccessibleName(self.tr("Path: {}").format(printable(photo.path)))
        self._chips.show_words(chip_words(photo, member, group))
        self._facts.show_lines(fact_lines(photo))
        if changed:
            self._request_preview(photo)

    def set_covered(self, covered: bool) -> None:
        """Whether another view lies over the window: no preview is made then, and the right one afterwards."""
        was_covered, self._covered = self._covered, covered
        if was_covered and not covered and self._photo is not None:
            self._request_preview(self._photo)

    def photo(self) -> Photo | None:
        """What is shown."""
        return self._photo

    def facts(self) -> list[tuple[str, str]]:
        """The lines of the table."""
        return self._facts.lines()

    def chips(self) -> tuple[str, ...]:
        """The chips shown."""
        return self._chips.words()

    def reason(self) -> str:
        """The sentence shown."""
        return self._reason.text()

    def picture(self) -> PreviewView:
        """The preview."""
        return self._picture

    def shutdown(self) -> None:
        """Wait for the preview that is being made."""
        self._previews.shutdown()

    @Slot()
    def copy_path(self) -> None:
        """Put the path on the clipboard."""
        if self._photo is not None:
            QGuiApplication.clipboard().setText(_as_text(self._photo.path))
            self.pathCopied.emit(self._photo.path)

    def _build_layout(self) -> None:
        set_in(strong, self._name)
        set_in(caption, self._path)
        for label in (self._name, self._reason, self._path):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._details = QWidget(self)
        column = QVBoxLayout(self._details)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(8)
        for widget in (self._name, self._chips, self._reason, self._facts, self._path):
            column.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidget(self._details)
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(self.tr("About the photo"))
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.addWidget(self._picture)
        splitter.addWidget(scroll)
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([280, 280])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def _request_preview(self, photo: Photo) -> None:
        """The thumbnail at once where there is one, and the real thing when it is ready."""
        thumbnail = self._thumbnails.pixmap(photo.id) if self._thumbnails is not None else None
        if thumbnail is not None:
            self._picture.show_pixmap(thumbnail)
        else:
            self._picture.say("" if photo.online else self.tr("The volume of this photo is not connected."))
        if photo.online and not self._covered:
            self._previews.request(photo.path)
        else:
            self._previews.cancel()

    @Slot(str, QImage)
    def _show_preview(self, path: str, image: QImage) -> None:
        if self._photo is not None and path == self._photo.path:
            self._picture.show_image(image)

    @Slot(str, str)
    def _show_failure(self, path: str, error: str) -> None:
        """Keep the thumbnail if there is one: it says more than an error."""
        if self._photo is not None and path == self._photo.path and not self._picture.has_picture():
            self._picture.say(error or self.tr("This photo cannot be shown."))

    @Slot(object)
    def _show_late_thumbnail(self, photo_ids: list[int]) -> None:
        if self._thumbnails is None or self._photo is None or self._photo.id not in photo_ids:
            return
        pixmap = self._thumbnails.pixmap(self._photo.id)
        if pixmap is not None and not self._picture.has_picture():
            self._picture.show_pixmap(pixmap)


def _breakable(path: str) -> str:
    """Let a long path wrap behind its slashes."""
    return path.replace("/", "/\u200b")


def _as_text(path: str) -> str:
    """The path as it is, save where its bytes are no text: those become replacement signs."""
    return path if path.isascii() else path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
