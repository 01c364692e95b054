"""A drive with one handheld burst of real photos and a copy, and a window on it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from twinlens.gui.jobs import Workers
from twinlens.gui.main_window import MainWindow
from twinlens.gui.session import LibrarySession
from twinlens.gui.theme.theme import Theme
from twinlens.library.open import Library

BURST = "series_rock"


def make_burst_drive(photos_dir: Path, folder: Path) -> Path:
    """Four handheld frames, and a frame of a trail camera with its copy."""
    folder.mkdir(parents=True)
    for path in sorted((photos_dir / BURST).iterdir())[:4]:
        shutil.copy2(path, folder / path.name)
    trail = min((photos_dir / "burst_trailcam").iterdir())
    (folder / "Backup").mkdir()
    for place in (folder, folder / "Backup"):
        shutil.copy2(trail, place / trail.name)
    return folder


def burst_window_on(qapp: QApplication, photos_dir: Path, tmp_path: Path) -> Iterator[MainWindow]:
    """The window on the strips of bursts, its keys there."""
    drive = make_burst_drive(photos_dir, tmp_path / "drive")
    session = LibrarySession(Library.open(tmp_path / "library"), Workers.at_once())
    made = MainWindow(session, Theme(qapp))
    made.resize(1200, 800)
    made.show()
    made.begin([str(drive)])
    made.show_view("bursts")
    made.workspace.bursts.view().setFocus()
    QApplication.processEvents()
    made.toast.dismiss()
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete)
