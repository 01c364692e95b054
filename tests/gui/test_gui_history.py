"""The history in the window: every decision listed, searched by name, opened, taken back after a restart, exported."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from twinlens.domain.deed import DeedKind
from twinlens.domain.group import Mark
from twinlens.gui.history.deed_model import HOW, STATE, WHAT

pytestmark = [pytest.mark.qt_log_ignore("does not support propagateSizeHints"), pytest.mark.photos]
CONTROL = Qt.KeyboardModifier.ControlModifier


def rows(panel) -> list[str]:
    model = panel.model
    return [model.data(model.index(row, WHAT)) for row in range(model.rowCount())]


def below(panel, row: int, column: int = WHAT) -> list[str]:
    parent = panel.model.index(row, 0)
    return [panel.model.data(panel.model.index(at, column, parent)) for at in range(panel.model.rowCount(parent))]


def search(qtbot, windows, panel, text: str) -> None:
    panel.search.setFocus()
    panel.search.clear()
    qtbot.keyClicks(panel.search, text)
    qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    windows.settle()


def test_where_did_it_go_and_back_after_a_restart(qtbot, windows, drive):
    window = windows.open(drive, view="duplicates")
    assert window.workspace.history.message() == "Nothing was decided yet"
    view = window.workspace.duplicates.groups.view()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    (gone,) = (photo for photo in photos_of(window) if window.session.marks.marks.get(photo.id) is Mark.REJECT)
    name = Path(gone.path).name
    window.actions_by_id["remove"].trigger()
    qtbot.keyClick(view, Qt.Key.Key_P)
    windows.settle()
    assert not Path(gone.path).exists()
    windows.close()

    window = windows.open(view="history")
    panel = window.workspace.history
    assert rows(panel) == ["Keep 1 photo", "Move 1 photo to the quarantine", "Keep 1, reject 1 photo"]
    assert panel.model.data(panel.model.index(2, HOW)) == "suggestion accepted"
    assert panel.model.data(panel.model.index(1, STATE)) == "1 in quarantine"
    search(qtbot, windows, panel, name[:-4].lower())
    assert rows(panel)[-2:] == ["Move 1 photo to the quarantine", "Keep 1, reject 1 photo"]
    sentence = panel.answers.sentences()[0]
    assert sentence.startswith(f"{name} from {Path(gone.path).parent} is in quarantine since 20")
    assert "was kept" in sentence

    panel.tree.setFocus()
    panel.tree.setCurrentIndex(panel.model.index(1, 0))
    windows.settle()
    assert (
        "A later decision is about the same photos" in panel.obstacle() or "left for the quarantine" in panel.obstacle()
    )
    assert not panel.undo.isEnabled()
    removal = panel.model.rowCount() - 2
    panel.tree.setCurrentIndex(panel.model.index(removal, 0))
    qtbot.keyClick(panel.tree, Qt.Key.Key_Right)  # opens the deed
    windows.settle()
    assert below(panel, removal) == [name]
    qtbot.mouseClick(panel.answers.buttons()[0], Qt.MouseButton.LeftButton)
    windows.settle()
    assert Path(gone.path).exists()
    assert "it had left and was put back on" in panel.answers.sentences()[0]
    assert panel.model.deed_at(panel.model.index(0, 0)).kind is DeedKind.RESTORING


def test_a_deed_is_taken_back_from_the_list_and_says_so(qtbot, windows, drive):
    window = windows.open(drive, view="photos")
    grid, session = window.workspace.photos, window.session
    first, second = grid.page_ids(2)
    for photo_id, key in ((first, Qt.Key.Key_P), (second, Qt.Key.Key_X)):
        grid.show_photo(photo_id)
        qtbot.keyClick(grid.view(), key)
    windows.close()
    window = windows.open(view="history")
    panel, session = window.workspace.history, window.session
    panel.tree.setCurrentIndex(panel.model.index(1, 0))
    windows.settle()
    assert panel.obstacle() == ""
    qtbot.mouseClick(panel.undo, Qt.MouseButton.LeftButton)
    windows.settle()
    assert session.marks.marks == {second: Mark.REJECT}
    assert "Undone: keep 1 photo." in window.toast.text()
    assert panel.model.data(panel.model.index(1, STATE)).startswith("taken back")
    assert panel.current_deed().undone_at is not None
    assert not panel.undo.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Y, CONTROL)
    windows.settle()
    assert session.marks.marks == {first: Mark.KEEP, second: Mark.REJECT}
    panel.tree.expand(panel.model.index(1, 0))
    windows.settle()
    assert below(panel, 1)[:2] == ["Taken back", "Done again"]
    assert below(panel, 1, STATE)[2] == "no mark → keep"


def test_a_name_that_nobody_knows_is_said_to_be_unknown(qtbot, windows, drive):
    window = windows.open(drive, view="history")
    panel = window.workspace.history
    search(qtbot, windows, panel, "IMG_2231")
    assert panel.answers.sentences() == []
    assert panel.message() == "Nothing was decided about such a photo"


@pytest.mark.parametrize("form", ["html", "csv", "json"])
def test_the_history_is_exported(qtbot, windows, drive, tmp_path, monkeypatch, form):
    window = windows.open(drive, view="duplicates")
    qtbot.keyClick(window.workspace.duplicates.groups.view(), Qt.Key.Key_Return)
    window.actions_by_id["view.history"].trigger()
    windows.settle()
    target = tmp_path / f"out.{form}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    qtbot.mouseClick(window.workspace.history.export, Qt.MouseButton.LeftButton)
    windows.settle()
    text = target.read_text()
    assert "out." + form in window.toast.text()
    for photo in photos_of(window):
        marked = photo.id in window.session.marks.marks
        assert (photo.path in text) == marked
    if form == "json":
        assert json.loads(text)["deeds"][0]["what"] == "keep 1 and reject 1 photo"


def photos_of(window):
    catalog = window.session.library.catalog()
    return catalog.photos.get_many(catalog.photos.newest(99))
