"""Arrows, Home, End and the Page keys mean the same in grid, strips, loupe, compare and survey; marks hit what is seen."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt

from tests.gui.burst_drive import make_burst_drive
from tests.gui.story_window import StoryWindows
from twinlens.domain.group import Mark
from twinlens.gui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
KEY = Qt.Key
WALK = (KEY.Key_Right, KEY.Key_Right, KEY.Key_Left, KEY.Key_End, KEY.Key_Home, KEY.Key_PageDown, KEY.Key_PageUp)
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(windows: StoryWindows, photos_dir, tmp_path) -> MainWindow:
    return windows.open(make_burst_drive(photos_dir, tmp_path / "drive"))


def walked(qtbot, window: MainWindow, keys=WALK) -> list[int | None]:
    """The current photo after each key, wherever the keys go."""
    found = []
    for key in keys:
        qtbot.keyClick(window.focusWidget(), key)
        found.append(window.loupe_commands.below.base().current_photo_id())
    return found


def open_view(window: MainWindow, name: str) -> None:
    window.actions_by_id[name].trigger()
    assert window.loupe_commands.below.front() is not None


@pytest.mark.parametrize("over", ["loupe", "compare", "survey"])
def test_keys_walk_the_strips_from_every_view_over_them(qtbot, windows, window, over):
    window.actions_by_id["view.bursts"].trigger()
    panel = window.workspace.bursts
    panel.view().place(0, 0)
    in_strips = walked(qtbot, window)
    assert len(set(in_strips)) >= 3
    panel.view().place(0, 0)
    open_view(window, over)
    assert walked(qtbot, window) == in_strips
    panel.view().place(0, 0)
    assert walked(qtbot, window, (KEY.Key_Down, KEY.Key_Up)) == in_strips[-2:]


def test_keys_walk_the_grid_from_the_loupe_too(qtbot, windows, window):
    window.actions_by_id["view.photos"].trigger()
    grid = window.workspace.photos
    grid.go_to_top()
    in_grid = walked(qtbot, window)
    grid.go_to_top()
    open_view(window, "loupe")
    assert walked(qtbot, window) == in_grid
    assert window.loupe.photo().id == in_grid[-1]


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, watched) -> None:
        super().__init__()
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


@pytest.mark.parametrize("over", ["loupe", "compare", "survey"])
def test_what_is_covered_is_not_painted(qtbot, windows, window, over):
    window.actions_by_id["view.bursts"].trigger()
    window.workspace.bursts.view().place(0, 0)
    open_view(window, over)
    windows.settle()
    covered = [Paints(window.workspace.bursts.view().viewport()), Paints(window.side.similar.view().viewport())]
    seen = Paints(window.focusWidget() if over != "loupe" else window.loupe.canvas())
    for key in (KEY.Key_Right, KEY.Key_Down, KEY.Key_Up):
        qtbot.keyClick(window.focusWidget(), key)
        windows.settle()
    assert [paints.count for paints in covered] == [0, 0]
    if over == "loupe":
        assert seen.count >= 2


def test_page_keys_page_the_grid(qtbot, windows, window):
    window.resize(700, 500)
    window.actions_by_id["view.photos"].trigger()
    window.workspace.photos.set_thumbnail_side(320)
    windows.settle()
    grid = window.workspace.photos
    grid.go_to_top()
    ids = grid.view().photos().ids()
    down, up = walked(qtbot, window, (KEY.Key_PageDown, KEY.Key_PageUp))
    assert ids.index(down) >= grid.view().columns()
    assert up == ids[0]


def test_marks_in_the_loupe_hit_the_photo_that_is_seen(qtbot, windows, window):
    for view, panel in (("photos", window.workspace.photos), ("bursts", window.workspace.bursts)):
        window.actions_by_id[f"view.{view}"].trigger()
        window.actions_by_id["select_all"].trigger()
        assert len(panel.selected_ids()) >= 4
        open_view(window, "loupe")
        seen = window.loupe.photo().id
        qtbot.keyClick(window.focusWidget(), KEY.Key_X)
        assert window.session.marks.marks == {seen: Mark.REJECT}
        qtbot.keyClick(window.focusWidget(), KEY.Key_Escape)
        window.session.undo()
        assert not window.session.marks.marks


def test_a_survey_leaves_the_selection_as_it_was(qtbot, windows, window):
    window.actions_by_id["view.photos"].trigger()
    grid = window.workspace.photos
    grid.go_to_top()
    for _ in range(2):
        qtbot.keyClick(grid.view(), KEY.Key_Right, SHIFT)
    chosen = grid.selected_ids()
    assert len(chosen) == 3
    open_view(window, "survey")
    qtbot.keyClick(window.focusWidget(), KEY.Key_Home)
    qtbot.keyClick(window.focusWidget(), KEY.Key_Right)
    assert grid.current_photo_id() == chosen[1]
    qtbot.keyClick(window.focusWidget(), KEY.Key_Escape)
    assert grid.selected_ids() == chosen
    assert window.focusWidget() is grid.view()
