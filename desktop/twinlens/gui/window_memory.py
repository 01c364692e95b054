"""The window as it was left: place, size, columns, view, class and photo."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSplitter

from twinlens.domain.relation import PhotoClass
from twinlens.gui.theme.spacing import SIDE_PANEL_WIDTH_PX, SIDEBAR_WIDTH_PX
from twinlens.gui.views import ViewId
from twinlens.gui.window_state import WindowState
from twinlens.review.first_page import PAGE_PHOTOS

if TYPE_CHECKING:
    from twinlens.gui.main_window import MainWindow

FIRST_SIZE_PX = (1440, 900)


class WindowMemory:
    """Saves at the end of a window what the next one begins with."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._state = WindowState(window.session.library.folder)

    def page(self) -> list[int]:
        """The photos that were on the screen."""
        return self._state.page()

    def save(self) -> None:
        """Keep how the window is now."""
        window, workspace = self._window, self._window.workspace
        panel = workspace.photo_panel()
        current = panel.current_photo_id() if panel is not None else None
        self._state.keep_page(panel.page_ids(PAGE_PHOTOS) if panel is not None else [])
        self._state.save(
            window,
            self._splitters(),
            {
                "view": str(workspace.view),
                "class": str(workspace.duplicates.photo_class()),
                "photo": str(current or ""),
                "side": str(int(window.actions_by_id["side_panel"].isChecked())),
            },
        )

    def restore(self) -> None:
        """Make the window as it was, or as it is at first."""
        window, workspace = self._window, self._window.workspace
        if not self._state.restore(window, self._splitters()):
            window.resize(*FIRST_SIZE_PX)
            middle = FIRST_SIZE_PX[0] - SIDEBAR_WIDTH_PX - SIDE_PANEL_WIDTH_PX
            window.columns.setSizes([SIDEBAR_WIDTH_PX, middle, SIDE_PANEL_WIDTH_PX])
            window.side.setSizes([540, 360])
        window.actions_by_id["side_panel"].setChecked(self._state.value("side", "1") == "1")
        views, kinds = {str(view): view for view in ViewId}, {str(kind): kind for kind in PhotoClass}
        workspace.duplicates.choose(kinds.get(self._state.value("class"), PhotoClass.IDENTICAL_FILE))
        workspace.show_view(views.get(self._state.value("view"), ViewId.DUPLICATES))
        window.sidebar.show_view(workspace.view)
        photo = self._state.value("photo")
        window.presenter.come_back_to(int(photo) if photo.isdecimal() else None)

    def _splitters(self) -> dict[str, QSplitter]:
        return {"columns": self._window.columns, "side": self._window.side}
