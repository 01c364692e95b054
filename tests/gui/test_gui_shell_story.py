"""The whole window on real photos, jobs run at once: from a folder to the quarantine and back, after a restart too."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from twinlens.domain.group import Mark
from twinlens.domain.relation import PhotoClass
from twinlens.gui.desks.scan_desk import ScanDesk
from twinlens.gui.main_window import MainWindow
from twinlens.gui.thumbnails.drag_out import file_url, files_as_mime
from twinlens.gui.views import ViewId

# What the offscreen platform says of every top-level window; a real one says nothing (test_gui_shell_window).
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def files_in(folder: Path) -> set[str]:
    return {os.path.relpath(path, folder) for path in folder.rglob("*.jpg") if ".twinlens" not in str(path)}


def press(qtbot, window: MainWindow, name: str) -> None:
    window.actions_by_id[name].trigger()
    qtbot.wait(1)


def test_from_folder_to_quarantine_and_back(qtbot, open_window, drive):
    window = open_window(str(drive))
    session, workspace = window.session, window.workspace
    before = files_in(drive)
    assert len(window.presenter._shown) == 7
    assert workspace.view is ViewId.PHOTOS
    assert session.records.records.problems[0].path.endswith("broken.jpg")

    press(qtbot, window, "view.duplicates")
    assert len(session.groups.groups(PhotoClass.IDENTICAL_FILE)) == 2
    assert "2" in str(workspace.duplicates.tabs.tabData(0))
    press(qtbot, window, "accept")
    press(qtbot, window, "accept")
    assert session.marks.rejected_count == 2
    assert window.footer.texts()[1].startswith("Move 2")

    press(qtbot, window, "remove")
    assert len(files_in(drive)) == len(before) - 2
    assert "Moved 2 photos" in window.toast.text()
    assert len(session.records.records.waiting) == 2
    assert session.marks.rejected_count == 0

    press(qtbot, window, "undo")
    assert files_in(drive) == before
    assert len(session.groups.groups(PhotoClass.IDENTICAL_FILE)) == 2


def test_the_size_of_the_library_grows_while_photos_come(open_window, drive, monkeypatch):
    window = open_window(str(drive))
    window.sidebar.show_total(1, 10)  # as it was when the scan began
    window.session.groups.loaded.emit()
    assert window.sidebar.total_text().startswith("1 photo ")
    monkeypatch.setattr(ScanDesk, "running", property(lambda _: True))
    window.session.groups.loaded.emit()
    assert window.sidebar.total_text().startswith("7 photos ")


def test_the_grid_begins_at_the_top_until_the_user_moves_and_a_restart_comes_back_there(qtbot, open_window, drive):
    window = open_window(str(drive))
    grid = window.workspace.photos
    assert grid.view().currentIndex().row() == 0
    grid.view().step(3)
    moved_to = grid.current_photo_id()
    window.session.rescan()
    qtbot.wait(1)
    assert grid.current_photo_id() == moved_to
    window.close()
    again = open_window()
    assert again.workspace.view is ViewId.PHOTOS
    assert again.workspace.photos.current_photo_id() == moved_to
    press(qtbot, again, "view.duplicates")
    again.workspace.duplicates.groups.view().place(1, 1)
    left_at = again.workspace.duplicates.groups.current_photo_id()
    again.close()
    assert open_window().workspace.duplicates.groups.current_photo_id() == left_at


def test_the_quarantine_named_at_the_start_is_used(qtbot, open_window, drive, tmp_path, monkeypatch):
    monkeypatch.setenv("TWINLENS_QUARANTINE", str(tmp_path / "waiting"))
    window = open_window(str(drive))
    press(qtbot, window, "view.duplicates")
    press(qtbot, window, "accept")
    press(qtbot, window, "remove")
    (receipt,) = window.session.records.records.waiting
    assert receipt.resting_path.startswith(str(tmp_path / "waiting"))


def test_esc_takes_the_message_away(qtbot, open_window, drive):
    window = open_window(str(drive))
    assert "1 file could not be read" in window.toast.text()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.toast.text() == ""


def test_photos_leave_as_files(qtbot, open_window, drive):
    window = open_window(str(drive))
    grid = window.workspace.photos
    paths = grid.view().photos().paths(grid.view().photos().ids()[:2])
    assert [url.toLocalFile() for url in files_as_mime(paths).urls()] == paths
    press(qtbot, window, "view.duplicates")
    view = window.workspace.duplicates.groups.view()
    row = view._groups.row(0)
    assert all(os.path.exists(path) for path in row.paths(range(2)))
    assert file_url("/photos/\udcff?.jpg").toEncoded().data() == b"file:///photos/%FF%3F.jpg"


def test_a_drag_takes_what_is_selected_and_a_click_selects_one_again(qtbot, open_window, drive, monkeypatch):
    dragged: list[list[str]] = []
    for module in ("groups.view", "thumbnails.photo_view"):
        monkeypatch.setattr(f"twinlens.gui.{module}.drag_files", lambda _source, paths, _pixmap: dragged.append(paths))
    window = open_window(str(drive))
    press(qtbot, window, "select_all")
    window.workspace.photos.view().startDrag(Qt.DropAction.CopyAction)
    assert len(dragged.pop()) == 7

    press(qtbot, window, "view.duplicates")
    view = window.workspace.duplicates.groups.view()
    view.move_cursor(view.strip.everything())
    first = next(QPoint(x, 80) for x in range(0, 400, 8) if view.position_at(0, x, 80) == 0)
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=first)
    qtbot.mouseMove(view.viewport(), first + QPoint(60, 0))
    assert [os.path.basename(path) for path in dragged.pop()] == [
        os.path.basename(p) for p in view._groups.row(0).paths([0, 1])
    ]
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert len(view.strip.chosen()) == 2
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert len(view.strip.chosen()) == 1


def test_the_summary_above_the_bursts_is_whole(qtbot, open_window, drive):
    window = open_window(str(drive))
    press(qtbot, window, "view.bursts")
    summary = window.workspace.bursts.bar()._summary
    summary.setText("3 groups  ·  12 photos  ·  1.2 MB to free")
    assert summary.shown_text() == summary.text()


def test_undo_after_a_restart(qtbot, open_window, drive):
    window = open_window(str(drive))
    before = files_in(drive)
    press(qtbot, window, "view.duplicates")
    press(qtbot, window, "accept")
    press(qtbot, window, "remove")
    assert files_in(drive) != before
    window.close()

    again = open_window()
    assert len(again.presenter._shown) == 6  # shown at once, without naming the folder
    assert again.workspace.view is ViewId.DUPLICATES
    press(qtbot, again, "undo")
    assert files_in(drive) == before


def test_marks_survive_a_restart_and_undo_takes_them_back_one_by_one(qtbot, open_window, drive):
    window = open_window(str(drive))
    press(qtbot, window, "view.photos")
    window.workspace.photos.show_photo(next(iter(window.presenter._shown)))
    press(qtbot, window, "reject")
    press(qtbot, window, "keep")
    marks = dict(window.session.marks.marks)
    assert len(marks) == 2  # the cursor went on after the first
    window.close()
    again = open_window()
    assert dict(again.session.marks.marks) == marks
    again.session.marks.set(dict.fromkeys(marks))
    assert again.footer.texts()[0] == "Nothing marked"


def test_the_last_copy_is_never_removed_unasked(qtbot, open_window, drive):
    window = open_window(str(drive))
    press(qtbot, window, "view.photos")
    press(qtbot, window, "select_all")
    window.session.mark(list(window.presenter._shown), Mark.REJECT)
    before = files_in(drive)
    press(qtbot, window, "remove")
    assert files_in(drive) == before
    assert "No copy would be kept" in window.toast.text()


def test_not_duplicates_is_remembered_and_taken_back(qtbot, open_window, drive):
    window = open_window(str(drive))
    window.workspace.duplicates.choose(PhotoClass.SAME_SHOT)
    press(qtbot, window, "view.duplicates")
    groups = window.session.groups
    assert len(groups.groups(PhotoClass.SAME_SHOT)) == 1
    press(qtbot, window, "refuse")
    assert len(groups.groups(PhotoClass.SAME_SHOT)) == 0
    press(qtbot, window, "undo")
    assert len(groups.groups(PhotoClass.SAME_SHOT)) == 1


def test_lookalikes_and_the_large_preview_follow_the_cursor(qtbot, open_window, drive):
    window = open_window(str(drive))
    press(qtbot, window, "view.duplicates")
    window.presenter.find_similar()
    assert window.side.similar.view().photos().rowCount() > 0
    press(qtbot, window, "loupe")
    first = window.loupe.photo()
    assert first is not None
    qtbot.keyClick(window.loupe, Qt.Key.Key_Right)
    assert window.loupe.photo() not in (None, first)
    qtbot.keyClick(window.loupe, Qt.Key.Key_Escape)
    assert window.loupe.photo() is None


def test_lookalikes_are_asked_for_again_when_a_scan_ends(qtbot, open_window, drive):
    window = open_window(str(drive))
    press(qtbot, window, "view.duplicates")
    window.presenter.find_similar()
    with qtbot.assertNotEmitted(window.session.similar.searching):
        window.presenter.find_similar()  # shown already
    with qtbot.waitSignal(window.session.similar.searching):
        window.session.rescan()


def test_place_and_geometry_are_kept_inside_the_library(qtbot, open_window, tmp_path, drive):
    window = open_window(str(drive))
    window.resize(window.width(), 640)
    press(qtbot, window, "view.history")
    press(qtbot, window, "side_panel")
    window.close()
    assert (tmp_path / "library" / "window.ini").exists()
    again = open_window()
    assert again.workspace.view is ViewId.HISTORY
    assert again.height() == 640
    assert not again.actions_by_id["side_panel"].isChecked()


def test_an_empty_library_teaches(qtbot, open_window):
    window = open_window()
    assert window.workspace.currentWidget() is window.workspace.welcome
    assert window.side.isHidden()


def test_every_widget_that_takes_the_focus_has_a_name(qtbot, open_window):
    window = open_window()
    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.focusProxy()
        and not (widget.accessibleName() or getattr(widget, "text", str)() or widget.toolTip())
        and type(widget).__name__ not in {"QScrollArea", "QMenuBar"}
    ]
    assert nameless == []
