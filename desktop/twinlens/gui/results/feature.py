"""Find anything: a photo, a dropped or pasted file or picture, a rectangle drawn on a photo; the answers as a view."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Slot
from PySide6.QtGui import QAction, QDropEvent, QGuiApplication, QKeyEvent

from twinlens.domain.photo import Photo
from twinlens.gui.desks.results_desk import Results, ResultsDesk
from twinlens.gui.results.asked import about_file, about_image, about_photo
from twinlens.gui.results.loupe_rect import picture_on
from twinlens.gui.similar.dropped import is_usable, local_file, picture
from twinlens.gui.similar.region_selector import RegionSelector
from twinlens.gui.views import ViewId
from twinlens.gui.window_parts import WindowParts

if TYPE_CHECKING:
    from twinlens.review.query import Query, Region

LONGEST_TRAIL = 50
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Finding(QObject):
    """Keeps the trail of what was asked about, and leads from everywhere to the view of results."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._parts, self._session = parts, parts.session
        self.page = parts.workspace.results
        self.desk = ResultsDesk(parts.session.library, parts.session.similar, parts.session.workers.queries, self)
        self.trail: list[Query] = []
        preview = parts.side.inspector.picture()
        preview.setToolTip(self.tr("Draw a rectangle to find the photos that contain what is in it"))
        self.selector = RegionSelector(preview, preview.picture_rect)
        self._framed: int | None = None

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """The actions, the page, the drawn rectangle, and what is dropped anywhere on the window."""
        parts, page, session = self._parts, self.page, self._session
        actions["results"].triggered.connect(self.ask_about_current)
        actions["results_back"].triggered.connect(self.go_back)
        actions["paste"].triggered.connect(self.paste)
        page.backRequested.connect(self.go_back)
        page.shownChanged.connect(self._count)
        self.desk.searching.connect(page.show_searching)
        self.desk.found.connect(self._show)
        self.desk.failed.connect(page.show_error)
        grid = page.grid
        grid.set_photos(session.photos.photos)
        grid.currentPhotoChanged.connect(parts.presenter.show_current)
        grid.markRequested.connect(session.mark)
        grid.menuRequested.connect(parts.review.show_menu)
        grid.photoActivated.connect(parts.loupe_commands.show_large)
        session.marks.changed.connect(self._marks_changed)
        session.photosChanged.connect(grid.forget)
        for moved in (session.removals.applied, session.removals.undone, session.removals.restored):
            moved.connect(self._files_moved)
        self.selector.begun.connect(self._begun)
        self.selector.drawn.connect(self._drawn)
        canvas = parts.loupe.canvas()
        self.in_loupe = RegionSelector(canvas, lambda: picture_on(canvas), Qt.KeyboardModifier.ShiftModifier)
        self.in_loupe.begun.connect(self._begun)
        self.in_loupe.drawn.connect(self._drawn)
        canvas.lookChanged.connect(self.in_loupe.clear)
        parts.loupe.closed.connect(self.in_loupe.clear)
        parts.side.inspector.photoShown.connect(self._photo_shown)
        parts.side.similar.view().installEventFilter(self)
        parts.offered.connect(self._drop)

    def restyle(self) -> None:
        """Colours come from the palette at every paint; the text may have another size."""
        self.page.bar.at_least.restyle()

    def shut_down(self) -> None:
        """No answer is wanted any more."""
        self.desk.forget()
        self._parts.window.removeEventFilter(self)

    @Slot()
    def ask_about_current(self) -> None:
        """Shift+S: the photo under the cursor, of the loupe or the side panel too."""
        photo_id = self._parts.loupe_commands.panel().current_photo_id()
        photo = self._session.photos.find(photo_id) if photo_id is not None else None
        if photo is not None:
            self._close_loupe()
            self.ask(about_photo(photo))

    def ask_about_part(self, photo: Photo, region: "Region") -> None:
        """A rectangle that was drawn on a photo, wherever that is shown large."""
        self._close_loupe()
        self.ask(about_photo(photo).part(region))

    def ask(self, query: "Query") -> None:
        """Open the view with the answers to this."""
        self.trail.append(query)
        del self.trail[:-LONGEST_TRAIL]
        self._open()
        self.desk.ask(query)

    @Slot()
    def go_back(self) -> None:
        """To what was asked about before; from another view, to the results as they were left."""
        if self._parts.workspace.view is ViewId.RESULTS and len(self.trail) > 1:
            self.trail.pop()
            self.desk.ask(self.trail[-1])
        self._open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the list of lookalikes."""
        return (isinstance(event, QKeyEvent) and self._key(event)) or super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        query = self._session.similar.query
        if event.key() not in ENTER or query is None:
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() is QEvent.Type.KeyPress:
            self.ask(query)
        return True

    @Slot(object)
    def _drop(self, event: QDropEvent) -> None:
        """Drops anywhere on the window that are no folders, but for a photo of its own that was dragged out and let go."""
        data = event.mimeData()
        if event.source() is None and is_usable(data):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            if event.type() is QEvent.Type.Drop:
                self.ask_about_data(data)

    @Slot()
    def paste(self) -> None:
        """The clipboard as the question: answered beside the photos where that is seen, in the view of results otherwise."""
        side, data = self._parts.side, QGuiApplication.clipboard().mimeData()
        if not side.isHidden() and self._parts.workspace.view is not ViewId.RESULTS:
            side.similar.paste()
        elif is_usable(data):
            self.ask_about_data(data)
        else:
            self._parts.toast.say(self.tr("There is no picture on the clipboard."))

    def ask_about_data(self, data: QMimeData) -> None:
        """The file where there is one, for it says more than its pixels."""
        path, image = local_file(data), picture(data)
        if path is not None:
            self.ask(about_file(path))
        elif image is not None:
            self.ask(about_image(image))

    def _open(self) -> None:
        self._parts.workspace.show_view(ViewId.RESULTS)
        self._parts.workspace.focus_page()

    def _close_loupe(self) -> None:
        if self._parts.loupe.isVisible():
            self._parts.loupe.leave()

    @Slot(object)
    def _show(self, results: Results) -> None:
        self.page.show_results(results, can_go_back=len(self.trail) > 1)
        self._parts.presenter.show_current()

    @Slot()
    def _count(self) -> None:
        self._parts.sidebar.show_counts({ViewId.RESULTS: len(self.page.shown())})

    @Slot()
    def _marks_changed(self) -> None:
        self.page.grid.set_marks(self._session.marks.marks)

    @Slot()
    def _files_moved(self) -> None:
        """Photos left or came back: the answer is another one."""
        if self.trail:
            self.desk.ask(self.trail[-1])

    def _drawn_on(self) -> Photo | None:
        """The photo in the loupe where that is open, else the one in the inspector."""
        return self._parts.loupe.photo() or self._parts.side.inspector.photo()

    @Slot()
    def _begun(self) -> None:
        photo = self._drawn_on()
        if photo is not None:
            self._session.similar.prepare_region(int(photo.id))

    @Slot(object)
    def _drawn(self, region: "Region") -> None:
        photo = self._drawn_on()
        if photo is not None:
            self.ask_about_part(photo, region)

    @Slot(object)
    def _photo_shown(self, photo: Photo | None) -> None:
        shown = None if photo is None else int(photo.id)
        if shown != self._framed:
            self._framed = shown
            self.selector.clear()
