"""Find anything: a photo, a dropped file, a pasted picture, a drawn rectangle; the answers filtered, marked, asked further."""

import shutil
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from tests.gui.shell_photos import make_drive
from twinlens.domain.group import Mark
from twinlens.domain.relation import PhotoClass
from twinlens.gui.compare.choosing import photos_to_compare
from twinlens.gui.desks.similar_desk import pixels_of
from twinlens.gui.results.loupe_rect import picture_on
from twinlens.gui.views import ViewId
from twinlens.review.results import ResultOrder

pytestmark = [pytest.mark.qt_log_ignore("does not support propagateSizeHints"), pytest.mark.photos]
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def drive(photos_dir: Path, tmp_path: Path) -> Path:
    folder = make_drive(photos_dir, tmp_path / "drive")
    original = sorted(folder.glob("*.jpg"))[1]
    with Image.open(original) as image:
        wide, high = image.size
        middle = image.convert("RGB").crop((wide // 4, high // 4, wide * 3 // 4, high * 3 // 4))
    middle.save(folder / "middle.jpg", quality=90)
    shutil.copy(original, folder / "whole.jpg")
    return folder


@pytest.fixture
def window(windows, drive):
    return windows.open(drive, view="photos")


def names(window) -> list[str]:
    return [Path(row.photo.path).name for row in window.workspace.results.shown()]


def go_to(window, name: str):
    catalog = window.session.library.catalog()
    (photo,) = [photo for photo in catalog.photos.named(name) if "Backup" not in photo.path]
    window.workspace.photos.show_photo(photo.id)
    QApplication.processEvents()
    return photo


def test_shift_s_opens_results_that_are_filtered_sorted_marked_and_undone(qtbot, windows, window):
    photo = go_to(window, "whole.jpg")
    qtbot.keyClick(window.workspace.photos.view(), Qt.Key.Key_S, SHIFT)
    windows.settle()
    page = window.workspace.results
    assert window.workspace.view is ViewId.RESULTS
    assert page.heading.text() == "Similar to whole.jpg"
    assert not page.picture.isHidden()
    assert photo.id not in {row.photo.id for row in page.shown()}
    assert all(row.match.score >= page.bar.at_least.value() for row in page.shown())
    page.bar.at_least.slider.setValue(0)
    everything = len(page.shown())
    assert page.shown()[0].match.photo_class is PhotoClass.IDENTICAL_FILE

    page.bar.classes.setCurrentIndex(page.bar.classes.findData(PhotoClass.IDENTICAL_FILE))
    assert {row.match.score for row in page.shown()} == {1.0}
    assert f"/ {everything} photos" in page.summary.text()
    page.bar.classes.setCurrentIndex(0)
    page.bar.at_least.slider.setValue(page.bar.at_least.slider.maximum())
    assert 0 < len(page.shown()) < everything
    page.bar.at_least.slider.setValue(0)
    qtbot.keyClicks(page.bar.text, "backup")
    assert {Path(row.photo.path).parent.name for row in page.shown()} == {"Backup"}
    page.bar.text.clear()
    page.bar.order.setCurrentIndex(page.bar.order.findData(ResultOrder.SIZE))
    sizes = [row.photo.stamp.size_bytes for row in page.shown()]
    assert sizes == sorted(sizes, reverse=True)
    page.bar.text.setText("no such name")
    assert page.grid.message() == "Nothing passes the filter"
    page.bar.text.clear()

    page.grid.setFocus()
    first, second = page.shown()[0].photo.id, page.shown()[1].photo.id
    page.grid.go_to_top()
    qtbot.keyClick(page.grid.view(), Qt.Key.Key_X)
    qtbot.keyClick(page.grid.view(), Qt.Key.Key_P)
    assert window.session.marks.marks == {first: Mark.REJECT, second: Mark.KEEP}
    window.actions_by_id["undo"].trigger()
    window.actions_by_id["undo"].trigger()
    assert window.session.marks.marks == {}


def test_results_are_asked_further_compared_with_the_query_and_left_by_back(qtbot, windows, window):
    photo = go_to(window, "whole.jpg")
    window.actions_by_id["results"].trigger()
    page = window.workspace.results
    first = page.shown()[0]
    asked = photos_to_compare(window.loupe_commands.below, window.session, window.workspace)
    assert [each.id for each in asked] == [photo.id, first.photo.id]
    qtbot.keyClick(page.grid.view(), Qt.Key.Key_Space)
    assert window.loupe.isVisible()
    qtbot.keyClick(window.loupe, Qt.Key.Key_Escape)
    page.grid.setFocus()
    qtbot.keyClick(page.grid.view(), Qt.Key.Key_S, SHIFT)
    windows.settle()
    assert page.heading.text() == f"Similar to {Path(first.photo.path).name}"
    assert photo.id in {row.photo.id for row in page.shown()}
    qtbot.mouseClick(page.back, LEFT)
    assert page.heading.text() == "Similar to whole.jpg"
    assert not page.back.isEnabled()


def test_enter_in_the_list_of_lookalikes_opens_them_in_full(qtbot, windows, window):
    go_to(window, "whole.jpg")
    window.actions_by_id["similar"].trigger()
    windows.settle()
    view = window.side.similar.view()
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    windows.settle()
    assert window.workspace.view is ViewId.RESULTS
    assert window.workspace.results.heading.text() == "Similar to whole.jpg"


def test_a_file_dropped_on_the_window_is_looked_for(qtbot, windows, window, drive, tmp_path):
    outside = tmp_path / "outside.jpg"
    with Image.open(drive / "whole.jpg") as image:
        image.convert("RGB").resize((image.width // 2, image.height // 2)).save(outside, quality=70)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(outside))])
    place, action = QPoint(400, 300), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(place, action, data, LEFT, NONE)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(place), action, data, LEFT, NONE))
    windows.settle()
    assert window.workspace.view is ViewId.RESULTS
    assert window.workspace.results.heading.text() == "Similar to outside.jpg"
    assert "whole.jpg" in names(window)[:4]


def test_a_pasted_picture_and_a_pasted_path_are_looked_for(qtbot, windows, window, drive):
    page, clipboard = window.workspace.results, QGuiApplication.clipboard()
    window.actions_by_id["view.results"].trigger()
    assert page.grid.message() == "Nothing was looked for yet"
    clipboard.setImage(QImage(str(drive / "whole.jpg")))
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    windows.settle()
    assert page.heading.text() == "Similar to the pasted picture"
    assert "whole.jpg" in names(window)[:4]
    clipboard.setText(f'"{drive / "small.jpg"}"')
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    windows.settle()
    assert page.heading.text() == "Similar to small.jpg"
    clipboard.setText("no path")
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "no picture on the clipboard" in window.toast.text()


def test_a_rectangle_drawn_on_the_preview_finds_what_contains_it(qtbot, windows, window, drive):
    go_to(window, "whole.jpg")
    preview = window.side.inspector.picture()
    whole = preview.picture_rect()
    start, end = (
        QPoint(round(whole.x() + x * whole.width()), round(whole.y() + y * whole.height()))
        for x, y in ((0.3, 0.3), (0.7, 0.65))
    )
    qtbot.mousePress(preview, LEFT, pos=start)
    qtbot.mouseMove(preview, (start + end) / 2)
    qtbot.mouseMove(preview, end)
    qtbot.mouseRelease(preview, LEFT, pos=end)
    windows.settle()
    page = window.workspace.results
    assert page.heading.text() == "A part of whole.jpg"
    assert page.picture.region() == pytest.approx((0.3, 0.3, 0.4, 0.35), abs=0.03)
    containing = [row for row in page.shown() if row.match.contains]
    assert page.shown()[: len(containing)] == containing
    assert {"middle.jpg"} < {Path(row.photo.path).name for row in containing}
    assert "contain it" in page.summary.text()
    qtbot.mouseClick(preview, LEFT, pos=start)  # a click is no rectangle
    assert page.heading.text() == "A part of whole.jpg"


def test_a_rectangle_drawn_in_the_loupe_with_shift_is_looked_for_too(qtbot, windows, window):
    go_to(window, "whole.jpg")
    qtbot.keyClick(window.workspace.photos.view(), Qt.Key.Key_Space)
    windows.settle()
    canvas = window.loupe.canvas()
    whole = picture_on(canvas)
    start, end = (whole.topLeft() + QPointF(x * whole.width(), y * whole.height()) for x, y in ((0.3, 0.3), (0.7, 0.7)))
    qtbot.mousePress(canvas, LEFT, SHIFT, start.toPoint())
    qtbot.mouseMove(canvas, ((start + end) / 2).toPoint())
    qtbot.mouseRelease(canvas, LEFT, SHIFT, end.toPoint())
    windows.settle()
    assert not window.loupe.isVisible()
    assert window.workspace.results.heading.text() == "A part of whole.jpg"
    assert "middle.jpg" in names(window)[:6]


def test_what_cannot_be_read_is_said(windows, window, drive):
    window.actions_by_id["view.results"].trigger()
    QGuiApplication.clipboard().setText(str(drive / "broken.jpg"))
    window.actions_by_id["paste"].trigger()
    windows.settle()
    assert window.workspace.results.grid.message() == "That did not work"


def test_the_pixels_of_a_pasted_picture_outlive_it():
    """Rows without padding are the image's own memory: they must not go with it."""
    image = QImage(300, 235, QImage.Format.Format_RGB32)
    image.fill(0xFF204060)
    pixels = pixels_of(image)
    assert pixels.flags.owndata
    del image
    assert pixels.reshape(-1, 3).min(axis=0).tolist() == pixels.reshape(-1, 3).max(axis=0).tolist() == [32, 64, 96]
