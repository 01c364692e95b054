"""Looking into one photo, with mouse and keys, in the window on real photos."""

import cv2
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.turning import turn_until
from twinlens.domain.group import Mark
from twinlens.gui.canvas import carried
from twinlens.gui.main_window import MainWindow
from twinlens.gui.pictures.picture import Picture, picture_of
from twinlens.gui.pictures.want import Level, want
from twinlens.imaging.decode import decode_preview

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def turn_wheel(widget: QWidget, at: QPoint, notches: int) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(widget.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def press(qtbot, window: MainWindow, name: str) -> None:
    window.actions_by_id[name].trigger()
    qtbot.wait(1)


def test_zoom_at_the_wheel_drag_and_go_on_at_the_same_place(qtbot, burst_window):
    window = burst_window
    press(qtbot, window, "loupe")
    loupe, canvas = window.loupe, window.loupe.canvas()
    assert loupe.facts().place == "1 of 4"
    assert loupe.facts().why
    assert canvas.look.fits
    at = QPoint(300, 250)
    for _ in range(3):
        turn_wheel(canvas, at, 1)
    assert canvas.look.scale > 0.6
    assert not canvas.look.fits
    before = canvas.look
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(500, 400))
    qtbot.mouseMove(canvas, QPoint(470, 400))
    qtbot.mouseMove(canvas, QPoint(440, 380))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(440, 380))
    assert canvas.look.x > before.x
    assert canvas.look.y > before.y
    dragged = canvas.look
    first = loupe.photo()
    qtbot.keyClick(loupe, Qt.Key.Key_Right)
    assert loupe.photo() != first
    assert loupe.facts().place == "2 of 4"
    assert (canvas.look.scale, canvas.look.x) == pytest.approx((dragged.scale, dragged.x), abs=0.02)
    qtbot.keyClick(loupe, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.look.x > dragged.x
    assert loupe.facts().place == "2 of 4"


def test_a_photo_seen_whole_is_dragged_out_of_the_loupe_as_a_file(qtbot, burst_window, monkeypatch):
    taken: list[tuple[list[str], bool]] = []
    monkeypatch.setattr(carried, "drag_files", lambda _source, paths, seen: taken.append((paths, seen.isNull())))
    press(qtbot, burst_window, "loupe")
    canvas = burst_window.loupe.canvas()
    assert canvas.look.fits
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(500, 400))
    qtbot.mouseMove(canvas, QPoint(470, 400))
    assert taken == [([burst_window.loupe.photo().path], False)]
    qtbot.mouseMove(canvas, QPoint(440, 400))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(440, 380))
    assert len(taken) == 1
    assert canvas.look.fits  # and no click that goes to 1:1


def longest_px(window, photo) -> int:
    """The longer side of the largest picture that is there."""
    found = window.pictures.best(want(photo, Level.FULL))
    return 0 if found is None else found.longest_px


def no_larger_than_asked(path: str, side_px: int) -> Picture:
    pixels = decode_preview(path, side_px)
    scale = side_px / max(pixels.shape[:2])
    return picture_of(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))


def test_1_to_1_on_a_key_or_a_click_and_back_and_all_pixels_come(qtbot, burst_window):
    window = burst_window
    press(qtbot, window, "actual")  # from the strips
    loupe, canvas = window.loupe, window.loupe.canvas()
    photo = loupe.photo()
    assert loupe.facts().nearness == "1:1"
    turn_until(lambda: longest_px(window, photo) == 2155)
    qtbot.wait(1)
    press(qtbot, window, "fit")
    assert canvas.look.fits
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 300))
    assert loupe.facts().nearness == "1:1"
    assert canvas.look.x < 0.35
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 300))
    assert canvas.look.fits
    press(qtbot, window, "zoom_in")
    assert not canvas.look.fits
    press(qtbot, window, "zoom_out")
    assert canvas.look.fits


def test_decisions_in_the_loupe_and_the_way_back(qtbot, burst_window):
    window = burst_window
    view = window.workspace.bursts.view()
    press(qtbot, window, "loupe")
    first = window.loupe.photo()
    press(qtbot, window, "reject")
    assert window.session.marks.marks[first.id] is Mark.REJECT
    assert window.loupe.photo().id != first.id  # on to the next
    qtbot.keyClick(window.loupe, Qt.Key.Key_Left)
    assert window.loupe.facts().mark is Mark.REJECT
    qtbot.keyClick(window.loupe, Qt.Key.Key_Escape)
    assert window.loupe.photo() is None
    assert view.hasFocus() or window.focusWidget() is view
    assert window.workspace.bursts.current_photo_id() == first.id


def test_the_group_is_decoded_ahead(qtbot, burst_window):
    window = burst_window
    press(qtbot, window, "loupe")
    members = window.workspace.bursts.current_group().members
    wants = [want(window.session.photos.photo(member.photo_id), Level.SCREEN) for member in members]
    turn_until(lambda: all(window.pictures.has(one) for one in wants))
    qtbot.keyClick(window.loupe, Qt.Key.Key_Right)
    (layer,) = window.loupe.canvas()._layers
    assert layer.holds is window.pictures.best(wants[1])  # at once, and not its thumbnail
    assert window.pictures.cache.used_bytes <= window.pictures.cache.capacity_bytes


def test_full_pictures_are_forgotten_and_the_inspector_rests_while_it_is_covered(qtbot, burst_window, monkeypatch):
    window = burst_window
    monkeypatch.setattr(window.pictures, "_decode", no_larger_than_asked)  # else one for the screen may have all pixels
    press(qtbot, window, "actual")
    photo = window.loupe.photo()
    turn_until(lambda: window.pictures.has(want(photo, Level.FULL)))
    picture = window.side.inspector.picture()
    before = picture.picture_size()
    qtbot.keyClick(window.loupe, Qt.Key.Key_Right)
    assert not window.side.inspector._previews._working
    press(qtbot, window, "loupe")
    assert not window.pictures.has(want(photo, Level.FULL))
    assert window.pictures.has(want(photo, Level.SCREEN))
    turn_until(lambda: picture.picture_size().width() > max(400, before.width() // 2))
    assert window.side.inspector.photo().id != photo.id
