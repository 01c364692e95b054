"""Keys of one's own: conflicts, what is kept, and that menus, tooltips, sheet, footer and the keys themselves follow."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from tests.gui.test_gui_shell_story import press
from twinlens.domain.group import Mark
from twinlens.domain.settings import KEYS
from twinlens.gui.commands.actions import build_actions, plain
from twinlens.gui.commands.table import COMMANDS
from twinlens.gui.keys.editor import KeysDialog
from twinlens.gui.keys.feature import Keys
from twinlens.gui.keys.keymap import Keymap
from twinlens.gui.main_window import MainWindow
from twinlens.gui.shortcuts_sheet.sheet import ShortcutsSheet

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

BY_ID = {command.id: command for command in COMMANDS}


def keys_of(window: MainWindow) -> Keys:
    (keys,) = (feature for feature in window.features if isinstance(feature, Keys))
    return keys


def test_a_key_belongs_to_one_command():
    keymap = Keymap().with_keys(BY_ID["reject"], ["P", "Backspace"])
    assert keymap.keys_of(BY_ID["reject"]) == ("P", "Backspace")
    assert keymap.keys_of(BY_ID["keep"]) == ()
    assert keymap.owner("P") is BY_ID["reject"]
    assert keymap.owner("X") is None
    keymap = keymap.with_keys(BY_ID["keep"], ["Backspace"])
    assert keymap.keys_of(BY_ID["reject"]) == ("P",)
    assert Keymap.from_texts(keymap.texts()) == keymap
    for command in COMMANDS:
        keymap = keymap.as_built_in(command)
    assert keymap == Keymap()


def test_a_file_written_by_hand_or_by_another_version_makes_no_conflict():
    keymap = Keymap.from_texts(["reject=X Left Tab nonsense", "keep=X K", "warp=Ctrl+W", "accept="])
    assert keymap.keys_of(BY_ID["reject"]) == ("X",)
    assert keymap.keys_of(BY_ID["keep"]) == ("K",)
    assert keymap.keys_of(BY_ID["accept"]) == ()
    assert keymap.unknown == ("warp=Ctrl+W",)
    assert "warp=Ctrl+W" in keymap.with_keys(BY_ID["undo"], ["Z"]).texts()


def test_every_built_in_key_is_read_back_as_it_is_written():
    texts = [f"{command.id}={' '.join(command.keys)}" for command in COMMANDS]
    keymap = Keymap.from_texts(texts)
    assert all(keymap.keys_of(command) == Keymap().keys_of(command) for command in COMMANDS)


def test_menus_tooltips_footer_and_the_next_start_follow_a_change(qtbot, open_window, drive):
    window = open_window(str(drive))
    press(qtbot, window, "view.duplicates")
    keys = keys_of(window)
    dialog = KeysDialog(keys, window)
    qtbot.addWidget(dialog)
    dialog.search.setText(plain(BY_ID["reject"].text))
    assert dialog.command() is BY_ID["reject"]
    dialog.record.setKeySequence(QKeySequence("P"))
    assert "Keep" in dialog.verdict.text()
    dialog.use.click()
    assert window.actions_by_id["reject"].shortcut() == QKeySequence("P")
    assert window.actions_by_id["keep"].shortcuts() == []
    assert window.actions_by_id["reject"].toolTip().endswith("(P)")
    assert "P rejects" in window.footer._hint.text()
    assert "keeps" not in window.footer._hint.text()
    assert window.session.library.preferences.text_list(KEYS) == ("reject=P",)
    view = window.workspace.duplicates.groups.view()
    view.setFocus()
    photo = window.workspace.duplicates.groups.current_photo_id()
    qtbot.keyClick(view, Qt.Key.Key_P)
    assert window.session.marks.marks[photo] is Mark.REJECT
    window.close()

    again = open_window()
    assert again.actions_by_id["reject"].shortcut() == QKeySequence("P")
    keys_of(again).set(Keymap())
    assert again.actions_by_id["keep"].shortcut() == QKeySequence("P")
    assert again.session.library.preferences.text_list(KEYS) == ()


def test_what_arrows_tab_and_escape_mean_cannot_be_changed(qtbot, open_window):
    window = open_window()
    dialog = KeysDialog(keys_of(window), window)
    qtbot.addWidget(dialog)
    dialog.record.setKeySequence(QKeySequence("Down"))
    assert not dialog.use.isEnabled()
    assert "same everywhere" in dialog.verdict.text()
    dialog.record.setKeySequence(QKeySequence("Ctrl+F12"))
    assert "free" in dialog.verdict.text()
    dialog.add.click()
    command = dialog.command()
    assert command is not None
    assert keys_of(window).keymap.keys_of(command)[-1] == "Ctrl+F12"
    assert dialog.reset.isEnabled()
    dialog.reset.click()
    assert keys_of(window).keymap == Keymap()


def test_the_sheet_shows_every_key_as_it_is_and_is_searched(qtbot, qapp):
    actions = build_actions(qapp)
    actions["keep"].setShortcut(QKeySequence("F9"))
    sheet = ShortcutsSheet(actions)
    qtbot.addWidget(sheet)
    rows = dict(sheet.rows())
    for command in COMMANDS:
        assert (plain(command.text) in rows) == bool(actions[command.id].shortcuts())
    assert rows["Keep"] == "F9"
    sheet.search.setText("quarantine")
    assert sheet.rows()
    assert all("quarantine" in text.casefold() for text, _ in sheet.rows())
    sheet.search.setText("f9")
    assert sheet.rows() == [("Keep", "F9")]
    for action in actions.values():
        action.deleteLater()
