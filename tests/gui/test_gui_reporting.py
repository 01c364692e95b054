"""File > Export report: what is shown goes into one file, written aside, and the folder is remembered."""

import csv
import json
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from tests.gui.shell_photos import make_drive
from tests.gui.story_window import StoryWindows
from twinlens.domain.errors import TwinlensError
from twinlens.domain.relation import PhotoClass
from twinlens.gui.main_window import MainWindow
from twinlens.review.report.found import Found
from twinlens.review.report.writing import write_report

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


class Dialog:
    """What the user answers, and what was offered."""

    def __init__(self, monkeypatch) -> None:
        self.answer, self.form = "", "HTML (*.html)"
        self.offered: list[str] = []
        self.opened: list[QUrl] = []
        monkeypatch.setattr(QFileDialog, "getSaveFileName", self.ask)
        monkeypatch.setattr(QDesktopServices, "openUrl", self.open)

    def open(self, url: QUrl) -> bool:
        self.opened.append(url)
        return True

    def ask(self, _parent, _title, suggested: str, _forms: str) -> tuple[str, str]:
        self.offered.append(suggested)
        return self.answer, self.form


@pytest.fixture
def dialog(monkeypatch) -> Dialog:
    return Dialog(monkeypatch)


def export(windows: StoryWindows, window: MainWindow, dialog: Dialog, path: Path, form: str = "HTML (*.html)") -> None:
    dialog.answer, dialog.form = str(path), form
    window.actions_by_id["export_report"].trigger()
    windows.settle()


def test_a_report_is_written_and_its_folder_opened_and_remembered(windows, dialog, photos_dir, tmp_path):
    window = windows.open(make_drive(photos_dir, tmp_path / "drive"), view="duplicates")
    folder = tmp_path / "Reports"
    folder.mkdir()
    export(windows, window, dialog, folder / "mine")  # without an ending: that of the form chosen
    page = (folder / "mine.html").read_text(encoding="utf-8")
    assert page.count("data:image/jpeg;base64,") >= 4
    assert "Identical files" in page
    assert str(folder / "mine.html") in window.toast.text()
    window.toast.button().click()
    assert dialog.opened == [QUrl.fromLocalFile(str(folder))]

    windows.close()
    window = windows.open(view="duplicates")
    export(windows, window, dialog, folder / "mine.csv")
    assert Path(dialog.offered[-1]).parent == folder
    with open(folder / "mine.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    desk = window.session.groups
    assert {row["class"] for row in rows} >= {PhotoClass.IDENTICAL_FILE.value, PhotoClass.SAME_SHOT.value}
    assert len(rows) == sum(groups.photo_count for groups in desk.all_groups())

    arranging = window.workspace.duplicates.groups.arranging
    arranging.text.setText("no such name")
    arranging._typed()
    windows.settle()
    export(windows, window, dialog, folder / "mine.json")
    document = json.loads((folder / "mine.json").read_text(encoding="utf-8"))
    assert not [group for group in document["groups"] if group["class"] != PhotoClass.BURST.value]


def test_what_cannot_be_written_is_said(windows, dialog, photos_dir, tmp_path):
    window = windows.open(make_drive(photos_dir, tmp_path / "drive"), view="duplicates")
    export(windows, window, dialog, tmp_path / "not there" / "mine.html")
    assert "cannot be written" in window.toast.text()
    export(windows, window, dialog, tmp_path / "mine.docx")
    assert "ends in none of" in window.toast.text()
    assert window.actions_by_id["export_report"].isEnabled()
    dialog.answer = ""
    window.actions_by_id["export_report"].trigger()
    assert window.actions_by_id["export_report"].isEnabled()


def test_a_report_that_nobody_waits_for_ends_and_leaves_no_file(windows, photos_dir, tmp_path):
    window = windows.open(make_drive(photos_dir, tmp_path / "drive"), view="duplicates")
    desk = window.session.groups
    found = Found(desk.data, tuple(desk.all_groups()), (), lambda: False)
    for name in ("mine.html", "mine.csv", "mine.json"):
        with pytest.raises(TwinlensError, match="stopped"):
            write_report(window.session.library, found, str(tmp_path / name))
        assert not (tmp_path / name).exists()
