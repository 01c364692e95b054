"""Grid, lookalikes, inspector and sliders, on real photos."""

from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from tests.gui.content_samples import KEEP, REJECT, PumpedRunner, Shelf, group_of, jpegs
from twinlens.domain.errors import PhotoUnreadable
from twinlens.domain.group import Bridge, Match
from twinlens.domain.photo import PhotoId, ShotMetadata
from twinlens.domain.relation import PhotoClass, Relation
from twinlens.gui.grid.panel import PhotoGridPanel
from twinlens.gui.inspector.facts import exposure_words, fact_lines, why_words
from twinlens.gui.inspector.panel import InspectorPanel
from twinlens.gui.similar.panel import SimilarPanel
from twinlens.gui.sliders.time_gap import TimeGapSlider
from twinlens.gui.thumbnails.loader import ThumbnailLoader

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")  # the offscreen platform, not us


@pytest.fixture
def runner():
    return PumpedRunner()


@pytest.fixture
def shelf(photos_dir):
    return Shelf(jpegs(photos_dir / "caltech101", 60))


@pytest.fixture
def loader(qapp, shelf, runner):
    loader = ThumbnailLoader(shelf.fetch, runner=runner)
    yield loader
    loader.shutdown()


@pytest.fixture
def grid(qtbot, shelf, loader):
    grid = PhotoGridPanel(loader)
    qtbot.addWidget(grid)
    grid.resize(900, 600)
    grid.set_photos(shelf.lookup)
    grid.set_photo_ids(range(1, 61))
    grid.show()
    return grid


@pytest.fixture
def similar(qtbot, shelf, loader):
    similar = SimilarPanel(loader)
    qtbot.addWidget(similar)
    similar.resize(400, 500)
    similar.set_photos(shelf.lookup)
    similar.show()
    return similar


def test_the_grid_walks_selects_and_marks(qtbot, grid):
    view = grid.view()
    marked: list[Any] = []
    current: list[int] = []
    grid.markRequested.connect(lambda ids, mark: marked.append((ids, mark)))
    grid.currentPhotoChanged.connect(current.append)
    grid.show_photo(3)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    grid.mark_current(KEEP)
    assert grid.current_photo_id() == 5
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert grid.selected_ids() == [5, 6]
    grid.mark_current(REJECT)
    assert current == [3, 4, 5, 6]
    assert marked == [([4], KEEP), ([5, 6], REJECT)]
    grid.select_all()
    assert grid.selected_ids() == list(range(1, 61))
    with qtbot.waitSignal(grid.photoActivated) as told:
        qtbot.keyClick(view, Qt.Key.Key_Space)
    assert told.args == [6]


def test_the_grid_keeps_its_place_when_photos_come_and_go(qtbot, grid):
    grid.show_photo(40)
    top = grid.view().visualRect(grid.view().currentIndex()).top()
    grid.append_photo_ids([61, 62])
    assert grid.current_photo_id() == 40
    grid.set_photo_ids(list(range(1, 90)))
    assert grid.current_photo_id() == 40
    assert grid.view().visualRect(grid.view().currentIndex()).top() == top
    grid.set_photo_ids([])
    assert grid.current_photo_id() is None
    assert not grid.show_photo(40)


def test_the_grid_asks_for_what_is_on_screen_and_takes_back_what_is_not(qtbot, grid, runner, shelf):
    grid.view().viewport().grab()
    shown = grid.view().visible_rows()
    assert 10 < len(shown) < 40
    grid.view().verticalScrollBar().setValue(400)
    qtbot.waitUntil(lambda: bool(grid.view()._on_screen))
    grid.view().viewport().grab()
    grid.view().verticalScrollBar().setValue(grid.view().verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: 60 in grid.view()._on_screen)
    grid.view().viewport().grab()
    runner.pump()
    asked = set(shelf.all_fetched())
    assert {58, 59, 60} <= asked
    assert not asked & {row + 1 for row in range(shown.stop, min(grid.view()._on_screen) - 1)}


def test_photos_that_rain_in_never_move_what_is_looked_at(qtbot, grid):
    grid.set_photo_ids(range(1, 3001))
    grid.show_photo(2500)
    grid.view().viewport().grab()
    top = grid.view().visualRect(grid.view().currentIndex()).top()
    for photo_id in range(3001, 3006):
        grid.append_photo_ids([photo_id])
    grid.view().viewport().grab()
    assert grid.view().model().rowCount() == 3001
    qtbot.waitUntil(lambda: grid.view().model().rowCount() == 3005)
    grid.view().viewport().grab()
    assert grid.view().visualRect(grid.view().currentIndex()).top() == top
    assert 0 <= top < grid.view().viewport().height()


def test_the_size_of_thumbnails_changes_the_columns(grid):
    wide = grid.view().gridSize().width()
    grid.set_thumbnail_side(96)
    assert grid.view().gridSize().width() < wide


def test_matches_are_shown_best_first_with_their_score(qtbot, similar):
    similar.show_searching()
    matches = [Match(PhotoId(7), 0.97, PhotoClass.SAME_SHOT), Match(PhotoId(9), 0.6, PhotoClass.LOOKALIKE)]
    similar.show_matches("Lookalikes of IMG_2231.JPG", matches, 12.4)
    model = similar.view().model()
    assert model.ids() == [7, 9]
    assert model.card(0).lines[2] == "97\u202f% · same shot"
    with qtbot.waitSignal(similar.currentPhotoChanged) as told:
        similar.view().go_to(1)
    assert told.args == [9]
    with qtbot.waitSignal(similar.markRequested) as told:
        similar.mark_current(REJECT)
    assert told.args == [[9], REJECT]
    similar.show_matches("nothing", [], 3)
    assert similar.message()[0] == "Nothing looks like this"


def send_drop(panel: SimilarPanel, data: QMimeData) -> bool:
    enter = QDragEnterEvent(
        QPoint(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    enter.ignore()
    QApplication.sendEvent(panel, enter)
    drop = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    if enter.isAccepted():
        QApplication.sendEvent(panel, drop)
    return enter.isAccepted()


def test_a_dropped_file_and_a_dropped_picture_are_queries(qtbot, similar, shelf):
    path = shelf.photos[1].path
    files = QMimeData()
    files.setUrls([QUrl("https://example.org/a.jpg"), QUrl.fromLocalFile(path)])
    with qtbot.waitSignal(similar.fileDropped) as told:
        assert send_drop(similar, files)
    assert told.args == [path]
    browser = QMimeData()
    browser.setUrls([QUrl("https://example.org/a.jpg")])
    browser.setImageData(QImage(path))
    with qtbot.waitSignal(similar.imagePasted) as told:
        assert send_drop(similar, browser)
    assert told.args[0].size() == QImage(path).size()


def test_a_bare_link_is_refused_in_words_and_text_not_at_all_taken(similar):
    link, text = QMimeData(), QMimeData()
    link.setUrls([QUrl("https://example.org/a.jpg")])
    text.setText("hello")
    assert send_drop(similar, link)
    assert "nothing is ever fetched" in similar.message()[1]
    assert not send_drop(similar, text)


def test_paste_takes_a_picture_from_the_clipboard(qtbot, similar, shelf):
    QGuiApplication.clipboard().setImage(QImage(shelf.photos[2].path))
    with qtbot.waitSignal(similar.imagePasted) as told:
        qtbot.keyClick(similar.view(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert told.args[0].width() == shelf.photos[2].facts.width_px
    QGuiApplication.clipboard().setText("no picture")
    similar.paste()
    assert similar.message()[1] == "There is no picture on the clipboard."


@pytest.fixture
def previews():
    return PumpedRunner()


@pytest.fixture
def made():
    return []


@pytest.fixture
def inspector(qtbot, loader, previews, made):
    def preview(path):
        made.append(path)
        if path.endswith("gone.jpg"):
            raise PhotoUnreadable("The file is not there.")
        return QImage(path)

    panel = InspectorPanel(preview, loader, runner=previews)
    qtbot.addWidget(panel)
    panel.resize(360, 700)
    panel.show()
    yield panel
    panel.shutdown()


def test_the_inspector_says_why_and_lists_what_is_known(inspector, shelf, previews):
    group = group_of((1, 2))
    inspector.show_photo(shelf.photos[2], group.members[1], group)
    assert inspector.reason() == "The same exposure, compressed again."
    assert inspector.chips() == ("Same shot", "Suggested reject", "98\u202f%")
    facts = dict(inspector.facts())
    assert facts["Exposure"] == "1/250 s · f/2.8 · ISO 400 · 35 mm"
    assert facts["Camera"] == "Nikon D3200"
    assert "Lens" not in facts
    previews.pump()
    assert inspector.picture().picture_size().width() == shelf.photos[2].facts.width_px
    inspector.copy_path()
    assert QGuiApplication.clipboard().text() == shelf.photos[2].path


def test_only_the_newest_preview_is_made_and_shown(inspector, shelf, previews, made):
    for photo_id in (1, 2, 3):
        inspector.show_photo(shelf.photos[photo_id], None, None)
    previews.pump()
    assert made == [shelf.photos[3].path]
    inspector.show_photo(shelf.photos[3], None, None)  # the same photo again: nothing to do
    previews.pump()
    assert len(made) == 1


def test_a_preview_that_fails_says_so_and_an_offline_photo_is_not_tried(inspector, shelf, previews, made):
    gone = replace(shelf.photos[1], id=PhotoId(500), path="/photos/gone.jpg")
    inspector.show_photo(gone, None, None)
    previews.pump()
    assert not inspector.picture().has_picture()
    assert made == ["/photos/gone.jpg"]
    inspector.show_photo(replace(shelf.photos[2], online=False), None, None)
    previews.pump()
    assert len(made) == 1
    assert "Offline" in inspector.chips()
    inspector.show_photo(None, None, None)
    assert inspector.photo() is None


def test_a_name_that_is_no_text_is_shown_with_replacement_signs(inspector, shelf):
    odd = replace(shelf.photos[1], id=PhotoId(501), path="/photos/bad\udcff\nname.jpg")
    inspector.show_photo(odd, None, None)
    assert fact_lines(odd)
    assert exposure_words(ShotMetadata(exposure_s=2.5, exposure_bias_ev=-0.7)) == "2.5 s · -0.7 EV"


def test_a_dragged_slider_tells_the_first_and_the_last_value(qtbot):
    slider = TimeGapSlider()
    qtbot.addWidget(slider)
    told: list[Any] = []
    slider.valueChanged.connect(told.append)
    for position in range(10, 30):
        slider.slider().setValue(position)
    assert told == [1.0]
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[1] == slider.value()
    slider.set_value(60)
    assert (slider.value(), len(told)) == (60.0, 2)
    assert slider.slider().accessibleName() == "Time gap"
    assert slider.slider().accessibleDescription() == "60 s"


def test_the_inspector_tells_what_a_photo_relates_to_outside_of_its_group():
    group = group_of((1, 2))
    last = group.members[1]
    leading_out = Relation(last.photo_id, PhotoId(9), PhotoClass.EDITED, 0.8)
    group = replace(group, bridges=(Bridge(leading_out, "/photos/other.jpg", None),))
    assert why_words(last, group).endswith("Also related, outside this group: other.jpg.")
    assert "outside this group" not in why_words(group.keeper, group)
