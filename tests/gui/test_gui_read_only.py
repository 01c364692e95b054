"""Two windows on one library: the second only reads, says so, follows the first, and takes over when that is closed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from tests.gui.shell_photos import make_drive
from twinlens.domain.errors import LibraryLocked
from twinlens.domain.group import Mark
from twinlens.domain.ports import GoOn, no_events
from twinlens.domain.relation import PhotoClass
from twinlens.gui.commands.table import WRITING
from twinlens.gui.desks import writer_desk
from twinlens.gui.theme.theme import Theme
from twinlens.gui.views import ViewId
from twinlens.gui.windows import Windows, open_library
from twinlens.library.lock import has_writer
from twinlens.library.open import Library
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.pipeline import scan

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

PROJECT = Path(__file__).resolve().parents[2]
PATIENCE_MS = 40_000


@pytest.fixture
def drive(photos_dir: Path, tmp_path: Path) -> Path:
    return make_drive(photos_dir, tmp_path / "drive")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def writer(folder: Path, drive: Path):
    with Library.open(folder) as library:
        scan(library, [str(drive)], ScanOptions(), GoOn(), no_events)
        yield library


@pytest.fixture
def windows(qapp, writer, folder, monkeypatch):
    monkeypatch.setattr(writer_desk, "INTERVAL_MS", 50)
    held = Windows(Theme(qapp))
    held.open(open_library(folder), [])
    yield held
    held.shut_down()


def until(qtbot, wanted) -> None:
    qtbot.waitUntil(wanted, timeout=PATIENCE_MS)


def test_the_second_window_shows_everything_and_offers_no_change(qtbot, windows, drive) -> None:
    window = windows.window
    assert "(read-only)" in window.windowTitle()
    assert "open in another window" in window.read_only.banner.text()
    assert not window.read_only.banner.button().isEnabled()
    until(qtbot, lambda: len(window.presenter._shown) == 7)
    until(qtbot, lambda: len(window.session.groups.groups(PhotoClass.IDENTICAL_FILE) or ()) == 2)
    for name in WRITING:
        assert not window.actions_by_id[name].isEnabled(), name
    window.workspace.show_view(ViewId.PHOTOS)
    until(qtbot, lambda: bool(window.loader.cache))
    until(qtbot, lambda: window.side.similar.view().model().rowCount() > 0)  # lookalikes answer
    for name in ("loupe", "similar", "copy_path", "select_all", "view.duplicates"):
        assert window.actions_by_id[name].isEnabled(), name
    assert window.sidebar.watching_text() == ""


def test_what_would_change_something_says_that_it_does_not(qtbot, windows, drive) -> None:
    window = windows.window
    said: list[str] = []
    until(qtbot, lambda: len(window.presenter._shown) == 7 and bool(window.session.records.records.sources))
    window.session.failed.connect(said.append)
    photo_id = next(iter(window.presenter._shown))
    before = sorted(drive.rglob("*"))
    session = window.session
    for deed in (
        lambda: session.mark([photo_id], Mark.REJECT),
        lambda: session.refuse([[photo_id]]),
        lambda: session.add_folders([str(drive)]),
        lambda: session.forget_source(session.records.records.sources[0]),
        session.remove_rejects,
        session.remove_all_the_same,
        session.undo,
        lambda: session.removals.restore([1]),
        lambda: session.removals.purge([1]),
    ):
        said.clear()
        deed()
        assert len(said) == 1
        assert "reading only" in said[0]
    assert session.marks.marks == {}
    assert sorted(drive.rglob("*")) == before


def test_it_follows_what_the_writer_commits(qtbot, windows, writer, drive) -> None:
    window = windows.window
    until(qtbot, lambda: len(window.presenter._shown) == 7)
    photo = next(path for path in sorted(drive.rglob("*.jpg")) if path.name != "broken.jpg")
    shutil.copy(photo, drive / "one more.jpg")
    scan(writer, [str(drive)], ScanOptions(), GoOn(), no_events)
    until(qtbot, lambda: len(window.presenter._shown) == 8)
    catalog = writer.catalog()
    added = catalog.photos.by_path(str(drive / "one more.jpg"))
    with catalog.transaction():
        catalog.marks.set([added.id], Mark.REJECT)
    until(qtbot, lambda: window.session.marks.marks == {added.id: Mark.REJECT})


def test_it_can_be_chosen_and_left_again(qtbot, qapp, tmp_path, drive):
    held = Windows(Theme(qapp))
    try:
        writing = held.open(open_library(tmp_path / "own"), [str(drive)])
        until(qtbot, lambda: len(writing.presenter._shown) == 7 and not writing.session.scans.running)
        assert not writing.actions_by_id["read_only"].isChecked()
        writing.actions_by_id["read_only"].trigger()
        reading = held.window
        assert reading is not None
        assert reading is not writing
        assert reading.read_only is not None
        assert "(read-only)" in reading.windowTitle()
        assert "as you chose" in reading.read_only.banner.text()
        assert reading.actions_by_id["read_only"].isChecked()
        assert not has_writer(tmp_path / "own")
        for name in WRITING:
            assert not reading.actions_by_id[name].isEnabled(), name
        until(qtbot, lambda: len(reading.presenter._shown) == 7)
        assert "as you chose" in reading.read_only.banner.text()
        reading.actions_by_id["read_only"].trigger()
        again = held.window
        assert again is not None
        assert again.read_only is None
        assert has_writer(tmp_path / "own")
    finally:
        held.shut_down()


def test_it_becomes_the_writer_when_the_other_window_is_closed(qtbot, windows, writer, folder) -> None:
    reading = windows.window
    until(qtbot, lambda: len(reading.presenter._shown) == 7)
    reading.workspace.show_view(ViewId.BURSTS)
    windows.take_over()
    assert windows.window is reading
    assert "open in another Twinlens" in reading.read_only.banner.text()
    writer.close()
    until(qtbot, reading.read_only.banner.button().isEnabled)
    assert "is closed" in reading.read_only.banner.text()
    reading.read_only.banner.button().click()
    writing = windows.window
    assert writing is not reading
    assert writing.read_only is None
    assert "(read-only)" not in writing.windowTitle()
    assert writing.workspace.view is ViewId.BURSTS
    assert has_writer(folder)
    until(qtbot, lambda: len(writing.presenter._shown) == 7 and not writing.session.scans.running)
    photo_id = next(iter(writing.presenter._shown))
    writing.session.mark([photo_id], Mark.KEEP)
    assert writing.session.marks.marks == {photo_id: Mark.KEEP}


def test_a_look_at_the_lock_does_not_keep_a_writer_out(folder: Path) -> None:
    assert not has_writer(folder)
    with Library.open(folder):
        assert has_writer(folder)
        with pytest.raises(LibraryLocked):
            Library.open(folder)
    assert not has_writer(folder)
    Library.open(folder).close()


def test_the_command_line_says_who_holds_the_library(writer, folder, drive) -> None:
    command = [sys.executable, "-m", "twinlens", "scan", str(drive), "--library", str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "desktop")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "is open in another Twinlens; close that one first" in done.stderr


STORY = """
import sys
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication
from twinlens.gui import app
from twinlens.gui.main_window import MainWindow

class Story(QObject):
    def __init__(self):
        super().__init__()
        self.timer = QTimer(self, interval=50)
        self.timer.timeout.connect(self.look)
        self.timer.start()
        self.told = set()

    def tell(self, word):
        if word not in self.told:
            self.told.add(word)
            print(word, flush=True)

    @Slot()
    def look(self):
        for window in QApplication.topLevelWidgets():
            if not isinstance(window, MainWindow) or not window.isVisible() or window._closed:
                continue
            if window.read_only is not None:
                self.tell("reading")
                if window.read_only.banner.button().isEnabled():
                    window.read_only.banner.button().click()
                return
            if len(window.presenter._shown) == 7 and not window.session.scans.running:
                self.tell("writing")
                if "reading" in self.told:
                    self.timer.stop()
                    window.close()
                    return

application = app.prepare()
story = Story()
sys.exit(app.run(sys.argv[2:], sys.argv[1]))
"""


def test_two_programs_one_after_the_other_hold_the_library(drive: Path, folder: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(PROJECT / "desktop")}

    @contextmanager
    def program(*paths: str) -> Iterator[tuple[subprocess.Popen[str], IO[str]]]:
        command = [sys.executable, "-c", STORY, str(folder), *paths]
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as running:
            assert running.stdout is not None
            try:
                yield running, running.stdout
            finally:
                running.kill()

    with program(str(drive)) as (first, first_says):
        assert first_says.readline() == "writing\n"
        with program() as (second, second_says):
            assert second_says.readline() == "reading\n"
            first.kill()
            assert second_says.readline() == "writing\n"
            assert second.wait(40) == 0
