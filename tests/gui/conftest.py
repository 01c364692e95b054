"""The window's texts as a person reads them, with English plurals, and its garbage collected where the program does it."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from tests.gui.burst_drive import burst_window_on
from tests.gui.shell_photos import make_drive
from tests.gui.story_window import StoryWindows
from twinlens.gui.main_window import MainWindow
from twinlens.gui.translation import install_translations


@pytest.fixture(autouse=True)
def same_looks_afterwards(qapp: QApplication) -> Iterator[None]:
    """No test sees the theme, font or movement that another one chose."""
    palette, font, sheet, style = qapp.palette(), qapp.font(), qapp.styleSheet(), qapp.style().name()
    flash_ms = qapp.styleHints().cursorFlashTime()
    yield
    if qapp.styleSheet() != sheet:
        qapp.setStyleSheet(sheet)
    if qapp.style().name() != style:
        qapp.setStyle(style)
    if qapp.palette() != palette:
        qapp.setPalette(palette)
    qapp.setFont(font)
    qapp.styleHints().setCursorFlashTime(flash_ms)


@pytest.fixture(autouse=True, scope="module")
def no_garbage_from_before() -> Iterator[None]:
    """What stays for good is not looked through again after every test: that took a tenth of their time."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def garbage_collected_here(same_looks_afterwards: None, qapp: QApplication) -> Iterator[None]:
    """What a test leaves of Qt goes on this thread (``twinlens.gui.garbage``), not on that of a scan in a later test."""
    gc.disable()
    yield
    for window in QApplication.topLevelWidgets():
        window.deleteLater()  # a window that is garbage would hear of its own end when half of it is gone
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def english_plurals(qapp: QApplication) -> Iterator[None]:
    translators = install_translations(qapp)
    yield
    for translator in translators:
        qapp.removeTranslator(translator)
        translator.deleteLater()


@pytest.fixture
def windows(qtbot, qapp: QApplication, tmp_path: Path) -> Iterator[StoryWindows]:
    """Windows on one library, closed at the end."""
    made = StoryWindows(qtbot, qapp, tmp_path)
    yield made
    made.close_all()


@pytest.fixture
def drive(photos_dir: Path, tmp_path: Path) -> Path:
    """A small drive with copies; tests that need another one make their own."""
    return make_drive(photos_dir, tmp_path / "drive")


@pytest.fixture
def open_window(windows: StoryWindows) -> Callable[..., MainWindow]:
    """Opens a window on the library and scans folders into it."""
    return windows.open


@pytest.fixture
def burst_window(qapp: QApplication, photos_dir: Path, tmp_path: Path) -> Iterator[MainWindow]:
    yield from burst_window_on(qapp, photos_dir, tmp_path)
