"""The groups view by keyboard and mouse, on real photos."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.gui.content_samples import KEEP, REJECT, LazyGroups, PumpedRunner, Shelf, group_of, jpegs, pairs
from twinlens.domain.group import GroupQuery
from twinlens.domain.relation import PhotoClass
from twinlens.gui.groups.panel import GroupsPanel
from twinlens.gui.thumbnails.loader import ThumbnailLoader

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")  # the offscreen platform, not us
QUERY = GroupQuery(PhotoClass.SAME_SHOT)
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@pytest.fixture
def runner():
    return PumpedRunner()


@pytest.fixture
def shelf(photos_dir):
    return Shelf(jpegs(photos_dir / "caltech101", 60))


@pytest.fixture
def panel(qtbot, shelf, runner):
    loader = ThumbnailLoader(shelf.fetch, runner=runner)
    panel = GroupsPanel(loader)
    qtbot.addWidget(panel)
    panel.resize(1000, 700)
    panel.set_photos(shelf.lookup)
    panel.show()
    yield panel
    loader.shutdown()


def press(qtbot: Any, panel: GroupsPanel, *keys: Qt.Key, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        qtbot.keyClick(panel.view(), key, modifiers)


def click(
    qtbot: Any, panel: GroupsPanel, number: int, position: int, modifiers: Any = Qt.KeyboardModifier.NoModifier
) -> QPoint:
    view = panel.view()
    count = len(view._groups.row(number).group.members)
    box = view.geometry_of_rows().card_box(count, view.first_of(number), position)
    corner = view.visualRect(view.model().index(number, 0)).topLeft()
    point = corner + QPoint(box.x + box.width // 2, box.y + box.height // 2)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifiers, point)
    return point


def test_the_first_photo_is_current_at_once(qtbot, panel):
    with qtbot.waitSignal(panel.currentPhotoChanged) as told:
        panel.set_groups(pairs(3), QUERY)
    assert told.args == [1]
    assert panel.current_photo_id() == 1
    assert panel.selected_ids() == [1]


def test_arrows_walk_photos_and_groups_and_stay_at_the_ends(qtbot, panel):
    panel.set_groups([group_of((1, 2, 3)), group_of((4, 5)), group_of((6, 7))], QUERY)
    press(qtbot, panel, Key.Key_Right, Key.Key_Right, Key.Key_Right)
    assert panel.current_photo_id() == 3
    press(qtbot, panel, Key.Key_Down)
    assert panel.current_photo_id() == 4
    press(qtbot, panel, Key.Key_End, Key.Key_Left, Key.Key_Left)
    assert panel.current_photo_id() == 4
    press(qtbot, panel, Key.Key_Down, Key.Key_End, Key.Key_Down)
    assert panel.current_photo_id() == 7
    press(qtbot, panel, Key.Key_Home)
    assert panel.current_photo_id() == 6
    press(qtbot, panel, Key.Key_Home, modifiers=CTRL)
    assert panel.current_photo_id() == 1
    press(qtbot, panel, Key.Key_Up)
    assert panel.current_photo_id() == 1


def test_shift_ctrl_and_ctrl_a_select_inside_the_group(qtbot, panel):
    panel.set_groups([group_of((1, 2, 3, 4)), group_of((5, 6))], QUERY)
    press(qtbot, panel, Key.Key_Right)
    press(qtbot, panel, Key.Key_Right, Key.Key_Right, modifiers=SHIFT)
    assert panel.selected_ids() == [2, 3, 4]
    click(qtbot, panel, 0, 2, CTRL)
    assert panel.selected_ids() == [2, 4]
    click(qtbot, panel, 0, 0)
    click(qtbot, panel, 0, 1, SHIFT)
    assert panel.selected_ids() == [1, 2]
    press(qtbot, panel, Key.Key_A, modifiers=CTRL)
    assert panel.selected_ids() == [1, 2, 3, 4]
    panel.select_none()
    assert panel.selected_ids() == [2]
    click(qtbot, panel, 1, 1, CTRL)  # another group: nothing of the old one stays selected
    assert panel.selected_ids() == [6]


def test_marking_goes_on_to_the_next_photo_and_the_next_group(qtbot, panel):
    panel.set_groups([group_of((1, 2)), group_of((3, 4))], QUERY)
    marked: list[Any] = []
    panel.markRequested.connect(lambda ids, mark: marked.append((ids, mark)))
    panel.mark_current(KEEP)
    panel.mark_current(REJECT)
    assert panel.current_photo_id() == 3
    panel.mark_current(None)
    assert panel.current_photo_id() == 3
    panel.set_auto_advance(False)
    panel.mark_current(REJECT)
    assert panel.current_photo_id() == 3
    assert marked == [([1], KEEP), ([2], REJECT), ([3], None), ([3], REJECT)]
    panel.select_all()
    panel.mark_current(REJECT)
    assert marked[-1] == ([3, 4], REJECT)


def test_accepting_goes_to_the_next_undecided_group(qtbot, panel):
    panel.set_groups(pairs(4), QUERY)
    panel.set_marks({3: KEEP, 4: REJECT})
    with qtbot.waitSignal(panel.acceptRequested) as told:
        panel.accept_current()
    assert told.args == [pairs(4)[:1]]
    assert panel.current_photo_id() == 5
    panel.set_marks(dict.fromkeys((1, 2, 3, 4, 7, 8), KEEP))
    with qtbot.waitSignal(panel.nothingUndecided):
        panel.accept_current()
    assert panel.current_photo_id() == 5


def test_the_search_for_undecided_groups_is_cut_into_pieces(qtbot, panel):
    groups = LazyGroups(2000)
    panel.set_groups(groups, QUERY)
    panel.set_marks(dict.fromkeys(range(1, 3001), KEEP))
    before = groups.made
    panel.go_next_undecided()
    assert groups.made - before < 300
    qtbot.waitUntil(lambda: panel.current_photo_id() == 3001)


def test_not_duplicates_names_the_selection_or_the_whole_group(qtbot, panel):
    panel.set_groups([group_of((1, 2, 3))], QUERY)
    with qtbot.waitSignal(panel.notDuplicatesRequested) as told:
        panel.refuse_current()
    assert told.args == [[[1, 2, 3]]]
    click(qtbot, panel, 0, 1)
    click(qtbot, panel, 0, 2, CTRL)
    with qtbot.waitSignal(panel.notDuplicatesRequested) as told:
        panel.refuse_current()
    assert told.args == [[[2, 3]]]


def test_space_and_double_click_open_the_large_view(qtbot, panel):
    panel.set_groups(pairs(2), QUERY)
    with qtbot.waitSignal(panel.photoActivated) as told:
        press(qtbot, panel, Key.Key_Space)
    assert told.args == [1]
    point = click(qtbot, panel, 0, 1)
    with qtbot.waitSignal(panel.photoActivated) as told:
        qtbot.mouseDClick(panel.view().viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert told.args == [2]


def test_a_long_strip_follows_the_current_photo_and_scrolls_by_hint_and_wheel(qtbot, panel):
    panel.set_groups([group_of(range(1, 41))], QUERY)
    view = panel.view()
    press(qtbot, panel, *[Key.Key_Right] * 20)
    assert 20 in view.geometry_of_rows().shown(40, view.first_of(0))
    first = view.first_of(0)
    hint = view.geometry_of_rows().right_hint(40, first)
    corner = view.visualRect(view.model().index(0, 0)).topLeft()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=corner + QPoint(hint.x + 20, hint.y + 40))
    assert view.first_of(0) > first
    assert panel.current_photo_id() == 21
    press(qtbot, panel, Key.Key_Home)
    assert view.first_of(0) == 0
    point = QPointF(200, 100)
    wheel = QWheelEvent(
        point, point, QPoint(), QPoint(0, -240), Qt.MouseButton.NoButton, SHIFT, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(view.viewport(), wheel)
    assert view.first_of(0) == 2


def test_regrouping_keeps_the_photo_the_group_and_the_place_on_screen(qtbot, panel):
    panel.set_groups(LazyGroups(3000), QUERY)
    panel.show_photo(2 * 1500 + 2)
    view = panel.view()
    top = view.visualRect(view.currentIndex()).top()
    told: list[Any] = []
    panel.currentPhotoChanged.connect(told.append)
    fewer = pairs(1450, start=201)  # the first 100 groups and the last ones are gone
    panel.set_groups(fewer, GroupQuery(PhotoClass.SAME_SHOT, similarity=0.8))
    assert panel.current_photo_id() == 3002
    assert view.current_number() == 1400
    assert view.visualRect(view.currentIndex()).top() == top
    assert told == []


def test_regrouping_without_the_current_photo_stays_nearby(qtbot, panel):
    panel.set_groups(pairs(10), QUERY)
    panel.show_photo(9)
    panel.set_groups([group for group in pairs(10) if group.keeper.photo_id != 9], QUERY)
    assert panel.current_photo_id() == 11
    panel.set_groups(pairs(2), QUERY)
    assert panel.current_photo_id() in (1, 3)
    panel.set_groups([], QUERY)
    assert panel.current_photo_id() is None
    assert panel.selected_ids() == []
    panel.accept_current()
    panel.refuse_current()
    panel.mark_current(KEEP)


def test_every_class_remembers_where_one_was(qtbot, panel):
    panel.set_groups(pairs(20), QUERY)
    panel.show_photo(24)
    top = panel.view().visualRect(panel.view().currentIndex()).top()
    panel.set_groups(pairs(10, start=31), GroupQuery(PhotoClass.EDITED))
    assert panel.current_photo_id() == 31
    panel.set_groups(pairs(20), QUERY)
    assert panel.current_photo_id() == 24
    assert panel.view().visualRect(panel.view().currentIndex()).top() == top


def test_the_sliders_tell_a_new_query_and_belong_to_the_class(qtbot, panel):
    panel.set_groups(pairs(2), QUERY)
    assert panel.bar().time_gap.isHidden()
    with qtbot.waitSignal(panel.queryChanged) as told:
        panel.bar().similarity.slider().setValue(40)
    assert told.args == [GroupQuery(PhotoClass.SAME_SHOT, similarity=0.9)]
    panel.set_groups([], GroupQuery(PhotoClass.BURST, time_gap_s=10))
    assert not panel.bar().time_gap.isHidden()
    assert panel.bar().time_gap.value() == 10
    panel.set_groups([], GroupQuery(PhotoClass.IDENTICAL_FILE))
    assert panel.bar().similarity.isHidden()


def test_typing_a_letter_walks_no_groups(qtbot, panel):
    groups = LazyGroups(28_000)
    panel.set_groups(groups, QUERY)
    panel.view().viewport().grab()
    before = groups.made
    press(qtbot, panel, Key.Key_Q, Key.Key_P)
    assert groups.made == before
    assert panel.current_photo_id() == 1


def test_thumbnails_are_asked_for_only_on_screen_and_painted_when_they_come(qtbot, panel, runner, shelf):
    panel.set_groups(pairs(30), QUERY)
    panel.view().viewport().grab()
    before = panel.view().viewport().grab().toImage()
    runner.pump()
    asked = set(shelf.all_fetched())
    assert {1, 2, 3, 4} <= asked
    assert len(asked) < 20
    after = panel.view().viewport().grab().toImage()
    box = panel.view().geometry_of_rows().card_box(2, 0, 0)
    middle = [(box.x + box.width // 2 + dx, box.y + 100 + dy) for dx in range(-20, 20) for dy in range(-10, 10)]
    assert len({before.pixel(x, y) for x, y in middle}) == 1  # the grey of what is not there yet
    assert len({after.pixel(x, y) for x, y in middle}) > 50  # a photo


def test_a_screen_reader_hears_the_current_photo_and_its_mark(qtbot, panel):
    panel.set_groups([group_of((1, 2))], QUERY)
    press(qtbot, panel, Key.Key_Right)
    assert panel.view().accessibleDescription().endswith("2 of 2, suggested reject")
    panel.set_marks({2: KEEP})
    assert panel.view().accessibleDescription().endswith("2 of 2, marked keep")
    assert panel.view().accessibleName()


def test_the_list_and_its_rows_are_in_the_accessibility_tree(qtbot, panel):
    panel.set_groups([group_of((1, 2)), group_of((3, 4), keeper_reason="larger")], QUERY)
    panel.view().viewport().grab()
    tree = QAccessible.queryAccessibleInterface(panel.view())
    assert tree.text(QAccessible.Text.Name) == "Groups"
    names = [tree.child(number).text(QAccessible.Text.Name) for number in range(tree.childCount())]
    assert any(name.startswith("Group 2 of 2, same shot, 2 photos") and name.endswith("larger") for name in names)
