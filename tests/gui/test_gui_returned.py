"""Rejected photos of a drive that is away wait; when it is back, the window offers to move them."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.gui.shell_photos import make_drive
from tests.gui.story_window import StoryWindows

pytestmark = [pytest.mark.qt_log_ignore("does not support propagateSizeHints"), pytest.mark.photos]


@pytest.fixture
def windows(qtbot, qapp, tmp_path):
    made = StoryWindows(qtbot, qapp, tmp_path)
    yield made
    made.close_all()


def test_what_waits_for_its_drive_is_said_and_offered_when_it_is_back(qtbot, windows, photos_dir: Path, tmp_path: Path):
    drive = make_drive(photos_dir, tmp_path / "drive")
    window = windows.open(drive, view="duplicates")
    before = len([*drive.rglob("*.jpg")])
    qtbot.keyClick(window.workspace.duplicates.groups.view(), Qt.Key.Key_Return)
    windows.settle()
    window.session.library.catalog()._connection.run("UPDATE volumes SET online = 0")  # as if it were unplugged
    window.actions_by_id["remove"].trigger()
    windows.settle()
    assert window.toast.text() == "1 photo on a drive that is not here: rejected until it is back."
    assert window.session.marks.rejected_count == 1

    window.session.library.refresh_volumes()
    window.session.watch.volumesChanged.emit([str(drive)])
    windows.settle()
    assert "A drive is back. 1 rejected photo on it can go now." in window.toast.text()
    assert len([*drive.rglob("*.jpg")]) == before  # nothing goes by itself
    window.toast.button().click()
    windows.settle()
    assert "Moved 1 photo to the quarantine" in window.toast.text()
