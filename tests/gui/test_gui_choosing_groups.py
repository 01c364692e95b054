"""Several groups selected in the strips, with keys and mouse: the best of them kept, a rule for them."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.gui.test_gui_best_shot import press, settle, window
from twinlens.domain.group import Mark, SeriesKind
from twinlens.gui.best.bar import KeepBestBar
from twinlens.gui.groups.view import GroupsView
from twinlens.gui.main_window import MainWindow
from twinlens.gui.rules.dialog import RuleDialog
from twinlens.gui.rules.feature import RulesFeature
from twinlens.review.rules.scope import Extent, scopes_of

__all__ = ["window"]

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
KEY = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def strips(window: MainWindow) -> GroupsView:
    return window.workspace.bursts.view()


def click_group(window: MainWindow, number: int, modifiers: Qt.KeyboardModifier) -> None:
    """On the header of a group."""
    view = strips(window)
    where = view.visualRect(view.model().index(number, 0)).topLeft() + QPoint(40, 12)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifiers, where)
    settle()


def test_groups_are_selected_by_keys_and_mouse(window):
    view = strips(window)
    assert view.model().rowCount() == 3
    view.place(0, 0)
    assert view.chosen_groups() == [0]
    press(window, KEY.Key_Down, SHIFT)
    assert view.chosen_groups() == [0, 1]
    assert view.current_number() == 1
    press(window, KEY.Key_Down, SHIFT)
    press(window, KEY.Key_Up, SHIFT)
    assert view.chosen_groups() == [0, 1]
    one_look = view.grab().toImage()
    press(window, KEY.Key_Up)
    assert view.chosen_groups() == [0]
    press(window, KEY.Key_Down)
    assert view.grab().toImage() != one_look  # seen, and not by the frame of the current one alone
    click_group(window, 0, CONTROL)
    assert view.chosen_groups() == [0, 1]
    click_group(window, 1, CONTROL)
    assert view.chosen_groups() == [0]
    click_group(window, 1, SHIFT)
    assert view.chosen_groups() == [0, 1]
    bar = window.findChild(KeepBestBar)
    assert bar.one.text() == "of the 2 selected"
    press(window, KEY.Key_Right)
    assert view.chosen_groups() == [1]
    assert bar.one.text() == "of this burst"
    press(window, KEY.Key_Up, SHIFT)
    window.session.groups.use_defaults()  # grouped again: numbers mean other groups now
    settle()
    assert len(view.chosen_groups()) == 1


def test_the_best_of_the_selected_bursts_are_kept_as_one_deed(window):
    view, session = strips(window), window.session
    bursts = [number for number in range(3) if view._groups.row(number).group.kind is SeriesKind.BURST]
    assert len(bursts) == 2
    view.place(bursts[0], 0)
    while view.current_number() != bursts[1]:
        press(window, KEY.Key_Down, SHIFT)
    members = {number: [one.photo_id for one in view._groups.row(number).group.members] for number in range(3)}
    press(window, KEY.Key_B, CONTROL)
    for number in bursts:
        marks = [session.marks.marks.get(photo_id) for photo_id in members[number]]
        assert marks.count(Mark.KEEP) == 1
        assert marks.count(Mark.REJECT) == 3
    press(window, KEY.Key_Z, CONTROL)
    assert not session.marks.marks

    press(window, KEY.Key_Right)  # one alone
    press(window, KEY.Key_B, CONTROL)
    assert {number for number in range(3) if session.marks.marks.get(members[number][0])} == {bursts[1]}


def open_rules(window: MainWindow, feature: RulesFeature) -> RuleDialog:
    window.actions_by_id["rule"].trigger()
    assert feature.dialog is not None
    return feature.dialog


def test_a_rule_is_offered_for_the_selected_groups_first(window):
    feature = next(one for one in window.features if isinstance(one, RulesFeature))
    strips(window).place(0, 0)
    dialog = open_rules(window, feature)
    assert dialog.scope.chosen()[0] is Extent.SHOWN
    dialog.reject()
    press(window, KEY.Key_Down, SHIFT)
    dialog = open_rules(window, feature)
    extent, undecided = dialog.scope.chosen()
    assert extent is Extent.SELECTION
    (scope,) = (one for one in scopes_of(extent, feature._around(), undecided_only=undecided) if len(one.numbers))
    assert len(scope.numbers) == 2
    dialog.reject()


def test_what_decides_on_a_group_decides_on_all_that_are_selected(window):
    view, session = strips(window), window.session
    groups = [view._groups.row(number).group for number in range(2)]
    members = {member.photo_id for group in groups for member in group.members}

    def choose() -> None:
        view.place(0, 0)
        press(window, KEY.Key_Down, SHIFT)
        assert view.chosen_groups() == [0, 1]

    choose()
    press(window, KEY.Key_A)
    assert session.marks.marks == dict.fromkeys(members, Mark.KEEP)
    press(window, KEY.Key_Z, CONTROL)
    settle()
    assert not session.marks.marks

    choose()
    press(window, KEY.Key_Return)
    suggested = dict(session.marks.marks)
    assert {mark for id_, mark in suggested.items() if id_ in {member.photo_id for member in groups[0].members}}
    assert {mark for id_, mark in suggested.items() if id_ in {member.photo_id for member in groups[1].members}}
    assert "2 group" in window.toast.text()
    press(window, KEY.Key_Z, CONTROL)
    settle()
    assert not session.marks.marks

    session.mark([groups[0].members[0].photo_id], Mark.KEEP)
    choose()
    window.actions_by_id["reject_rest"].trigger()
    assert {id_ for id_, mark in session.marks.marks.items() if mark is Mark.REJECT} == {
        member.photo_id for member in groups[0].members[1:]
    }
    assert "1 group" in window.toast.text()
