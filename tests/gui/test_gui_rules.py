"""Mark by rule, in the window, with mouse and keys: order, switch, turn, preview by folder, ties, mark, undo, own rules."""

import pytest
from PySide6.QtCore import QEventLoop, QMimeData, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialogButtonBox

from twinlens.domain.group import Mark
from twinlens.gui.main_window import MainWindow
from twinlens.gui.rules.criteria_delegate import _arrows, _switch
from twinlens.gui.rules.dialog import RuleDialog
from twinlens.gui.rules.feature import RulesFeature
from twinlens.matching.rules.built_in import RULES
from twinlens.review.rules.finding import all_rules
from twinlens.review.rules.scope import Extent

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def rest(duration_ms: int = 60) -> None:
    loop = QEventLoop()
    QTimer.singleShot(duration_ms, loop.quit)
    loop.exec()


@pytest.fixture
def window(windows, drive):
    return windows.open(drive, view="duplicates")


def opened(window: MainWindow) -> RuleDialog:
    window.actions_by_id["rule"].trigger()
    feature = next(child for child in window.findChildren(RulesFeature))
    assert feature.dialog is not None
    rest()
    return feature.dialog


def choose(dialog: RuleDialog, name: str, extent: Extent = Extent.ALL) -> None:
    dialog.scope.extent.setCurrentIndex(dialog.scope.extent.findData(extent))
    dialog.presets.combo.setCurrentIndex(dialog.presets.combo.findData(name))
    dialog.presets.combo.activated.emit(dialog.presets.combo.currentIndex())
    rest()


def criteria(dialog: RuleDialog) -> list[str]:
    return [step.criterion for step in dialog.rule().active]


def test_every_rule_can_be_chosen_and_says_what_it_would_mark(window):
    dialog = opened(window)
    for name in RULES:
        choose(dialog, name)
        assert dialog.rule().active == RULES[name].active
        assert dialog.rule().acts_on == RULES[name].acts_on
        if name not in ("best-shot", "tidy-archive"):
            assert dialog.effect.summary.text().startswith("3 photos would be marked to go")
            assert dialog.effect.folders.rowCount() == 2
    dialog.reject()


def test_a_story_with_keys_from_ctrl_r_to_undo(qtbot, window, drive):
    dialog = opened(window)
    choose(dialog, "suggested")
    view = dialog.criteria
    assert criteria(dialog) == ["suggestion"]
    for _ in range(20):  # to the last row, and up again with it to the first
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.rows.step(view.currentIndex().row()).criterion == "path"
    for _ in range(20):
        qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert view.currentIndex().row() == 0
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert criteria(dialog) == ["path", "suggestion"]
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert dialog.rule().steps[0].turned
    assert view.rows.item(0).text() == "Longer path"
    spoken = view.rows.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Longer path, on, 1 of ")
    rest(120)
    assert dialog.presets.combo.currentText().endswith("(changed)")
    assert dialog.effect.folders.value(0).path == str(drive)  # the copies in Backup stay: their paths are longer
    assert window.session.marks.rejected_count == 0  # nothing is marked before one says so
    qtbot.mouseClick(dialog.mark, Qt.MouseButton.LeftButton)
    assert window.session.marks.rejected_count == 3
    photos = window.session.library.catalog().photos
    kept = [photos.get(id_).path for id_, mark in window.session.marks.marks.items() if mark is Mark.KEEP]
    assert sum("/Backup/" in path for path in kept) == 2
    assert "3 photos marked to go" in window.toast.text()
    deed = window.session.decisions.horizon.undo
    assert (deed.origin, deed.detail) == ("rule", "Keep the suggested one (changed)")
    again = opened(window)
    assert criteria(again) == ["path", "suggestion"]  # as it was left
    assert again.presets.combo.currentText() == "Keep the suggested one (changed)"
    again.reject()
    before = {path: path.read_bytes() for path in drive.rglob("*.jpg")}
    window.actions_by_id["remove"].trigger()
    rest()
    assert sum(path.exists() for path in before) == len(before) - 3
    window.actions_by_id["undo"].trigger()
    rest()
    assert {path: path.read_bytes() for path in before} == before
    window.actions_by_id["undo"].trigger()
    rest()
    assert dict(window.session.marks.marks) == {}


def test_the_mouse_switches_turns_and_drags(qtbot, window, monkeypatch):
    dialog = opened(window)
    choose(dialog, "keep-oldest")
    view = dialog.criteria
    assert criteria(dialog) == ["file-date", "suggestion"]
    rect = view.visualRect(view.rows.index(0, 0))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_arrows(rect).center())
    assert dialog.rule().steps[0].turned
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_switch(rect).center())
    assert criteria(dialog) == ["suggestion"]
    view.setCurrentIndex(view.rows.index(0, 0))
    below = view.visualRect(view.rows.index(3, 0)).center() + QPoint(0, 1)
    drop = QDropEvent(
        QPointF(below), Qt.DropAction.MoveAction, QMimeData(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    monkeypatch.setattr(drop, "source", lambda: view)
    view.dropEvent(drop)
    assert view.rows.step(0).criterion == "suggestion"
    assert "file-date" in [view.rows.step(row).criterion for row in (2, 3)]
    dialog.reject()


def test_ties_are_listed_and_nothing_of_them_is_marked(qtbot, window):
    dialog = opened(window)
    choose(dialog, "suggested")
    dialog.criteria.rows.switch(0)
    for row in range(dialog.criteria.rows.rowCount()):
        if dialog.criteria.rows.step(row).criterion == "pixels":
            dialog.criteria.rows.switch(row)
    rest(120)
    assert criteria(dialog) == ["pixels"]
    assert "2 ties left open" in dialog.effect.detail.text()
    assert dialog.effect.ties.rowCount() == 2
    assert dialog.effect.tabs.tabText(1) == "T&ies (2)"
    assert dialog.effect.tabs.isTabEnabled(1)
    tie = dialog.effect.ties.value(1)
    qtbot.mouseClick(dialog.effect.break_ties, Qt.MouseButton.LeftButton)
    rest(120)
    assert criteria(dialog) == ["pixels", "suggestion"]
    assert "ties" not in dialog.effect.detail.text()
    assert not dialog.effect.tabs.isTabEnabled(1)
    dialog.criteria.rows.switch(dialog.criteria.rows.row_of("suggestion"))
    rest(120)
    dialog.accept()
    assert window.session.marks.rejected_count == 1  # the smaller re-encode
    window.actions_by_id["view.photos"].trigger()
    dialog = opened(window)
    dialog.effect.tieActivated.emit(tie)
    assert window.workspace.groups_panel() is window.workspace.duplicates.groups
    assert set(tie.photo_ids) == {member.photo_id for member in window.workspace.groups_panel().current_group().members}


def test_a_rule_of_ones_own_is_kept_renamed_found_by_plan_and_deleted(qtbot, window):
    dialog = opened(window)
    choose(dialog, "keep-largest")
    dialog.criteria.rows.switch(1)
    dialog.presets.save_as("mine")
    rest()
    assert dialog.presets.name() == "mine"
    catalog = window.session.library.catalog()
    assert [step.criterion for step in all_rules(catalog)["mine"].active] == ["pixels"]
    dialog.presets.save_as("suggested")
    assert "built-in rule" in dialog.effect.summary.text()
    dialog.presets.renameWanted.emit("mine", "my own")
    assert "my own" in all_rules(catalog)
    assert "mine" not in all_rules(catalog)
    dialog.reject()
    again = opened(window)
    assert again.presets.combo.findData("my own") >= 0
    again.presets.deleteWanted.emit("my own")
    assert list(all_rules(catalog)) == list(RULES)
    again.reject()


def test_what_a_rule_applies_to(window):
    dialog = opened(window)
    choose(dialog, "suggested", Extent.SHOWN)
    assert dialog.scope.extent.currentText() == "The groups shown (2)"
    assert "2 photos" in dialog.effect.summary.text()
    choose(dialog, "suggested", Extent.SELECTION)
    assert "1 photo would" in dialog.effect.summary.text()
    assert dialog.scope.extent.findData(Extent.REVIEWED) < 0
    dialog.accept()
    assert window.session.marks.rejected_count == 1
    dialog = opened(window)
    choose(dialog, "suggested", Extent.ALL)
    assert "2 photos" in dialog.effect.summary.text()
    choose(dialog, "suggested", Extent.REVIEWED)
    assert not dialog.scope.undecided.isEnabled()
    assert "1 photo would" in dialog.effect.summary.text()
    dialog.reject()


def test_preferred_and_protected_folders(qtbot, window, drive):
    dialog = opened(window)
    choose(dialog, "tidy-archive")
    assert dialog.folders.isVisible()
    row = [dialog.effect.folders.value(at).path for at in range(dialog.effect.folders.rowCount())]
    assert set(row) <= {str(drive), str(drive / "Backup")}
    dialog.criteria.rows.switch(0)  # protected
    choose(dialog, "keep-oldest")
    row = [dialog.effect.folders.value(at).path for at in range(dialog.effect.folders.rowCount())]
    dialog.effect.folder_table.setCurrentIndex(dialog.effect.folders.index(row.index(str(drive / "Backup")), 0))
    qtbot.keyClick(dialog.effect.folder_table, Qt.Key.Key_Return)
    rest(120)
    assert dialog.isVisible()  # Enter was for the row
    assert window.session.marks.rejected_count == 0
    assert [place.relative_path.rpartition("/")[2] for place in dialog.rule().folders] == ["Backup"]
    assert dialog.effect.folders.value(0).path == str(drive)
    assert dialog.effect.folders.value(0).going_count == 3
    dialog.reject()
    window.session.protection.protect(str(drive))
    dialog = opened(window)
    choose(dialog, "tidy-archive")
    assert "Nothing would be marked" in dialog.effect.summary.text()
    assert not dialog.mark.isEnabled()
    dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel).click()
