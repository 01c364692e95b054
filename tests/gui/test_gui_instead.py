"""Links, moving and copying instead of the quarantine, with keys and mouse on real photos, and taken back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox

from tests.gui.content_samples import PumpedRunner
from tests.gui.shell_photos import make_drive
from tests.gui.story_window import StoryWindows
from tests.review.made_library import catalogue, picture, tree
from twinlens.domain.events import StepsDone
from twinlens.domain.group import Mark
from twinlens.domain.photo import PhotoId
from twinlens.domain.plan import DisposalKind
from twinlens.gui.desks.removal_desk import RemovalDesk
from twinlens.library.open import Library
from twinlens.review import decisions
from twinlens.review.apply import ApplyReport
from twinlens.review.duplicates import GroupList

pytestmark = [pytest.mark.qt_log_ignore("does not support propagateSizeHints"), pytest.mark.photos]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def windows(qtbot, qapp, tmp_path):
    made = StoryWindows(qtbot, qapp, tmp_path)
    yield made
    made.close_all()


@pytest.fixture
def drive(photos_dir: Path, tmp_path: Path) -> Path:
    return make_drive(photos_dir, tmp_path / "drive")


def names(folder: Path) -> set[int]:
    """The files of a folder, each once however many names it has."""
    return {path.stat().st_ino for path in folder.rglob("*.jpg") if ".twinlens" not in str(path)}


def opened(qtbot, windows, window, kind: DisposalKind):
    window.activateWindow()  # a dialog may have been closed before
    windows.settle()
    qtbot.keyClick(window, Qt.Key.Key_Delete, CONTROL)
    windows.settle()
    dialog = next(feature.dialog for feature in window.features if type(feature).__name__ == "Instead")
    dialog.ways[kind].click()
    windows.settle()
    return dialog


def test_rejects_are_linked_and_the_toast_takes_it_back(qtbot, windows, drive):
    window = windows.open(drive, view="duplicates")
    before, files = tree(drive), len(names(drive))
    qtbot.keyClick(window.workspace.duplicates.groups.view(), Qt.Key.Key_Return)
    windows.settle()
    dialog = opened(qtbot, windows, window, DisposalKind.HARDLINK)
    assert dialog.rejects.text() == "All rejected photos (1)"
    assert dialog.preview.text().startswith("1 photo: frees ")
    assert dialog.act.text() == "Link 1 photo"
    dialog.act.click()
    windows.settle()
    assert "Replaced 1 photo by hard links" in window.toast.text()
    assert len(names(drive)) == files - 1
    assert set(tree(drive)) == set(before)
    assert window.session.marks.rejected_count == 0  # it stays now
    window.toast.button().click()
    windows.settle()
    assert "Put 1 photo back." in window.toast.text()
    assert tree(drive) == before
    assert window.session.marks.rejected_count == 1


@pytest.mark.parametrize("kind", [DisposalKind.MOVE, DisposalKind.COPY])
def test_what_is_selected_goes_to_a_folder_and_comes_back(qtbot, windows, drive, tmp_path, kind):
    window = windows.open(drive, view="duplicates")
    before = tree(drive)
    aside = tmp_path / "aside"
    aside.mkdir()
    dialog = opened(qtbot, windows, window, kind)
    assert not dialog.rejects.isEnabled()
    assert dialog.selection.isChecked()
    assert "Choose the folder" in dialog.preview.text()
    assert not dialog.act.isEnabled()
    dialog.folder.setText(str(aside))
    windows.settle()
    assert ("frees no space" if kind is DisposalKind.MOVE else "more.") in dialog.preview.text()
    dialog.act.click()
    windows.settle()
    window.activateWindow()
    windows.settle()
    assert len(names(aside)) == 1
    assert len([*drive.rglob("*.jpg")]) == len(before) - (kind is DisposalKind.MOVE)
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    windows.settle()
    assert "Put 1 photo back." in window.toast.text()
    assert tree(drive) == before
    assert names(aside) == set()


def test_what_cannot_be_done_is_said_before_and_nothing_is_touched(qtbot, windows, drive, tmp_path):
    window = windows.open(drive, view="duplicates")
    before = tree(drive)
    dialog = opened(qtbot, windows, window, DisposalKind.MOVE)
    dialog.folder.setText(str(tmp_path / "not there"))
    windows.settle()
    assert "No folder was named" in dialog.preview.text()
    assert not dialog.act.isEnabled()
    dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel).click()
    window.actions_by_id["select_all"].trigger()
    dialog = opened(qtbot, windows, window, DisposalKind.HARDLINK)
    assert "No copy would be kept" in dialog.preview.text()
    assert not dialog.act.isEnabled()
    dialog.reject()
    assert tree(drive) == before


def test_stop_ends_a_removal_and_keeps_what_is_done(qtbot, tmp_path, monkeypatch):
    """250 photos in batches of a hundred: stopped after the first, the rest stays where it is."""
    with Library.open(tmp_path / "library") as library:
        paths = [picture(tmp_path / "photos" / f"{number:03}.png", 1) for number in range(251)]
        ids = catalogue(library, paths)
        decisions.mark(library, {PhotoId(photo_id): Mark.REJECT for photo_id in ids[1:]})
        runner = PumpedRunner()
        desk = RemovalDesk(library, runner, lambda: lambda: None)
        reports: list[ApplyReport] = []
        desk.applied.connect(reports.append)
        monkeypatch.setattr(desk._relay, "emit_event", lambda event: desk.stop())  # after the first batch
        desk.apply_marks(groups_of(library))
        runner.pump()
        assert [report.stopped for report in reports] == [True]
        assert len(reports[0].done) == 100
        assert len([*(tmp_path / "photos").glob("*.png")]) == 151


def test_moving_files_is_shown_beside_stop(qtbot, windows, tmp_path):
    window = windows.open()
    window.session.removals._set_busy(True)
    window.session.removals.progressed.emit(StepsDone(100, 950, 3))
    assert window.progress.isVisible()
    assert window.progress.texts() == ("Moving files", "103 of 950")
    assert window.actions_by_id["stop"].isEnabled()
    window.session.removals._set_busy(False)
    assert not window.progress.isVisible()
    assert not window.actions_by_id["stop"].isEnabled()


def groups_of(library: Library) -> list[GroupList]:
    from twinlens.review.plan import _groups_of_settings

    return _groups_of_settings(library)
