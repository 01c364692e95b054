"""The next start begins where the last one ended, in every view."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from tests.gui.test_gui_shell_story import drive, open_window, press
from twinlens.domain.relation import PhotoClass
from twinlens.gui.views import ViewId

__all__ = ["drive", "open_window"]

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def test_the_session_comes_back_as_it_was_left(qtbot, open_window, drive):
    window = open_window(str(drive))
    window.resize(790, 480)
    qtbot.wait(1)
    grid = window.workspace.photos.view()
    grid.go_to(5)
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().value() - 7)
    photo, top_px = grid.current_photo_id(), grid.top_of(5)
    press(qtbot, window, "view.history")
    header = window.workspace.problems.table.header()
    header.resizeSection(0, 277)
    window.workspace.problems.sort_by(1, Qt.SortOrder.DescendingOrder)
    (splitter,) = window.side.inspector.findChildren(QSplitter)
    press(qtbot, window, "view.duplicates")
    window.workspace.duplicates.choose(PhotoClass.SAME_SHOT)
    splitter.setSizes([200, 90])
    sizes = splitter.sizes()
    press(qtbot, window, "side_panel")
    press(qtbot, window, "view.quarantine")
    height = window.height()
    window.close()

    again = open_window()
    assert again.height() == height == 480  # the width of the offscreen screen is smaller than the window
    assert again.workspace.view is ViewId.QUARANTINE
    assert again.sidebar.views.current_id() == "quarantine"
    assert again.workspace.duplicates.photo_class() is PhotoClass.SAME_SHOT
    assert not again.actions_by_id["side_panel"].isChecked()
    press(qtbot, again, "view.photos")
    view = again.workspace.photos.view()
    assert view.current_photo_id() == photo
    assert abs(view.top_of(5) - top_px) < view.gridSize().height()  # panels beside it may have another width
    assert again.workspace.problems.table.header().sectionSize(0) == 277
    assert again.workspace.problems.table.header().sortIndicatorSection() == 1
    press(qtbot, again, "side_panel")
    press(qtbot, again, "view.duplicates")
    (splitter,) = again.side.inspector.findChildren(QSplitter)
    assert splitter.sizes() == sizes


def test_a_photo_that_left_is_not_missed(qtbot, open_window, drive):
    window = open_window(str(drive))
    grid = window.workspace.photos.view()
    grid.go_to(0)
    name = grid.photos().card(0).name
    press(qtbot, window, "view.duplicates")
    window.close()
    for path in drive.rglob(name):
        path.unlink()
    again = open_window(str(drive))
    press(qtbot, again, "view.photos")
    assert again.workspace.photos.view().photos().rowCount() in (5, 6)
    assert again.workspace.photos.view().currentIndex().row() <= 0
