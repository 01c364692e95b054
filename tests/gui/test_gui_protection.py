"""Protected folders in the window: padlocks, refusals with their reason, undo; with keys and with the sidebar."""

import os

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt

from twinlens.domain.group import Mark, Suggestion
from twinlens.domain.relation import PhotoClass
from twinlens.gui.compare.pane import ComparePane
from twinlens.gui.looking.facts_line import FactsLine
from twinlens.gui.main_window import MainWindow
from twinlens.gui.survey.tile import SurveyTile

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture
def window(windows, drive):
    return windows.open(drive)


def press(qtbot, window: MainWindow, name: str) -> None:
    window.actions_by_id[name].trigger()
    qtbot.wait(1)


def in_backup(window: MainWindow) -> list[int]:
    photos = window.session.library.catalog().photos
    return [photo.id for photo in photos.named(".jpg") if os.path.dirname(photo.path).endswith("Backup")]


def protect_backup(qtbot, window: MainWindow, first: int) -> None:
    press(qtbot, window, "view.photos")
    window.workspace.photos.show_photo(first)
    press(qtbot, window, "protect")


def test_a_protected_photo_cannot_be_rejected_and_the_toast_says_why(qtbot, window, drive):
    first, second = in_backup(window)
    window.session.mark([second], Mark.REJECT)
    protect_backup(qtbot, window, first)
    assert "Protected: Backup." in window.toast.text()
    assert "1 photo lost the mark to go" in window.toast.text()
    assert dict(window.session.marks.marks) == {}

    grid = window.workspace.photos
    qtbot.keyClick(grid.view(), Qt.Key.Key_X)
    assert window.session.marks.rejected_count == 0
    assert "1 photo in a protected folder: never removed" in window.toast.text()
    grid.show_photo(first)
    card = grid.view().photos().card(grid.view().currentIndex().row())
    assert card.protected
    assert "never removed" in card.tip
    assert "protected" in card.accessible_text(None, Suggestion.NONE)

    window.session.photos.clear()  # as of photos that nobody has looked at: the worker finds out
    window.session.mark([first, second], Mark.REJECT)
    assert window.session.marks.rejected_count == 0
    assert "2 photos in a protected folder" in window.toast.text()


def test_large_views_have_the_padlock_and_say_why_a_mark_is_refused(qtbot, window, drive):
    first, _ = in_backup(window)
    protect_backup(qtbot, window, first)
    press(qtbot, window, "view.duplicates")
    panel = window.workspace.duplicates.groups
    assert panel.show_photo(first)
    press(qtbot, window, "loupe")
    line = window.loupe.findChild(FactsLine)
    assert line.facts().protected
    assert "protected" in line.accessibleName()
    assert "never removed" in line.toolTip()
    assert has_lock(line)
    press(qtbot, window, "loupe")
    for name in ("loupe", "survey", "compare"):
        assert panel.show_photo(first)
        press(qtbot, window, name)
        if name == "survey":
            (tile,) = (tile for tile in window.findChildren(SurveyTile) if tile.photo.id == first)
            assert "protected" in tile.accessibleName()
            assert "never removed" in tile.toolTip()
        if name == "compare":
            panes = [pane for pane in window.findChildren(ComparePane) if pane.isVisible()]
            (pane,) = (pane for pane in panes if pane.photo is not None and pane.photo.id == first)
            assert pane.line.facts().protected
            qtbot.mouseClick(pane.canvas, Qt.MouseButton.LeftButton)  # the other one has the keys
        window.toast.dismiss()
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_X)
        assert window.session.marks.rejected_count == 0, name
        assert "protected folder: never removed" in window.toast.text(), name
        press(qtbot, window, name)


def has_lock(line: FactsLine) -> bool:
    """Whether the line looks otherwise where the photo is not protected, left of its name alone."""
    facts, locked = line.facts(), line.grab().toImage()
    line.say(replace(facts, protected=False))
    plain = line.grab().toImage()
    line.say(facts)
    return locked != plain


def test_suggestions_and_removal_leave_protected_photos_alone(qtbot, window, drive):
    first, _ = in_backup(window)
    protect_backup(qtbot, window, first)
    press(qtbot, window, "view.duplicates")
    press(qtbot, window, "accept")
    press(qtbot, window, "accept")
    rejected = [photo_id for photo_id, mark in window.session.marks.marks.items() if mark is Mark.REJECT]
    assert rejected
    assert not set(rejected) & set(in_backup(window))
    press(qtbot, window, "remove")
    assert len(list((drive / "Backup").glob("*.jpg"))) == 2


def test_locking_is_taken_back_by_the_toast_with_the_marks(qtbot, window, drive):
    first, second = in_backup(window)
    window.session.mark([second], Mark.REJECT)
    protect_backup(qtbot, window, first)
    assert not window.sidebar.protected.isHidden()
    assert window.sidebar.protected.rows.model().rowCount() == 1
    window.toast.findChild(type(window.toast._button)).click()
    qtbot.wait(1)
    assert window.sidebar.protected.isHidden()
    assert window.session.marks.marks[second] is Mark.REJECT
    assert not window.session.photos.photo(first).protected


def test_an_undo_does_not_bring_back_a_mark_that_the_lock_took(qtbot, window, drive):
    first, second = in_backup(window)
    window.session.mark([second], Mark.REJECT)
    window.session.mark([second], None)
    protect_backup(qtbot, window, first)
    press(qtbot, window, "undo")
    assert window.session.marks.rejected_count == 0
    assert window.session.library.catalog().marks.all() == {}


def test_a_source_is_protected_and_unprotected_in_the_sidebar(qtbot, window, drive):
    sidebar = window.sidebar
    sidebar.protectRequested.emit(str(drive))
    qtbot.wait(1)
    index = sidebar.sources.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).split(", ")[1].startswith("Protected")
    assert all(photo.protected for photo in window.session.library.catalog().photos.named(".jpg"))
    assert window.session.groups.groups(PhotoClass.IDENTICAL_FILE).total_reclaimable_bytes == 0
    (folder,) = window.session.records.records.protected
    sidebar.protected.unprotectRequested.emit(folder)
    qtbot.wait(1)
    assert window.session.groups.groups(PhotoClass.IDENTICAL_FILE).total_reclaimable_bytes > 0
