"""What hangs in the menus beside the views: deciding by groups, looks, names, recent folders, help, diagnostics."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.gui.test_gui_shell_story import press
from twinlens.domain.group import Mark
from twinlens.domain.settings import AUTO_ADVANCE, PHOTO_GROUND, RECENT_FOLDERS, TEXT_SIZE, THEME, THUMBNAIL_SIDE
from twinlens.gui.commands.command import MENUS
from twinlens.gui.help.window import HelpWindow
from twinlens.gui.main_window import MainWindow
from twinlens.gui.naming.feature import Naming
from twinlens.gui.recent.feature import Recent
from twinlens.gui.theme.theme import Theme
from twinlens.gui.views import ViewId
from twinlens.gui.windows import Windows
from twinlens.library.open import Library

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def feature(window: MainWindow, kind: type):
    (found,) = (one for one in window.features if isinstance(one, kind))
    return found


def test_whole_groups_are_decided_and_walked_by_keys(qtbot, open_window, drive):
    window = open_window(str(drive))
    press(qtbot, window, "view.duplicates")
    panel, marks = window.workspace.duplicates.groups, window.session.marks
    view = panel.view()
    view.setFocus()
    first = [member.photo_id for member in panel.current_group().members]
    qtbot.keyClick(view, Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
    assert "keep a photo first" in window.toast.text()
    assert not marks.marks
    qtbot.keyClick(view, Qt.Key.Key_P)
    assert panel.current_photo_id() == first[1]
    view.place(0, 0)
    qtbot.keyClick(view, Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
    assert [marks.marks[photo_id] for photo_id in first] == [Mark.KEEP, *[Mark.REJECT] * (len(first) - 1)]
    assert view.current_number() == 1
    qtbot.keyClick(view, Qt.Key.Key_A)
    second = [member.photo_id for member in panel.current_group().members]
    assert {marks.marks[photo_id] for photo_id in second} == {Mark.KEEP}
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert view.current_number() == 0
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert view.current_number() == 1
    press(qtbot, window, "undo")
    assert not {marks.marks.get(photo_id) for photo_id in second} - {None}
    qtbot.keyClick(view, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert panel.selected_ids() == second[1:]
    qtbot.keyClick(view, Qt.Key.Key_K)
    assert marks.rejected_count == 2


def test_the_selection_of_the_grid_is_inverted(qtbot, open_window, drive):
    window = open_window(str(drive))
    grid = window.workspace.photos
    grid.view().setFocus()
    grid.view().go_to(2)
    every = grid.view().photos().ids()
    press(qtbot, window, "invert")
    assert grid.selected_ids() == [photo_id for row, photo_id in enumerate(every) if row != 2]


def test_looks_are_changed_by_keys_and_kept(qtbot, open_window, drive):
    window = open_window(str(drive))
    preferences = window.session.library.preferences
    press(qtbot, window, "theme")
    assert preferences.choice(THEME) == "light"
    assert "Light" in window.toast.text()
    press(qtbot, window, "ground")
    assert preferences.choice(PHOTO_GROUND) == "black"
    view = window.workspace.photos.view()
    assert view.palette().base().color().name() == "#000000"
    press(qtbot, window, "text_larger")
    assert preferences.number(TEXT_SIZE) == 110
    press(qtbot, window, "text_smaller")
    press(qtbot, window, "auto_advance")
    assert not preferences.switch(AUTO_ADVANCE)
    view.go_to(0)
    press(qtbot, window, "keep")
    assert view.currentIndex().row() == 0
    side, cell = preferences.number(THUMBNAIL_SIDE), view.gridSize().height()
    results = window.workspace.results.grid.view()
    results_cell = results.gridSize().height()
    turn = QWheelEvent(
        QPointF(50, 50),
        QPointF(view.viewport().mapToGlobal(QPoint(50, 50))),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), turn)
    assert preferences.number(THUMBNAIL_SIDE) == side + 16
    assert view.gridSize().height() > cell
    assert results.gridSize().height() - results_cell == view.gridSize().height() - cell
    press(qtbot, window, "zoom_out")
    assert preferences.number(THUMBNAIL_SIDE) == side


def test_typing_a_name_leads_to_the_photo(qtbot, open_window, drive):
    window = open_window(str(drive))
    press(qtbot, window, "view.duplicates")
    press(qtbot, window, "go_to_name")
    assert window.workspace.view is ViewId.PHOTOS
    bar = feature(window, Naming).bar
    view = window.workspace.photos.view()
    qtbot.keyClicks(bar.field, "SMA")
    assert view.photos().card(view.currentIndex().row()).name == "small.jpg"
    qtbot.keyClicks(bar.field, "zzz")
    assert "Nothing" in bar.verdict.text()
    bar.field.clear()
    qtbot.keyClicks(bar.field, "jpg")
    before = view.currentIndex().row()
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert view.currentIndex().row() == (before + 1) % view.photos().rowCount()
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert bar.isHidden()


def test_recent_folders_are_offered_with_what_is_away(qtbot, open_window, drive: Path, tmp_path: Path):
    gone = tmp_path / "gone & away"
    gone.mkdir()
    window = open_window(str(gone), str(drive))
    recent = feature(window, Recent)
    assert set(recent.folders()) == {str(drive), str(gone)}
    gone.rmdir()
    recent.menu.aboutToShow.emit()
    texts = {action.data(): (action.text(), action.isEnabled()) for action in recent.menu.actions() if action.data()}
    assert texts[str(drive)][1]
    assert "offline" in texts[str(gone)][0]
    assert "&&" in texts[str(gone)][0]
    assert not texts[str(gone)][1]
    recent.menu.actions()[-1].trigger()
    assert window.session.library.preferences.text_list(RECENT_FOLDERS) == ()
    recent.menu.aboutToShow.emit()
    assert not recent.menu.actions()[0].isEnabled()


def test_a_report_holds_versions_and_counts_and_no_path(qtbot, open_window, drive: Path):
    window = open_window(str(drive))
    press(qtbot, window, "report")
    text = QGuiApplication.clipboard().text()
    for piece in ("Twinlens", "Qt", "Screen", "7 photos", "identical-file: 2", "JPEG"):
        assert piece in text, piece
    assert os.sep + "tmp" not in text
    assert drive.name not in text
    assert str(Path.home()) not in text


def test_the_help_has_every_page_with_keys_as_they_are(qtbot, open_window):
    window = open_window()
    press(qtbot, window, "help")
    (shown,) = window.findChildren(HelpWindow)
    for row in range(shown.contents.count()):
        shown.contents.setCurrentRow(row)
        text = shown.text.toPlainText()
        assert len(text) > 300
        assert "{" not in text, "a command that is not in the table"
    assert {menu.replace("&", "") for menu in MENUS} <= set(_page(shown, "Keys").split("\n"))
    assert "Ctrl+O" in _page(shown, "First steps")
    shown.close()


def _page(shown: HelpWindow, title: str) -> str:
    rows = [shown.contents.item(row).text() for row in range(shown.contents.count())]
    shown.contents.setCurrentRow(rows.index(title))
    return shown.text.toPlainText()


def test_the_first_page_leads_to_what_was_chosen(qtbot, open_window, drive: Path, monkeypatch):
    window = open_window()
    page = window.workspace.welcome.content()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(drive))
    assert [card.way for card in page.cards] == ["duplicates", "bursts", "lookalikes"]
    qtbot.mouseClick(page.cards[0], Qt.MouseButton.LeftButton)
    qtbot.wait(1)
    assert window.workspace.view is ViewId.DUPLICATES
    assert window.sidebar.views.current_id() == "duplicates"
    assert window.workspace.duplicates.groups.current_group() is not None


def test_lookalikes_begin_with_the_grid_and_a_hint(qtbot, open_window, drive: Path, monkeypatch):
    window = open_window()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(drive))
    qtbot.keyClick(window.workspace.welcome.content().cards[2], Qt.Key.Key_Space)
    assert window.workspace.view is ViewId.PHOTOS
    assert "Click a photo" in window.toast.text()


def test_cards_are_as_high_as_their_texts(qtbot, open_window, qapp):
    window = open_window()
    window.theme.choose("dark")
    card = window.workspace.welcome.content().cards[0]
    small = card.heightForWidth(240)
    window.theme.set_text_size(200)
    assert card.heightForWidth(240) > 1.5 * small
    window.theme.set_text_size(100)


def test_the_sample_opens_in_a_library_of_its_own(qtbot, qapp, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    windows = Windows(Theme(qapp))
    first = windows.open(Library.open(tmp_path / "library"), [])
    first.workspace.welcome.content().sample.click()
    assert windows.window is not first
    assert windows.window is not None
    assert "sample" in windows.window.windowTitle()
    assert windows.window.session.library.folder == tmp_path / "data" / "twinlens" / "sample" / "library"
    windows.shut_down()


def test_a_filter_that_hides_everything_offers_the_way_back(qtbot, open_window, drive: Path):
    window = open_window(str(drive))
    press(qtbot, window, "view.duplicates")
    panel = window.workspace.duplicates.groups
    qtbot.keyClicks(panel.arranging.text, "no such name")
    qtbot.waitUntil(lambda: panel.current_group() is None)
    assert panel._empty.button.isVisible()
    panel._empty.button.click()
    qtbot.waitUntil(lambda: panel.current_group() is not None)


def test_a_button_and_a_table_keep_the_keys_that_they_need(qtbot, open_window, drive: Path):
    window = open_window(str(drive))
    press(qtbot, window, "view.duplicates")
    press(qtbot, window, "accept")
    press(qtbot, window, "remove")
    press(qtbot, window, "view.quarantine")
    table = window.workspace.quarantine.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(window.workspace.quarantine.selected()) == 1
    restore = window.workspace.quarantine.restore
    restore.setFocus()
    qtbot.keyClick(restore, Qt.Key.Key_Space)
    qtbot.wait(1)
    assert window.toast.text() == "Put 1 photo back."
    assert window.loupe.isHidden()
