"""Order and filters in the window, by mouse and keys: what is shown, what is remembered, and where one stays."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.shell_photos import make_drive
from twinlens.domain.arrangement import Arrangement, GroupFilter, Sort
from twinlens.domain.relation import PhotoClass
from twinlens.gui.arranging.memory import arrangement_of, arrangement_words
from twinlens.gui.arranging.words import chip_words, direction_words, sort_words
from twinlens.gui.groups.panel import GroupsPanel
from twinlens.gui.jobs import Workers
from twinlens.gui.main_window import MainWindow
from twinlens.gui.session import LibrarySession
from twinlens.gui.theme.theme import Theme
from twinlens.library.open import Library

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform, not us


@pytest.fixture
def open_window(qtbot, qapp, photos_dir, tmp_path):
    windows: list[MainWindow] = []
    drive = make_drive(photos_dir, tmp_path / "drive")

    def open_() -> MainWindow:
        first = not windows
        session = LibrarySession(Library.open(tmp_path / "library"), Workers.at_once())
        window = MainWindow(session, Theme(qapp))
        windows.append(window)
        window.show()
        window.begin([str(drive)] if first else [])
        window.show_view("duplicates")
        qtbot.wait(1)
        return window

    yield open_
    for window in windows:
        window.close()
        window.deleteLater()


def names(panel: GroupsPanel) -> list[str]:
    """The keepers of the groups, from top to bottom."""
    model = panel.view()._groups
    return [model.row(number).card(0).name for number in range(model.rowCount())]


def click(widget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def type_text(qtbot, window: MainWindow, text: str) -> GroupsPanel:
    panel = window.workspace.duplicates.groups
    window.actions_by_id["find_name"].trigger()
    QTest.keyClicks(panel.arranging.text, text)
    qtbot.waitUntil(lambda: panel.arranging.arrangement().wanted.text == text)
    return panel


def test_the_order_is_chosen_by_keys_and_turned_round_by_the_mouse(open_window):
    window = open_window()
    panel = window.workspace.duplicates.groups
    by_bytes = names(panel)
    groups = window.session.groups.shown(PhotoClass.IDENTICAL_FILE)
    assert [group.reclaimable_bytes for group in groups] == sorted((g.reclaimable_bytes for g in groups), reverse=True)
    panel.arranging.sort.setFocus()
    QTest.keyClick(panel.arranging.sort, Qt.Key.Key_End)
    QTest.keyClick(panel.arranging.sort, Qt.Key.Key_Return)
    assert panel.arranging.arrangement().sort is Sort.FOLDER
    assert panel.arranging.direction.text() == "A to Z"
    before = names(panel)
    assert sorted(before) == sorted(by_bytes)
    panel.arranging.sort.setCurrentIndex(0)
    panel.arranging.sort.activated.emit(0)
    assert names(panel) == by_bytes
    click(panel.arranging.direction)
    assert names(panel) == by_bytes[::-1]
    assert panel.arranging.direction.text() == "Fewest first"


def test_the_current_photo_stays_current_in_another_order(open_window):
    panel = open_window().workspace.duplicates.groups
    panel.view().place(0, 1)
    photo = panel.current_photo_id()
    click(panel.arranging.direction)
    assert panel.current_photo_id() == photo
    assert panel.view().current_number() == 1


def test_who_has_not_moved_sees_the_new_first_group_and_a_screen_reader_is_told(qtbot, open_window):
    window = open_window()
    panel = window.workspace.duplicates.groups
    first, second = names(panel)
    panel.view().place(0, 0)
    with qtbot.waitSignal(panel.bar().counted) as told:
        click(panel.arranging.direction)
    assert names(panel) == [second, first]
    assert panel.view().current_number() == 0
    assert told.args[0].startswith("2 groups")


def test_typing_filters_and_the_x_of_the_chip_shows_all_again(qtbot, open_window):
    window = open_window()
    panel = window.workspace.duplicates.groups
    everything = names(panel)
    panel.view().place(1, 1)
    photo = panel.current_photo_id()
    other = everything[0].partition(".")[0]
    type_text(qtbot, window, other)
    assert names(panel) == [everything[0]]
    assert panel.arranging.chips.texts() == [f"“{other}”"]
    assert window.workspace.duplicates.tabs.tabData(0).startswith("1 ·")
    assert panel.current_photo_id() != photo
    click(panel.arranging.chips.chips["text"])
    assert names(panel) == everything
    assert panel.arranging.chips.isHidden()
    assert panel.current_photo_id() == photo, "the filter had hidden it, and the user went nowhere else"


def test_letters_in_a_field_decide_nothing_and_enter_goes_to_the_groups(qtbot, open_window):
    window = open_window()
    panel = type_text(qtbot, window, "jpg")
    field = panel.arranging.text
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.session.marks.marks == {}
    assert QApplication.focusWidget() is panel.view()
    assert panel.arranging.arrangement().wanted.text == "jpg"
    window.actions_by_id["find_name"].trigger()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert panel.arranging.arrangement().wanted.is_empty


def test_an_empty_list_says_how_to_see_the_groups_again(qtbot, open_window):
    window = open_window()
    panel = type_text(qtbot, window, "no such name")
    title, hint = panel._empty.texts()
    assert title == "No group passes these filters"
    assert "2 groups" in hint
    click(panel._empty.button)
    assert len(names(panel)) == 2
    type_text(qtbot, window, "no such name")
    window.actions_by_id["clear_filters"].trigger()
    assert len(names(panel)) == 2


def test_decided_groups_leave_once_one_has_left_them(open_window):
    window = open_window()
    panel = window.workspace.duplicates.groups
    click(panel.arranging.undecided)
    assert window.actions_by_id["undecided_only"].isChecked()
    first, second = names(panel)
    window.actions_by_id["accept"].trigger()
    assert names(panel)[panel.view().current_number()] == second
    window.actions_by_id["accept"].trigger()
    assert first not in names(panel)
    window.actions_by_id["undo"].trigger()
    window.actions_by_id["undo"].trigger()
    assert names(panel) == [first, second]


def test_next_undecided_looks_behind_filters_and_into_the_other_classes(qtbot, open_window):
    window = open_window()
    panel = window.workspace.duplicates.groups
    text = names(panel)[0].partition(".")[0]
    type_text(qtbot, window, text)
    window.actions_by_id["next"].trigger()
    assert window.toast.text() == "No other group here waits for a decision."
    window.actions_by_id["accept"].trigger()
    assert "filters hide 1 that wait" in window.toast.text()
    click(window.toast._button)
    assert len(names(panel)) == 2
    window.actions_by_id["next"].trigger()
    window.actions_by_id["accept"].trigger()
    assert window.toast.text() == "Every group here is decided. Same shot: 1 wait. Ctrl+Down goes there."
    click(window.toast._button)
    assert window.workspace.duplicates.photo_class() is PhotoClass.SAME_SHOT
    window.actions_by_id["accept"].trigger()
    while "Go there" in window.toast._button.text():
        click(window.toast._button)
        window.actions_by_id["accept"].trigger()
    assert window.toast.text() == "Every group is decided."


def test_next_undecided_is_one_key_from_class_to_class_and_back(qtbot, open_window):
    window = open_window()
    duplicates = window.workspace.duplicates
    duplicates.choose(PhotoClass.IDENTICAL_FILE)
    view = duplicates.groups.view()
    view.setFocus()
    for _ in range(2):
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert "Ctrl+Down goes there" in window.toast.text()
    seen = []
    for _ in range(6):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
        panel = window.workspace.groups_panel()
        if window.toast.text() == "Every group is decided.":
            break
        seen.append(panel.query().photo_class)
        assert window.focusWidget() is panel.view()
        if len(seen) == 1:
            assert "Every group of Identical files is decided. Now: Same shot" in window.toast.text()
            click(window.toast._button)
            assert duplicates.photo_class() is PhotoClass.IDENTICAL_FILE
            continue
        QTest.keyClick(panel.view(), Qt.Key.Key_A)
    assert set(seen) == {PhotoClass.SAME_SHOT}
    assert window.toast.text() == "Every group is decided."
    window.session.undo()
    window.show_view("photos")
    window.workspace.focus_page()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert window.workspace.groups_panel().query().photo_class is PhotoClass.SAME_SHOT


def test_sliders_stand_where_they_were_after_a_restart(open_window):
    window = open_window()
    window.show_view("bursts")
    bar = window.workspace.bursts.bar()
    usual = bar.query()
    bar.similarity.slider().setValue(40)
    bar.time_gap.slider().setValue(3)
    bar.time_gap._throttle.flush()
    left_at = bar.query()
    assert left_at != usual
    window.close()
    again = open_window()
    assert again.session.groups.query(PhotoClass.BURST) == left_at
    again.show_view("bursts")
    assert again.workspace.bursts.bar().query() == left_at
    assert again.session.groups.query(PhotoClass.SAME_SHOT).similarity == usual.similarity


def test_further_filters_offer_what_the_groups_have(open_window):
    window = open_window()
    panel = window.workspace.duplicates.groups
    click(panel.arranging.more)
    row = panel.arranging.row
    assert row is not None
    folders = [row.folder.itemText(at) for at in range(row.folder.count())]
    assert folders == ["All folders", "Backup  (2)"]
    row.folder.setCurrentIndex(1)
    row.folder.activated.emit(1)
    assert panel.arranging.chips.texts() == ["In Backup"]
    assert len(names(panel)) == 2
    row.first_day.setDate(row.first_day.maximumDate())
    wanted = panel.arranging.arrangement().wanted
    assert wanted.first_day is not None
    click(panel.arranging.chips.clear_all)
    assert row.folder.currentText() == "All folders"
    assert row.first_day.value() is None
    click(panel.arranging.more)
    assert row.isHidden()


def test_a_folder_is_found_by_typing_and_left_by_escape(qtbot, open_window):
    window = open_window()
    panel = window.workspace.duplicates.groups
    click(panel.arranging.more)
    box = panel.arranging.row.folder
    box.setFocus()
    box.lineEdit().selectAll()
    QTest.keyClicks(box, "pxu")
    assert window.session.marks.marks == {}
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert box.currentText() == "All folders"
    box.lineEdit().selectAll()
    QTest.keyClicks(box, "nothing like it")
    panel.view().setFocus()
    assert box.currentText() == "All folders"
    assert panel.arranging.arrangement().wanted.is_empty
    box.setFocus()
    box.lineEdit().selectAll()
    QTest.keyClicks(box, "back")
    popup = box.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert panel.arranging.chips.texts() == ["In Backup"]
    assert window.session.marks.marks == {}


def test_order_filter_and_place_in_every_class_survive_a_restart(qtbot, open_window):
    window = open_window()
    panel = window.workspace.duplicates.groups
    click(panel.arranging.direction)
    click(panel.arranging.undecided)
    panel.view().place(1, 1)
    identical = panel.current_photo_id()
    window.workspace.duplicates.choose(PhotoClass.SAME_SHOT)
    panel.view().place(0, 1)
    same_shot = panel.current_photo_id()
    assert identical != same_shot
    window.close()
    again = open_window()
    panel = again.workspace.duplicates.groups
    wanted = Arrangement(Sort.BYTES, descending=False, wanted=GroupFilter(undecided_only=True))
    assert panel.arranging.arrangement() == wanted
    assert again.workspace.duplicates.photo_class() is PhotoClass.SAME_SHOT
    assert panel.current_photo_id() == same_shot
    again.workspace.duplicates.choose(PhotoClass.IDENTICAL_FILE)
    assert panel.current_photo_id() == identical


def test_what_was_kept_by_another_version_is_as_if_nothing_had_been_kept():
    wanted = Arrangement(
        Sort.TAKEN, False, GroupFilter("/a", None, date(2019, 5, 1), None, text="x", undecided_only=True)
    )
    assert arrangement_of(arrangement_words(wanted)) == wanted
    for text in ("", "{}", "[1]", '{"sort": "beauty"}', arrangement_words(wanted).replace("2019-05-01", "May")):
        assert arrangement_of(text) is None


def test_orders_and_filters_have_words():
    assert len({sort_words(sort) for sort in Sort}) == len(Sort)
    assert all(direction_words(sort, descending=True) != direction_words(sort, descending=False) for sort in Sort)
    days = GroupFilter(first_day=date(2019, 5, 1), last_day=date(2019, 5, 1))
    assert "to" not in chip_words(days, "days")
    assert chip_words(GroupFilter(last_day=date(2019, 5, 1)), "days").startswith("Until")
    assert chip_words(GroupFilter(camera="Pixel 8"), "camera") == "Pixel 8"
