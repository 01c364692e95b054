"""The lookalikes of the photo under the cursor, of a dropped file or of a pasted picture, best first."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QLocale, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from twinlens.domain.group import Mark, Match
from twinlens.gui.similar.dropped import is_only_a_link, is_usable, local_file, picture
from twinlens.gui.theme.type_scale import caption, set_in
from twinlens.gui.thumbnails.card_geometry import strip_card
from twinlens.gui.thumbnails.elided_label import ElidedLabel
from twinlens.gui.thumbnails.empty_state import EmptyState
from twinlens.gui.thumbnails.loader import ThumbnailLoader
from twinlens.gui.thumbnails.photo_model import PhotoListModel
from twinlens.gui.thumbnails.photo_shelf import Lookup
from twinlens.gui.thumbnails.photo_view import PhotoListView
from twinlens.gui.thumbnails.words import class_words, percent_words

SIDE_PX = 136


class SimilarPanel(QWidget):
    """Shows matches and takes queries; the search itself is somebody else's."""

    photoActivated = Signal(int)
    currentPhotoChanged = Signal(int)
    fileDropped = Signal(str)
    imagePasted = Signal(QImage)
    markRequested = Signal(object, object)  # list of photo ids, Mark or None
    menuRequested = Signal(QPoint)

    def __init__(self, loader: ThumbnailLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matches: Sequence[Match] = ()
        self._model = PhotoListModel(self, caption=self._caption)
        self._view = PhotoListView(loader, SIDE_PX, self, shape=strip_card)
        self._view.setAccessibleName(self.tr("Lookalikes, best first"))
        self._view.setModel(self._model)
        self._query, self._status = ElidedLabel(self, Qt.TextElideMode.ElideMiddle), QLabel(self)
        set_in(caption, self._status)
        self._status.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._status.setAccessibleName(self.tr("State of the search"))
        self._empty = EmptyState(self, sign="similar")
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._view)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.addWidget(self._query, 1)
        head.addWidget(self._status)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._pages, 1)
        self.setAcceptDrops(True)
        self._view.setAcceptDrops(False)
        self._view.viewport().setAcceptDrops(False)
        self.setFocusProxy(self._view)
        self._view.photo_activated.connect(self.photoActivated)
        self._view.menu_requested.connect(self.menuRequested)
        self._view.selectionModel().currentChanged.connect(self._tell_current)
        self.clear()

    def clear(self) -> None:
        """Show no matches, but how to get some."""
        self._show("", (), "")
        self._empty.say(
            self.tr("Lookalikes"),
            self.tr("Click a photo to see what looks like it. Or drop a picture here, or paste one."),
        )

    def show_matches(self, query_label: str, matches: Sequence[Match], elapsed_ms: float) -> None:
        """Show the matches of a query, best first, and how long it took."""
        took = self.tr("{} ms").format(QLocale().toString(round(elapsed_ms)))
        self._show(self.tr("Similar to {}").format(query_label), matches, took)
        if not matches:
            self._empty.say(self.tr("Nothing looks like this"), self.tr("The library holds no similar photo."))

    def show_searching(self) -> None:
        """A search has begun; what was found before stays until it is replaced."""
        self._status.setText(self.tr("Searching…"))

    def show_error(self, text: str) -> None:
        """Say why there is no answer."""
        self._show(self._query.text(), (), "")
        self._empty.say(self.tr("That did not work"), text)

    def set_photos(self, lookup: Lookup) -> None:
        """Where photos come from."""
        self._model.set_lookup(lookup)
        self._view.viewport().update()

    def set_marks(self, marks: Mapping[int, Mark]) -> None:
        """The user's decisions by photo id."""
        self._model.set_marks(marks)
        self._view.viewport().update()

    def view(self) -> PhotoListView:
        """The list itself."""
        return self._view

    def message(self) -> tuple[str, str]:
        """The title and the hint shown where there are no matches."""
        return self._empty.texts()

    def current_photo_id(self) -> int | None:
        """The photo that the keys act on."""
        return self._view.current_photo_id()

    def selected_ids(self) -> list[int]:
        """The selected matches, best first."""
        return self._view.selected_ids()

    def mark_current(self, mark: Mark | None) -> None:
        """Ask for a mark on what is selected."""
        photo_ids = self.selected_ids()
        if photo_ids:
            self.markRequested.emit(photo_ids, mark)

    @Slot()
    def paste(self) -> None:
        """Look for what is on the clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        path, image = local_file(data), picture(data)
        if path is not None:
            self.fileDropped.emit(path)
        elif image is not None:
            self.imagePasted.emit(image)
        else:
            self.show_error(self.tr("There is no picture on the clipboard."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste where the window has no action for it."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
            event.accept()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures are welcome; a bare link is taken only to say why it does not work."""
        if is_usable(event.mimeData()) or is_only_a_link(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look for what was dropped: the file where there is one, for it says more than its pixels."""
        path, image = local_file(event.mimeData()), picture(event.mimeData())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if path is not None:
            self.fileDropped.emit(path)
        elif image is not None:
            self.imagePasted.emit(image)
        else:
            self.show_error(self.tr("Only a link was dropped, and nothing is ever fetched. Copy the picture instead."))

    def _show(self, title: str, matches: Sequence[Match], status: str) -> None:
        self._matches = matches
        self._query.setText(title)
        self._status.setText(status)
        self._model.set_ids([match.photo_id for match in matches])
        self._view.scrollToTop()
        self._pages.setCurrentWidget(self._view if matches else self._empty)

    def _caption(self, row: int) -> str:
        match = self._matches[row]
        return f"{percent_words(match.score)} · {class_words(match.photo_class).lower()}"

    @Slot(QModelIndex)
    def _tell_current(self, index: QModelIndex) -> None:
        photo_id = self._model.id_at(index.row())
        if photo_id is not None:
            self.currentPhotoChanged.emit(photo_id)
