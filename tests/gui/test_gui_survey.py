"""All photos of a group at once: where they lie, and the story in the window with mouse and keys."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt

from tests.gui.test_gui_compare_story import compare_of, press
from tests.gui.turning import turn_until
from twinlens.domain.group import Mark
from twinlens.gui.pictures.want import Level, want
from twinlens.gui.survey import tile as survey_tile
from twinlens.gui.survey.feature import Surveying
from twinlens.gui.survey.tiling import nearest_in_row, tiles
from twinlens.gui.survey.view import SurveyView
from twinlens.gui.views import ViewId

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
KEY = Qt.Key


@given(
    st.lists(st.floats(0.3, 3.5), min_size=1, max_size=40),
    st.floats(300, 4000),
    st.floats(300, 3000),
)
def test_every_photo_is_whole_inside_and_beside_the_others(shapes, width, height):
    made = tiles(shapes, width, height, 8, 18)
    for shape, tile in zip(shapes, made, strict=False):
        assert tile.width / (tile.height - 18) == pytest.approx(shape)
        assert tile.left >= -0.5
        assert tile.top >= -0.5
        assert tile.left + tile.width <= width + 0.5
        assert tile.top + tile.height <= height + 0.5
    for one, two in pairwise(made):
        assert two.row > one.row or two.left >= one.left + one.width + 7
        assert two.row == one.row or two.top >= one.top + one.height
    assert len(made) == len(shapes) or min(width, height) < 40 * len(shapes)


def test_photos_fill_the_room():
    made = tiles([1.5] * 6, 1400, 900, 8, 18)
    assert [tile.row for tile in made] == [0, 0, 0, 1, 1, 1] or [tile.row for tile in made] == [0, 0, 1, 1, 2, 2]
    assert sum(tile.width * tile.height for tile in made) > 0.6 * 1400 * 900
    assert tiles([1.5, 1.5], 800, 1400, 8, 18)[1].row == 1
    assert nearest_in_row(made, 0, 1) == made.index(next(tile for tile in made if tile.row == 1))
    assert nearest_in_row(made, 0, -1) == 0


def survey_of(window) -> SurveyView:
    return next(feature.view for feature in window.features if isinstance(feature, Surveying))


def test_a_photo_is_dragged_out_of_the_survey_as_a_file(qtbot, burst_window, monkeypatch):
    taken: list[list[str]] = []
    monkeypatch.setattr(survey_tile, "drag_files", lambda _source, paths, _picture: taken.append(paths))
    press(qtbot, burst_window, "survey")
    view = survey_of(burst_window)
    one = view.tiles()[2]
    qtbot.mousePress(one, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    qtbot.mouseMove(one, QPoint(42, 40))
    assert not taken
    qtbot.mouseMove(one, QPoint(90, 60))
    assert taken == [[view.photos()[2].path]]
    qtbot.mouseMove(one, QPoint(120, 60))
    assert len(taken) == 1
    assert view.current() == 2


def test_cursor_marks_and_the_loupe_over_the_survey(qtbot, burst_window):
    panel, session = burst_window.workspace.bursts, burst_window.session
    press(qtbot, burst_window, "survey")
    view = survey_of(burst_window)
    members = panel.current_group().members
    assert [photo.id for photo in view.photos()] == [member.photo_id for member in members]
    assert view.tiles()[0].state().current
    assert "1 of 4" in view.tiles()[0].accessibleName()
    qtbot.keyClick(view, KEY.Key_Right)
    assert panel.current_photo_id() == members[1].photo_id == view.current_photo_id()
    press(qtbot, burst_window, "reject")
    assert session.marks.marks == {members[1].photo_id: Mark.REJECT}
    assert view.tiles()[1].state().mark is Mark.REJECT
    assert "reject" in view.tiles()[1].accessibleName()
    assert view.current() == 2  # and on
    qtbot.mouseClick(view.tiles()[3], Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert panel.current_photo_id() == members[3].photo_id
    qtbot.keyClick(view, KEY.Key_Return)
    assert burst_window.loupe.photo().id == members[3].photo_id
    qtbot.keyClick(burst_window.loupe, KEY.Key_Left)
    qtbot.keyClick(burst_window.loupe, KEY.Key_Escape)
    assert view.current() == 2
    wants = [want(photo, Level.SCREEN) for photo in view.photos()]
    turn_until(lambda: all(burst_window.pictures.has(one) for one in wants))
    qtbot.keyClick(view, KEY.Key_Escape)
    assert not view.photos()
    assert burst_window.focusWidget() is panel.view()


def test_grid_strips_and_back_at_the_same_photo(qtbot, burst_window):
    workspace = burst_window.workspace
    photo_id = workspace.bursts.current_group().members[2].photo_id
    workspace.bursts.show_photo(photo_id)
    press(qtbot, burst_window, "survey")
    press(qtbot, burst_window, "compare")
    assert compare_of(burst_window).photos()
    press(qtbot, burst_window, "grid")  # from two levels up
    assert not compare_of(burst_window).photos()
    assert not survey_of(burst_window).photos()
    assert workspace.view is ViewId.PHOTOS
    assert workspace.photos.current_photo_id() == photo_id
    press(qtbot, burst_window, "survey")  # its group, from the grid
    view = survey_of(burst_window)
    assert len(view.photos()) == 4
    qtbot.keyClick(view, KEY.Key_Right)
    press(qtbot, burst_window, "keep")
    assert list(burst_window.session.marks.marks) == [view.photos()[3].id]
    press(qtbot, burst_window, "strip")
    assert workspace.groups_panel() is workspace.bursts
    assert workspace.bursts.current_photo_id() == burst_window.workspace.photos.current_photo_id()
