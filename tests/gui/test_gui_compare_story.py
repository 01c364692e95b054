"""Comparing photos with mouse and keys, in the window on a real handheld burst."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from tests.gui.turning import turn_until
from twinlens.domain.group import Mark
from twinlens.gui.canvas import carried
from twinlens.gui.compare.feature import Comparing
from twinlens.gui.compare.view import CompareView
from twinlens.gui.features import Features

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier


def compare_of(window) -> CompareView:
    return next(feature.view for feature in window.features if isinstance(feature, Comparing))


def press(qtbot, window, name: str) -> None:
    window.actions_by_id[name].trigger()
    qtbot.wait(1)


@pytest.fixture
def opened(qtbot, burst_window):
    """The keeper and the next photo, laid over each other."""
    press(qtbot, burst_window, "compare")
    view = compare_of(burst_window)
    turn_until(lambda: view.laying.matrix(view.photos()[1]) is not None)
    qtbot.wait(1)
    return view


@pytest.mark.parametrize("name", ["compare", "compare.overlay", "survey"])
def test_a_key_before_the_late_parts_are_there_is_not_lost(qtbot, monkeypatch, request, name):
    monkeypatch.setattr(Features, "start", lambda _self: None)  # as slow as can be
    window = request.getfixturevalue("burst_window")
    press(qtbot, window, name)
    front = window.loupe_commands.below.front()
    assert front is not None
    assert front.isVisible()
    assert window.actions_by_id["compare.overlay"].isChecked() == (name == "compare.overlay")
    if name != "compare.overlay":
        press(qtbot, window, name)
        assert not front.isVisible()


def test_zoom_and_pan_are_locked_and_follow_the_content(qtbot, burst_window, opened):
    group = burst_window.workspace.bursts.current_group()
    assert [photo.id for photo in opened.photos()] == [member.photo_id for member in group.members[:2]]
    one, two = (pane.canvas for pane in opened.stage.panes[:2])
    matrix = opened.laying.matrix(opened.photos()[1])
    assert abs(matrix - [[1, 0, 0], [0, 1, 0], [0, 0, 1]]).max() > 0.005  # a hand moves
    press(qtbot, burst_window, "actual")
    assert one.look == two.look
    assert one.look.scale == 1.0
    qtbot.mousePress(one, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    qtbot.mouseMove(one, QPoint(280, 290))
    qtbot.mouseMove(one, QPoint(200, 250))
    qtbot.mouseRelease(one, Qt.MouseButton.LeftButton, pos=QPoint(200, 250))
    assert one.look == two.look
    assert one.look.x > 0.5
    moved = one.look
    qtbot.keyClick(opened, KEY.Key_Left, SHIFT)
    assert two.look.x < moved.x
    press(qtbot, burst_window, "compare.lock")  # each by itself now
    two.zoom(3)
    assert one.look != two.look


def test_the_place_that_one_looks_at_shows_the_same_thing_in_both(opened):
    """What the alignment promises, seen: the pixels in the middle of both panes are of the same rock."""
    laid = opened.laying.lies(opened.photos()[1])
    back, _ = laid.inverted()
    extent = opened.laying.extent()
    middle = back.map(QPointF(extent.width / 2, extent.height / 2))
    assert 0.2 < middle.x() / extent.width < 0.8
    assert abs(middle.x() - extent.width / 2) + abs(middle.y() - extent.height / 2) > 5


def test_the_modes_and_their_slider(qtbot, burst_window, opened):
    stage, bar = opened.stage, opened.bar
    press(qtbot, burst_window, "compare.curtain")
    assert opened.stage.shown.mode == "curtain"
    left, right = stage.together._layers
    assert (left.from_x, left.to_x, right.from_x, right.to_x) == (0.0, 0.5, 0.5, 1.0)
    middle = QPoint(stage.together.width() // 2, 200)
    qtbot.mousePress(stage.together, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(stage.together, QPoint(stage.together.width() // 4, 210))
    qtbot.mouseRelease(stage.together, Qt.MouseButton.LeftButton, pos=QPoint(stage.together.width() // 4, 210))
    assert stage.shown.amount == pytest.approx(0.25, abs=0.01)
    assert stage.together.look.fits  # the curtain was drawn, not the picture
    press(qtbot, burst_window, "compare.overlay")
    bar.slider.setValue(51)
    assert stage.together._layers[1].opacity == pytest.approx(0.2)
    qtbot.keyClick(opened, KEY.Key_BracketRight)
    assert stage.together._layers[1].opacity == pytest.approx(0.25)
    press(qtbot, burst_window, "compare.difference")
    turn_until(lambda: "differ" in bar.figure())
    before = bar.figure()
    bar.slider.setValue(120)
    assert float(bar.figure().split()[0]) < float(before.split()[0])
    press(qtbot, burst_window, "compare.difference")  # again: back
    assert opened.stage.shown.mode == "side"
    assert burst_window.actions_by_id["compare.side"].isChecked()


@pytest.mark.parametrize("key", [KEY.Key_B, KEY.Key_Space])
def test_a_held_key_blinks_in_place(qtbot, opened, key):
    pane = opened.stage.panes[1]
    before = pane.canvas._layers[0].image
    qtbot.keyPress(opened, key)
    assert pane.canvas._layers[0].image is not before
    assert opened.isVisible()
    qtbot.keyRelease(opened, key)
    assert pane.canvas._layers[0].image.cacheKey() == before.cacheKey()


def test_arrows_move_the_cursor_below_and_decisions_act_on_the_focused_pane(qtbot, burst_window, opened):
    marks, panel = burst_window.session.marks, burst_window.workspace.bursts
    keeper, second = opened.photos()
    press(qtbot, burst_window, "reject")
    assert marks.marks == {second.id: Mark.REJECT}
    assert opened.stage.panes[1].line.facts().mark is Mark.REJECT
    qtbot.mouseClick(opened.stage.panes[0].canvas, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    assert opened.stage.panes[0].is_focused()
    assert opened.stage.look.fits  # the click that gives the keys does not zoom too
    assert panel.current_photo_id() == keeper.id
    press(qtbot, burst_window, "keep")
    assert marks.marks[keeper.id] is Mark.KEEP
    qtbot.keyClick(opened, KEY.Key_Right)
    assert opened.stage.panes[1].is_focused()
    qtbot.keyClick(opened, KEY.Key_Right)
    members = [member.photo_id for member in panel.current_group().members]
    assert [photo.id for photo in opened.photos()] == [keeper.id, members[2]]
    panel.show_photo(members[3])  # however the cursor came there
    assert [photo.id for photo in opened.photos()] == [keeper.id, members[3]]
    qtbot.keyClick(opened, KEY.Key_Escape)
    assert not opened.photos()
    assert burst_window.focusWidget() is panel.view()


def test_a_selection_of_four_is_compared_and_the_loupe_opens_over_it(qtbot, burst_window):
    burst_window.workspace.bursts.select_all()
    press(qtbot, burst_window, "compare")
    view = compare_of(burst_window)
    assert len(view.photos()) == 4
    assert sum(pane.isVisible() for pane in view.stage.panes) == 4
    press(qtbot, burst_window, "loupe")
    assert burst_window.loupe.photo().id == view.current_photo_id()
    qtbot.keyClick(burst_window.loupe, KEY.Key_Escape)
    assert burst_window.loupe.photo() is None
    assert len(view.photos()) == 4  # one level back


def test_winner_stays_takes_n_minus_1_keys_and_one_undo(qtbot, burst_window):
    session, panel = burst_window.session, burst_window.workspace.bursts
    ids = [member.photo_id for member in panel.current_group().members]
    press(qtbot, burst_window, "walk")
    view = compare_of(burst_window)
    assert view.bar.hint().startswith("Decision 1 of 3")
    press(qtbot, burst_window, "walk.left")
    assert [photo.id for photo in view.photos()] == [ids[0], ids[2]]
    qtbot.keyClick(view, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)  # not so
    assert [photo.id for photo in view.photos()] == ids[:2]
    press(qtbot, burst_window, "walk.right")
    assert [photo.id for photo in view.photos()] == [ids[2], ids[1]]
    assert not session.marks.marks
    press(qtbot, burst_window, "walk.both")
    qtbot.keyClick(view, KEY.Key_Escape)  # interrupted: nothing is lost
    assert "remembered" in burst_window.toast.text()
    burst_window.toast.dismiss()
    press(qtbot, burst_window, "walk")
    assert view.bar.hint().startswith("Decision 3 of 3")
    press(qtbot, burst_window, "walk.right")
    assert not view.photos()
    wanted = {ids[0]: Mark.REJECT, ids[3]: Mark.REJECT, ids[1]: Mark.KEEP, ids[2]: Mark.KEEP}
    assert dict(session.marks.marks) == wanted
    press(qtbot, burst_window, "undo")
    assert not session.marks.marks


def test_one_photo_alone_is_not_compared(qtbot, burst_window):
    burst_window.show_view("photos")
    burst_window.workspace.photos.select_none()
    press(qtbot, burst_window, "compare")
    view = compare_of(burst_window)
    if view.photos():  # the current photo is in a group: with its keeper
        assert len(view.photos()) == 2
    else:
        assert "Select two to four" in burst_window.toast.text()


def test_esc_goes_back_even_while_a_message_is_shown(qtbot, burst_window, opened):
    burst_window.toast.say("A message")
    qtbot.keyClick(opened, KEY.Key_Escape)
    assert not opened.photos()
    assert burst_window.toast.text() == "A message"


def test_what_is_moved_to_the_quarantine_is_not_compared_any_more(qtbot, burst_window, opened):
    press(qtbot, burst_window, "reject")
    burst_window.session.remove_all_the_same()
    qtbot.wait(1)
    assert not opened.photos()
    press(qtbot, burst_window, "undo")
    assert len(burst_window.workspace.bursts.current_group().members) == 4


def test_a_lookalike_is_compared_with_what_it_looks_like(qtbot, burst_window):
    burst_window.presenter.find_similar()
    similar = burst_window.side.similar.view()
    burst_window.activateWindow()
    similar.setFocus()
    similar.go_to(0)
    qtbot.waitUntil(similar.hasFocus)
    asked, lookalike = burst_window.workspace.bursts.current_photo_id(), burst_window.side.similar.current_photo_id()
    qtbot.keyClick(similar, KEY.Key_C)
    view = compare_of(burst_window)
    assert [photo.id for photo in view.photos()] == [asked, lookalike]
    qtbot.keyClick(view, KEY.Key_Down)  # the list of lookalikes goes on
    assert view.photos()[0].id == asked
    qtbot.keyClick(view, KEY.Key_Escape)
    assert burst_window.focusWidget() is similar


def test_a_walk_begins_where_left_and_right_are_seen(qtbot, burst_window, opened):
    press(qtbot, burst_window, "compare.difference")
    qtbot.keyClick(opened, KEY.Key_Escape)
    press(qtbot, burst_window, "walk")
    assert opened.stage.shown.mode == "side"
    assert burst_window.actions_by_id["compare.side"].isChecked()
    assert not burst_window.actions_by_id["compare.difference"].isChecked()
    press(qtbot, burst_window, "compare.curtain")  # there they are seen too
    press(qtbot, burst_window, "walk.left")
    assert opened.stage.shown.mode == "curtain"


def test_another_view_is_not_covered(qtbot, burst_window, opened):
    press(qtbot, burst_window, "view.history")
    assert not opened.isVisible()
    assert burst_window.workspace.history.isVisible()
    press(qtbot, burst_window, "view.photos")
    press(qtbot, burst_window, "loupe")
    assert burst_window.loupe.isVisible()
    press(qtbot, burst_window, "view.quarantine")
    assert not burst_window.loupe.isVisible()


def test_strangers_lie_as_they_are_and_it_is_said(qtbot, burst_window):
    burst_window.show_view("photos")
    grid = burst_window.workspace.photos
    grid.select_all()
    burst_window.session.photos.clear()
    press(qtbot, burst_window, "compare")
    view = compare_of(burst_window)
    assert len(view.photos()) == 4
    assert "Survey" in burst_window.toast.text()  # six were selected
    names = {photo.path.rpartition("/")[2] for photo in view.photos()}
    frame = view.photos()[0].path.rpartition("/")[2]
    strangers = {name for name in names if ("IMG_" in name) is not ("IMG_" in frame)}
    assert strangers
    turn_until(lambda: all(name in view.bar.hint() for name in strangers))
    assert "Not laid over" in view.bar.hint()
    stranger = next(photo for photo in view.photos() if photo.path.rpartition("/")[2] in strangers)
    assert view.laying.matrix(stranger) is None
    assert not view.laying.lies(stranger).isRotating()


def test_a_photo_seen_whole_is_dragged_out_of_compare_as_a_file(qtbot, burst_window, monkeypatch):
    taken: list[list[str]] = []
    monkeypatch.setattr(carried, "drag_files", lambda _source, paths, _picture: taken.append(paths))
    press(qtbot, burst_window, "compare")
    pane = compare_of(burst_window).stage.panes[1]
    turn_until(lambda: pane.photo is not None and pane.canvas.look.fits)
    qtbot.mousePress(pane.canvas, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    qtbot.mouseMove(pane.canvas, QPoint(42, 40))
    assert not taken
    qtbot.mouseMove(pane.canvas, QPoint(90, 60))
    assert pane.photo is not None
    assert taken == [[pane.photo.path]]
    qtbot.mouseMove(pane.canvas, QPoint(120, 60))
    assert len(taken) == 1
