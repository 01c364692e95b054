"""A screen reader can name everything in every view, and a hand can hit it; the keys go through it in order."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.accessible_tree import nodes, too_small, unnamed
from tests.gui.test_gui_shell_story import drive, open_window
from twinlens.gui.theme.theme import Theme
from twinlens.gui.views import ViewId

__all__ = ["drive", "open_window"]

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> Iterator[None]:
    """The window is made under the theme, as in the program."""
    palette, sheet = qapp.palette(), qapp.styleSheet()
    Theme(qapp).choose("light")
    yield
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)


@pytest.mark.parametrize("view", list(ViewId), ids=str)
def test_everything_has_a_name_and_a_size(qtbot, open_window, drive, view: ViewId):
    window = open_window(str(drive))
    window.show_view(view)
    found = nodes(window)
    assert len(found) > 20
    assert unnamed(found) == []
    assert too_small(found) == []
