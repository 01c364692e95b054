"""Photos on screen before they are studied: the grid shows what a scan awaits, and the scan turns to what the grid shows."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from twinlens.domain.events import FilesAwaited, PhotosCatalogued, ProblemFound
from twinlens.gui.desks.scan_desk import ScanDesk
from twinlens.gui.thumbnails.awaited import AwaitedFiles, is_awaited
from twinlens.gui.thumbnails.loader import ThumbnailLoader
from twinlens.gui.views import ViewId
from twinlens.gui.workspace import Workspace

Fetch = Callable[[list[int]], dict[int, bytes]]
Glimpse = Callable[[str], bytes | None]


class AwaitedPresenter(QObject):
    """Lives on the GUI thread. What it shows is gone when the scan is over, or has become photos."""

    begun = Signal()  # the first scan of an empty library: files will be awaited on screen
    ended = Signal()  # nothing is awaited any more

    def __init__(
        self, scans: ScanDesk, files: AwaitedFiles, loader: ThumbnailLoader, workspace: Workspace, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._scans, self._files, self._loader, self._workspace = scans, files, loader, workspace
        workspace.photos.set_awaited(files.file)
        workspace.photos.awaitedInView.connect(self._prefer)
        scans.stateChanged.connect(self._look_ahead)
        scans.filesAwaited.connect(self._show)
        scans.filesCatalogued.connect(self._let_become_photos)
        scans.problemsFound.connect(self._tell_problems)
        scans.finished.connect(self._end)
        scans.failed.connect(self._end)

    @Slot()
    def _look_ahead(self) -> None:
        if self._scans.running and self._workspace.view is ViewId.PHOTOS and not self._workspace.photos.has_current():
            self.begun.emit()

    @Slot(object)
    def _show(self, event: FilesAwaited) -> None:
        self._workspace.set_empty(False)
        self._workspace.photos.append_awaited(self._files.add(event.paths, event.sizes_bytes))

    @Slot(object)
    def _let_become_photos(self, event: PhotosCatalogued) -> None:
        pairs = self._files.settle(event.paths, event.photo_ids)
        self._loader.adopt(pairs)
        self._workspace.photos.replace_ids(pairs)

    @Slot(object)
    def _tell_problems(self, problems: Sequence[ProblemFound]) -> None:
        self._workspace.photos.forget(self._files.fail(problem.path for problem in problems))

    @Slot()
    def _end(self) -> None:
        self._files.clear()
        self._workspace.photos.drop_awaited()
        self.ended.emit()

    @Slot(object)
    def _prefer(self, awaited_ids: list[int]) -> None:
        files = (self._files.file(awaited_id) for awaited_id in awaited_ids)
        self._scans.prefer([file.path for file in files if file is not None])


def with_glimpses(fetch: Fetch, files: AwaitedFiles, glimpse: Glimpse) -> Fetch:
    """``fetch`` that knows awaited files too: of those, the thumbnail that the camera put into the file."""

    def fetch_both(ids: list[int]) -> dict[int, bytes]:
        photo_ids = [photo_id for photo_id in ids if not is_awaited(photo_id)]
        found = fetch(photo_ids) if photo_ids else {}
        for awaited_id in filter(is_awaited, ids):
            file = files.file(awaited_id)
            jpeg = glimpse(file.path) if file is not None else None
            if jpeg is not None:
                found[awaited_id] = jpeg
        return found

    return fetch_both
