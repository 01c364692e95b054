"""Files leave every view by the mouse, and every view has a menu, on the menu key too."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from tests.gui.test_gui_shell_story import press
from twinlens.gui.groups import view as groups_view
from twinlens.gui.main_window import MainWindow
from twinlens.gui.thumbnails import photo_view

pytestmark = pytest.mark.qt_log_ignore("plugin does not support")  # the offscreen one


def photo_lists(window: MainWindow) -> dict[str, Any]:
    workspace = window.workspace
    return {
        "photos": workspace.photos.view(),
        "duplicates": workspace.duplicates.groups.view(),
        "lookalikes": window.side.similar.view(),
        "results": workspace.results.grid.view(),
    }


def test_photos_are_dragged_out_of_every_list_as_files(qtbot, open_window, drive, monkeypatch):
    taken: list[list[str]] = []

    def take(_source, paths, _picture):
        taken.append(list(paths))

    monkeypatch.setattr(photo_view, "drag_files", take)
    monkeypatch.setattr(groups_view, "drag_files", take)
    window = open_window(str(drive))
    press(qtbot, window, "view.photos")
    window.workspace.photos.view().go_to(0)
    window.presenter.find_similar()
    qtbot.wait(1)
    press(qtbot, window, "results")
    press(qtbot, window, "view.duplicates")
    for name, view in photo_lists(window).items():
        taken.clear()
        if name == "duplicates":
            view.drag_out()
        else:
            view.go_to(0)
            view.startDrag(None)
        ((path,),) = taken
        assert path.startswith(str(drive)), name


def menu_of(qtbot, widget: QWidget) -> list[str]:
    """What the menu key offers over a widget; the menu is closed again."""
    offered: list[str] = []

    def close() -> None:
        popup = QApplication.activePopupWidget()
        if isinstance(popup, QMenu):
            offered.extend(action.text() for action in popup.actions() if action.text())
            popup.close()

    QTimer.singleShot(50, close)
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(widget, QContextMenuEvent(reason, QPoint(4, 4), widget.mapToGlobal(QPoint(4, 4))))
    qtbot.waitUntil(lambda: bool(offered))
    return offered


def test_lists_and_tables_have_a_menu_on_the_menu_key(qtbot, open_window, drive):
    window = open_window(str(drive))
    press(qtbot, window, "view.photos")
    window.workspace.photos.view().go_to(0)
    assert "&Keep" in menu_of(qtbot, window.workspace.photos.view())
    press(qtbot, window, "view.duplicates")
    assert "&Keep" in menu_of(qtbot, window.workspace.duplicates.groups.view())
    press(qtbot, window, "view.problems")
    assert menu_of(qtbot, window.workspace.problems.table) == ["Look &again"]
