"""A screen reader can name everything in every view, and a hand can hit it; the keys go through it in order."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QPalette
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from tests.gui.accessible_tree import nodes, too_small, unnamed
from tests.gui.test_gui_shell_story import press
from twinlens.gui.about.dialog import AboutDialog
from twinlens.gui.announcing.feature import Announcing
from twinlens.gui.help.window import HelpWindow
from twinlens.gui.keys.editor import KeysDialog
from twinlens.gui.keys.feature import Keys
from twinlens.gui.main_window import MainWindow
from twinlens.gui.rules.dialog import RuleDialog
from twinlens.gui.settings.dialog import SettingsDialog
from twinlens.gui.shortcuts_sheet.sheet import ShortcutsSheet
from twinlens.gui.theme.contrast import contrast
from twinlens.gui.theme.theme import Theme
from twinlens.gui.views import ViewId

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

COVERING = ("loupe", "compare", "survey")


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> None:
    """The window is made under the theme, as in the program."""
    Theme(qapp).choose("light")


@pytest.mark.parametrize("view", list(ViewId), ids=str)
def test_everything_has_a_name_and_a_size(qtbot, open_window, drive, view: ViewId):
    window = open_window(str(drive))
    window.show_view(view)
    found = nodes(window)
    assert len(found) > 20
    assert unnamed(found) == []
    assert too_small(found) == []


def test_the_first_page_has_names(open_window):
    window = open_window()
    found = nodes(window)
    assert unnamed(found) == []
    assert too_small(found) == []


def test_what_covers_the_window_has_names(qtbot, open_window, drive):
    window = open_window(str(drive))
    press(qtbot, window, "view.duplicates")
    for action in COVERING:
        if action in window.actions_by_id:
            press(qtbot, window, action)
            found = nodes(window)
            assert unnamed(found) == [], action
            assert too_small(found) == [], action
            press(qtbot, window, action)


def dialogs(window: MainWindow) -> list[QDialog]:
    (keys,) = (feature for feature in window.features if isinstance(feature, Keys))
    return [
        SettingsDialog(window.session.library.preferences, window, window.actions_by_id["change_keys"]),
        ShortcutsSheet(window.actions_by_id, window),
        KeysDialog(keys, window),
        HelpWindow(window.actions_by_id, window),
        AboutDialog("/library", window),
    ]


def test_dialogs_have_names(qtbot, open_window):
    window = open_window()
    for dialog in dialogs(window):
        dialog.show()
        qtbot.wait(1)  # for the layout
        found = nodes(dialog)
        assert unnamed(found) == [], dialog
        assert too_small(found) == [], dialog
        dialog.close()
        dialog.deleteLater()


def faint(dialog: QWidget) -> list[str]:
    """Texts of a dialog that can hardly be told from what lies behind them."""
    role = QPalette.ColorRole
    return [
        label.text()
        for label in dialog.findChildren(QLabel)
        if label.text() and label.isEnabled()
        if contrast(label.palette().color(label.foregroundRole()), label.palette().color(role.Window)) < 4.5
    ]


def test_open_dialogs_can_be_read_when_the_theme_changes(qtbot, qapp, open_window, drive):
    window = open_window(str(drive))
    theme = Theme(qapp)
    window.actions_by_id["rule"].trigger()
    (rules,) = list(window.findChildren(RuleDialog))
    opened = [*dialogs(window), rules]
    for dialog in opened:
        dialog.show()
    for look in ("dark", "light", "high-contrast", "light"):
        theme.choose(look)
        qtbot.wait(1)
        for dialog in opened:
            assert faint(dialog) == [], (look, dialog)
    for dialog in opened:
        dialog.close()
        dialog.deleteLater()


def test_photos_are_said_with_place_and_state(qtbot, open_window, drive):
    window = open_window(str(drive))
    press(qtbot, window, "view.duplicates")
    view = window.workspace.duplicates.groups.view()
    view.setFocus()
    first = view.accessibleDescription()
    assert "1 of 2" in first
    assert "suggested keeper" in first
    press(qtbot, window, "reject")
    view.place(0, 0)
    assert "marked reject" in view.accessibleDescription()
    press(qtbot, window, "view.photos")
    (items,) = [[node for node in nodes(window.workspace.photos.view()) if node.role is QAccessible.Role.ListItem]]
    assert "1 of 7" in items[0].name
    assert ".jpg" in items[0].name


def test_decisions_moves_and_scans_are_announced(qtbot, open_window, drive):
    window = open_window()
    (announcing,) = (feature for feature in window.features if isinstance(feature, Announcing))
    said: list[str] = []
    announcing.said.connect(said.append)
    window.library.add_folders([str(drive)])
    assert any("Studying" in text or "Matching" in text or "photos" in text for text in said), said
    press(qtbot, window, "view.duplicates")
    view = window.workspace.duplicates.groups.view()
    view.setFocus()
    said.clear()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert any("2 of 2" in text for text in said), said
    said.clear()
    press(qtbot, window, "keep")
    assert "Keep 1 photo" in said
    said.clear()
    press(qtbot, window, "undo")
    assert said == []
    assert window.toast.text().startswith("Undone")


def test_tab_goes_through_the_window_in_reading_order(qtbot, open_window, drive):
    window = open_window(str(drive))
    press(qtbot, window, "view.duplicates")
    window.presenter.find_similar()  # it would come by itself when the cursor rests
    window.activateWindow()
    window.sidebar.views.setFocus()
    qtbot.wait(1)
    reached: list[QWidget] = []
    for _ in range(60):
        widget = window.focusWidget()
        if widget is None or widget in reached:
            break
        reached.append(widget)
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    wanted = [
        window.sidebar.views,
        window.workspace.duplicates.tabs,
        window.workspace.duplicates.groups.view(),
        window.side.similar.view(),
    ]
    names = [type(widget).__name__ for widget in reached]
    assert [widget for widget in reached if widget in wanted] == wanted, names
    assert all(widget.isVisible() for widget in reached)
    columns = [column_of(window, widget) for widget in reached]
    assert columns == sorted(columns)


def column_of(window: MainWindow, widget: QWidget) -> int:
    return next(
        number
        for number in range(window.columns.count())
        if (part := window.columns.widget(number)) is widget or (part is not None and part.isAncestorOf(widget))
    )
