"""The window follows its folders by itself, and sees volumes come and go; real threads, a real folder, bounded waits."""

import os
import shutil
import time
from pathlib import Path

import pytest

from tests.gui.shell_photos import make_drive
from twinlens.domain.settings import IGNORED_PATHS, WATCH_FOLDERS
from twinlens.domain.watching import Hindrance, VolumesChanged, Watching
from twinlens.gui.jobs import Workers
from twinlens.gui.main_window import MainWindow
from twinlens.gui.session import LibrarySession
from twinlens.gui.theme.theme import Theme
from twinlens.library.open import Library
from twinlens.scanning import settling
from twinlens.volumes.identity import mounted_volumes

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

PATIENCE_MS = 40_000


@pytest.fixture
def drive(photos_dir: Path, tmp_path: Path) -> Path:
    return make_drive(photos_dir, tmp_path / "drive")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "library")


@pytest.fixture
def window(qtbot, qapp, library, drive, monkeypatch):
    monkeypatch.setattr(settling, "QUIET_S", 1.6)
    opened = MainWindow(LibrarySession(library), Theme(qapp))
    opened.show()
    opened.begin([str(drive)])
    until(qtbot, lambda: "Watching" in opened.sidebar.watching_text())
    until(qtbot, lambda: not opened.session.scans.running and len(opened.presenter._shown) == 7)
    yield opened
    opened.close()
    opened.deleteLater()


def until(qtbot, wanted) -> None:
    qtbot.waitUntil(wanted, timeout=PATIENCE_MS)


def whole_photo(drive: Path) -> Path:
    return next(path for path in sorted(drive.rglob("*.jpg")) if path.name != "broken.jpg")


def copy_in(source: Path, target: Path) -> None:
    """As a card reader's software does: other bytes than any photo here, and the time of the shot."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(source.read_bytes() + b"\0")
    os.utime(target, (1_600_000_000, 1_600_000_000))


def test_photos_appear_are_renamed_and_go_without_a_word(qtbot, window, drive) -> None:
    presenter, scans = window.presenter, window.session.scans
    window.toast.dismiss()
    copy_in(whole_photo(drive), drive / "new trip" / "a.jpg")
    until(qtbot, lambda: len(presenter._shown) == 8 and not scans.running)
    assert scans.quiet
    assert window.sidebar.watching_text() == "1 new photo."
    assert window.toast.isHidden()
    assert window.progress.isHidden()
    assert [source.path for source in window.session.records.records.sources] == [str(drive)]

    new_id = window.session.library.catalog().photos.by_path(str(drive / "new trip/a.jpg")).id
    (drive / "new trip").rename(drive / "Lisbon")
    until(qtbot, lambda: window.session.photos.photo(new_id).path == str(drive / "Lisbon/a.jpg"))

    shutil.rmtree(drive / "Lisbon")
    until(qtbot, lambda: len(presenter._shown) == 7 and not scans.running)
    assert window.sidebar.watching_text() == "No longer there: 1 photo."
    assert window.toast.isHidden()


def test_removing_and_undoing_does_not_feed_itself(qtbot, window) -> None:
    window.session.accept([window.session.groups.all_groups()[0][0]])
    window.session.remove_rejects()
    until(qtbot, lambda: len(window.session.records.records.waiting) == 1)
    last = [time.monotonic()]
    window.session.scans.stateChanged.connect(lambda: last.append(time.monotonic()))
    until(qtbot, lambda: time.monotonic() - last[-1] > 4)  # a loop would never come to rest
    until(qtbot, lambda: len(window.presenter._shown) == 6)


def test_settings_stop_the_watching_and_rules_apply_at_once(qtbot, window, drive) -> None:
    preferences = window.session.library.preferences
    preferences.set(IGNORED_PATHS, ("*.jpg",))
    window.commands.settings_changed([IGNORED_PATHS])
    until(qtbot, lambda: len(window.presenter._shown) == 0 and not window.session.scans.running)
    assert len(list(drive.rglob("*.jpg"))) > 0
    preferences.set(WATCH_FOLDERS, False)
    window.commands.settings_changed([WATCH_FOLDERS])
    until(qtbot, lambda: window.sidebar.watching_text() == "")


def test_an_unplugged_drive_keeps_its_photos_and_a_returning_one_is_scanned(qtbot, window, drive, monkeypatch) -> None:
    session, library = window.session, window.session.library
    monkeypatch.setattr("twinlens.library.open.mounted_volumes", list)
    session.watch._heard.emit(session.watch._watch, VolumesChanged())
    until(qtbot, lambda: not session.records.records.sources[0].online)
    photo_id = next(iter(window.presenter._shown))
    until(qtbot, lambda: not session.photos.photo(photo_id).online)
    assert library.catalog().photos.count() == 7
    until(qtbot, lambda: window.sidebar.watching_text() == "")  # nothing is left to watch

    copy_in(whole_photo(drive), drive / "shot meanwhile.jpg")
    monkeypatch.setattr("twinlens.library.open.mounted_volumes", mounted_volumes)
    session.watch._heard.emit(session.watch._watch, VolumesChanged())
    until(qtbot, lambda: library.catalog().photos.by_path(str(drive / "shot meanwhile.jpg")) is not None)
    until(qtbot, lambda: session.photos.photo(photo_id).online and not session.scans.running)


def test_what_hinders_the_watching_is_one_sentence(qtbot, qapp, library) -> None:
    window = MainWindow(LibrarySession(library, Workers.at_once()), Theme(qapp))
    said = {}
    for hindrance in Hindrance:
        window.session.watch.stateChanged.emit(Watching(int(hindrance is Hindrance.NONE), hindrance, 300.0))
        said[hindrance] = window.sidebar.watching_text()
    window.close()
    window.deleteLater()
    assert said[Hindrance.NONE] == "Watching for changes"
    assert "more folders than the system can watch" in said[Hindrance.LIMIT]
    assert said[Hindrance.NETWORK].startswith("On a network drive")
    assert all("5 min" in words for hindrance, words in said.items() if hindrance is not Hindrance.NONE)
    assert len(set(said.values())) == len(Hindrance)
