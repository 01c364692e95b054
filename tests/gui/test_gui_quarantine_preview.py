"""The quarantine shows the photo under the cursor, from where it waits, and why it went."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QLabel

from tests.gui.test_gui_shell_story import press
from twinlens.gui.main_window import MainWindow
from twinlens.gui.quarantine.beside import BesideQuarantine
from twinlens.gui.quarantine.panel import QuarantinePanel

FIRST = "Click a photo to see it here."
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def beside(panel: QuarantinePanel) -> BesideQuarantine:
    (found,) = panel.findChildren(BesideQuarantine)
    return found


@pytest.fixture
def quarantine_window(qtbot, open_window: Callable[..., MainWindow], drive) -> MainWindow:
    """The view of the quarantine, with what the first group had to give."""
    window = open_window(str(drive))
    press(qtbot, window, "view.duplicates")
    press(qtbot, window, "accept")
    press(qtbot, window, "remove")
    press(qtbot, window, "view.quarantine")
    return window


def test_the_photo_under_the_cursor_is_seen_until_it_is_put_back(qtbot, quarantine_window):
    window = quarantine_window
    panel = window.workspace.quarantine
    shown = beside(panel)
    panel.table.setCurrentIndex(panel.table.model().index(0, 0))
    qtbot.waitUntil(shown.picture.has_picture, timeout=10_000)
    receipt = panel.current_receipt()
    assert receipt is not None
    assert any(receipt.keeper_path in label.text() for label in shown.findChildren(QLabel))
    press(qtbot, window, "undo")
    assert panel.current_receipt() is None
    assert not shown.picture.has_picture()


def test_a_file_that_is_gone_from_the_quarantine_is_said(qtbot, quarantine_window):
    window = quarantine_window
    panel = window.workspace.quarantine
    for receipt in window.session.records.records.waiting:
        Path(receipt.resting_path).unlink()
    shown = beside(panel)
    panel.table.setCurrentIndex(QModelIndex())
    panel.table.setCurrentIndex(panel.table.model().index(0, 0))
    qtbot.waitUntil(lambda: shown.picture.text() not in ("", FIRST), timeout=10_000)
    assert not shown.picture.has_picture()
