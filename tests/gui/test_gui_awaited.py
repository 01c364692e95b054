"""Files on screen before they are studied: they become photos in place, are no photos until then, and cost next to nothing."""

import io
import os
import shutil
import time
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QPalette, QPixmap

from tests.gui.content_samples import PumpedRunner, Shelf, jpegs
from twinlens.domain.events import FilesAwaited, PhotosCatalogued, ProblemFound
from twinlens.gui.awaited_presenter import AwaitedPresenter, with_glimpses
from twinlens.gui.desks.scan_desk import ScanDesk
from twinlens.gui.jobs import AtOnce, Workers
from twinlens.gui.main_window import MainWindow
from twinlens.gui.session import LibrarySession
from twinlens.gui.theme.theme import Theme
from twinlens.gui.thumbnails.awaited import AwaitedFiles
from twinlens.gui.thumbnails.loader import ThumbnailLoader
from twinlens.gui.views import ViewId
from twinlens.gui.workspace import Workspace
from twinlens.library.open import Library

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

MANY = 100_000


def jpeg(width: int, height: int, colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()


class Stage:
    """The grid of a window without the rest, fed by hand."""

    def __init__(self, qtbot, tmp_path: Path, shelf: Shelf) -> None:
        self.shelf, self.files, self.runner = shelf, AwaitedFiles(), PumpedRunner()
        self.glimpsed: list[str] = []
        self.loader = ThumbnailLoader(with_glimpses(shelf.fetch, self.files, self.glimpse), runner=self.runner)
        self.library = Library.open(tmp_path / "library")
        self.scans = ScanDesk(self.library, AtOnce())
        self.workspace = Workspace(self.loader)
        qtbot.addWidget(self.workspace)
        self.presenter = AwaitedPresenter(self.scans, self.files, self.loader, self.workspace, self.workspace)
        self.grid = self.workspace.photos
        self.grid.set_photos(shelf.lookup)
        self.workspace.show_view(ViewId.PHOTOS)
        self.workspace.resize(900, 600)
        self.workspace.show()
        self.preferred: list[list[str]] = []
        self.scans.prefer = lambda paths: self.preferred.append(list(paths))  # type: ignore[method-assign]
        self.qtbot = qtbot

    def glimpse(self, path: str) -> bytes | None:
        self.glimpsed.append(path)
        return jpeg(160, 120) if "none" not in path else None

    def tell(self, *events: object) -> None:
        self.scans._tell(list(events))

    def paint(self) -> None:
        self.grid.view().viewport().repaint()
        self.qtbot.wait(1)

    def close(self) -> None:
        self.loader.shutdown()
        self.library.close()


@pytest.fixture
def stage(qtbot, tmp_path, photos_dir):
    made = Stage(qtbot, tmp_path, Shelf(jpegs(photos_dir / "caltech101", 60)))
    yield made
    made.close()


def awaited(*paths: str) -> FilesAwaited:
    return FilesAwaited(paths, tuple(1000 * number for number in range(1, len(paths) + 1)))


def test_awaited_files_are_shown_at_once_with_the_cameras_thumbnail_and_no_photos_yet(stage):
    stage.tell(awaited("/drive/a.jpg", "/drive/none.jpg"))
    stage.paint()
    stage.runner.pump()
    view = stage.grid.view()
    assert view.photos().ids() == [-1, -2]
    assert view.photos().card(0).lines[:2] == ("a.jpg", "1 kB · waiting")
    assert view.photos().card(0).path == "/drive/a.jpg"
    pixmap = stage.loader.pixmap(-1)
    assert isinstance(pixmap, QPixmap)
    assert pixmap.width() / pixmap.devicePixelRatio() == 320  # as large as the real one will be
    assert stage.loader.pixmap(-2) is None
    assert stage.loader.is_absent(-2)
    view.selectAll()
    assert stage.grid.has_current()
    assert stage.grid.current_photo_id() is None
    assert stage.grid.selected_ids() == []
    assert view.photos().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "none.jpg, 2 kB · waiting, 2 of 2"


def test_a_file_becomes_a_photo_where_it_is_without_flicker_or_jump(stage, qtbot):
    paths = [f"/drive/{number}.jpg" for number in range(60)]
    stage.tell(awaited(*paths))
    view = stage.grid.view()
    view.go_to(40)
    stage.paint()
    stage.runner.pump()
    scrolled = view.verticalScrollBar().value()
    assert scrolled > 0
    told: list[int] = []
    stage.grid.currentPhotoChanged.connect(told.append)
    before = stage.loader.pixmap(-41)
    assert before is not None
    ids = tuple(range(1, 61))
    stage.tell(PhotosCatalogued(ids[30:50], tuple(paths[30:50])), PhotosCatalogued(ids[:30], tuple(paths[:30])))
    assert stage.loader.pixmap(41).cacheKey() == before.cacheKey()  # stands in until the real one is there
    assert view.photos().ids() == [*ids[:50], *range(-51, -61, -1)]
    assert (view.currentIndex().row(), view.verticalScrollBar().value()) == (40, scrolled)
    assert told == [41]
    stage.paint()
    stage.runner.pump()
    assert 41 in stage.shelf.all_fetched()
    assert stage.loader.pixmap(41).cacheKey() != before.cacheKey()
    assert stage.loader.pixmap(41).devicePixelRatio() == 1
    assert stage.grid.current_photo_id() == 41


def test_a_new_order_keeps_what_is_looked_at_in_its_place(stage):
    stage.grid.set_photo_ids(range(1, 61))
    view = stage.grid.view()
    view.go_to(0)
    view.verticalScrollBar().setValue(view.gridSize().height() * 3 + 50)
    first_seen = view.photos().id_at(view.visible_rows().start)
    top_px = view.top_of(view.visible_rows().start)
    stage.grid.set_photo_ids(range(60, 0, -1))
    row = view.photos().row_of(first_seen)
    assert row in view.visible_rows()
    assert view.top_of(row) == top_px
    assert stage.grid.current_photo_id() == 1  # out of sight, and yet the keys act on it


def test_what_is_on_screen_is_preferred_then_what_comes_next(stage, qtbot):
    paths = [f"/drive/{number:03d}.jpg" for number in range(400)]
    stage.tell(awaited(*paths))
    qtbot.waitUntil(lambda: bool(stage.preferred) and len(stage.preferred[-1]) < 100)
    assert stage.preferred[-1][0] == paths[0]
    stage.grid.view().verticalScrollBar().setValue(5000)
    rows = stage.grid.view().visible_rows()
    qtbot.waitUntil(lambda: stage.preferred[-1][:1] == [paths[rows.start]])
    assert stage.preferred[-1] == paths[rows.start : rows.stop + len(rows)]


def test_files_that_became_no_photo_say_so_and_leave_with_the_scan(stage):
    stage.tell(awaited("/drive/a.jpg", "/drive/b.jpg", "/drive/c.jpg"))
    stage.tell(PhotosCatalogued((7,), ("/drive/b.jpg",)), ProblemFound("/drive/a.jpg", "the file is empty"))
    view = stage.grid.view()
    assert view.photos().ids() == [-1, 7, -3]
    assert view.photos().card(0).lines[1] == "1 kB · cannot be read"
    stage.grid.set_photo_ids([9, 7])  # as when the library is loaded during the scan: the rest is still awaited
    assert view.photos().ids() == [9, 7, -1, -3]
    stage.scans.finished.emit(None)
    assert view.photos().ids() == [9, 7]
    stage.tell(awaited("/drive/a.jpg"))
    assert view.photos().ids() == [9, 7, -4]  # never the id of another file
    assert stage.files.file(-1) is None


def test_a_hundred_thousand_files_cost_what_is_on_screen(stage, qtbot):
    paths = tuple(f"/drive/{number:06d}.jpg" for number in range(MANY))
    event = FilesAwaited(paths, (4_000_000,) * MANY)
    began = time.thread_time()
    stage.tell(event)
    stage.paint()
    assert time.thread_time() - began < 0.1
    stage.runner.pump()
    assert 0 < len(stage.glimpsed) < 200
    stage.grid.shows(-1)
    began = time.thread_time()
    stage.tell(PhotosCatalogued(tuple(range(1, 65)), paths[50_000:50_064]))
    stage.paint()
    assert time.thread_time() - began < 0.05
    assert stage.grid.view().photos().ids(50_000, 50_002) == [1, 2]


def test_the_first_scan_of_an_empty_library_is_prepared_for_and_no_other(stage, monkeypatch):
    begun: list[bool] = []
    stage.presenter.begun.connect(lambda: begun.append(True))
    stage.scans.stateChanged.emit()
    assert not begun
    monkeypatch.setattr(ScanDesk, "running", True)
    stage.scans.stateChanged.emit()
    assert begun
    stage.grid.set_photo_ids([1, 2])
    stage.grid.go_to_top()
    stage.scans.stateChanged.emit()
    assert len(begun) == 1


def test_replaced_rows_keep_qts_rules(stage, qtmodeltester):
    model = stage.grid.view().photos()
    stage.tell(awaited(*(f"/drive/{number}.jpg" for number in range(12))))
    qtmodeltester.check(model)
    changed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    assert model.replace_ids([(-4, 4), (-5, 5), (-6, 6), (-9, 9), (-99, 1)]) == [3, 4, 5, 8]
    assert changed == [(3, 5), (8, 8)]
    assert model.row_of(5) == 4
    assert model.row_of(-5) is None
    assert model.rowCount(QModelIndex()) == 12


def test_a_scan_in_the_real_window_leaves_only_photos(qtbot, qapp, photos_dir, tmp_path):
    drive = tmp_path / "drive"
    drive.mkdir()
    for path in jpegs(photos_dir / "camera", 4):
        shutil.copy2(path, drive / os.path.basename(path))
    (drive / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 this is no photo")
    window = MainWindow(LibrarySession(Library.open(tmp_path / "shown"), Workers.at_once()), Theme(qapp))
    try:
        told: list[FilesAwaited] = []
        window.session.scans.filesAwaited.connect(told.append)
        window.show()
        window.begin([str(drive)])
        qtbot.wait(1)
        grid = window.workspace.photos
        assert len(told[0].paths) == 5
        assert all(photo_id > 0 for photo_id in grid.view().photos().ids())
        assert grid.view().photos().rowCount() == 4
        assert grid.view().currentIndex().row() == 0
        assert window.side.inspector.isVisible()
        assert window.palette().color(QPalette.ColorRole.Base).isValid()
    finally:
        window.close()
        window.deleteLater()
