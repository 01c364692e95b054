"""The table of commands: complete, free of conflicts, and true."""

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow

from twinlens.gui.commands.actions import build_actions, build_menus, refresh_icons
from twinlens.gui.commands.command import MENUS, VIEW_PREFIX
from twinlens.gui.commands.table import COMMANDS
from twinlens.gui.views import VIEWS


def test_no_key_and_no_id_is_used_twice():
    keys = Counter(QKeySequence(key).toString() for command in COMMANDS for key in command.keys)
    assert [key for key, times in keys.items() if times > 1 or not key] == []
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)


def test_the_keys_of_the_product_are_there():
    wanted = {
        "open": "Ctrl+O", "keep": "P", "reject": "X", "clear": "U", "accept": "Return", "refuse": "-",
        "select_all": "Ctrl+A", "rule": "Ctrl+R", "remove": "Del", "undo": "Ctrl+Z", "loupe": "Space",
        "keys": "?", "rescan": "F5", "settings": "Ctrl+,", "full_screen": "F11",
    }  # fmt: skip
    have = {command.id: command.keys[0] for command in COMMANDS if command.keys}
    assert {name: have.get(name) for name in wanted} == wanted


def test_every_view_has_a_command():
    assert {f"{VIEW_PREFIX}{entry.id}" for entry in VIEWS} <= {command.id for command in COMMANDS}


def test_menus_hold_every_action_with_its_tip(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = build_actions(window)
    menus = build_menus(window.menuBar(), actions)
    refresh_icons(actions)
    assert tuple(menus) == MENUS
    in_menus = {action.objectName() for menu in menus.values() for action in menu.actions() if not action.isSeparator()}
    assert in_menus == set(actions)
    for command in COMMANDS:
        action = actions[command.id]
        assert action.statusTip()
        assert action.icon().isNull() == (command.icon == "")
        if command.keys:
            assert QKeySequence(command.keys[0]).toString(QKeySequence.SequenceFormat.NativeText) in action.toolTip()


@pytest.mark.parametrize("menu", MENUS)
def test_mnemonics_of_a_menu_differ(menu):
    letters = Counter(c.text[c.text.index("&") + 1].lower() for c in COMMANDS if c.menu == menu and "&" in c.text)
    assert max(letters.values()) <= 2  # Qt walks through two that are equal
