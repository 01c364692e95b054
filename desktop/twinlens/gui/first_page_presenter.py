"""The page of the last run, put on the screen before the library is loaded."""

from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, Slot

from twinlens.domain.arrangement import EVERYTHING
from twinlens.gui.grid.panel import PhotoGridPanel
from twinlens.gui.groups.panel import GroupsPanel
from twinlens.gui.session import LibrarySession
from twinlens.gui.thumbnails.loader import ThumbnailLoader
from twinlens.gui.workspace import Workspace
from twinlens.review.first_page import FirstPage

if TYPE_CHECKING:
    from twinlens.review.duplicates import GroupList


class FirstPagePresenter(QObject):
    """Shows photos at once, where the last run was left; the whole library follows and keeps them in their place."""

    def __init__(
        self, session: LibrarySession, loader: ThumbnailLoader, workspace: Workspace, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._arrangements = workspace, session.groups.arrangements
        self._left_at: int | None = None
        session.opening.page.connect(self._show)
        loader.loaded.connect(session.opening.note_painted)

    def come_back_to(self, photo_id: int | None) -> None:
        """The photo that was current."""
        self._left_at = photo_id

    @Slot(object)
    def _show(self, page: FirstPage) -> None:
        panel = self._workspace.photo_panel()
        if isinstance(panel, PhotoGridPanel) and page.photo_ids:
            panel.set_photo_ids(page.photo_ids)
            panel.go_to_top()
        elif isinstance(panel, GroupsPanel) and page.groups:
            panel.show_first_page(self._in_order(page.groups), page.groups.query)
        else:
            return
        if self._left_at is not None:
            panel.show_photo(self._left_at)

    def _in_order(self, groups: "GroupList") -> "GroupList":
        """As they will be sorted; what the filter shows was on the page already."""
        import numpy as np

        from twinlens.review.arrangement import arrange

        arrangement = replace(self._arrangements.of(groups.query.photo_class), wanted=EVERYTHING)
        return arrange(groups, arrangement, np.zeros(0, np.int64))
