"""The large preview over the panel below: opening it, moving in it, coming back."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from twinlens.gui.loupe.view import Loupe
from twinlens.gui.session import LibrarySession
from twinlens.gui.side_panel import SidePanel
from twinlens.gui.workspace import PhotoPanel, Workspace


class LoupeCommands(QObject):
    """Shows large what is under the cursor of the panel with the focus."""

    def __init__(
        self, session: LibrarySession, workspace: Workspace, side: SidePanel, loupe: Loupe, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._session, self._workspace, self._side, self._loupe = session, workspace, side, loupe
        self._back: QWidget | None = None
        for panel in (*workspace.group_panels(), workspace.photos, side.similar):
            panel.photoActivated.connect(self.show_large)
        loupe.navigated.connect(self._move_below)
        loupe.closed.connect(self._closed)
        session.marks.changed.connect(self.refresh)

    def panel(self) -> PhotoPanel:
        """The panel that the keys act on: the lookalikes where they have the focus, else the view in the middle."""
        panel = self._workspace.photo_panel()
        similar = self._side.similar
        in_similar = similar.view().hasFocus() or (self._loupe.isVisible() and self._back is similar.view())
        return similar if panel is None or in_similar else panel

    @Slot()
    def toggle(self) -> None:
        """Space."""
        if self._loupe.isVisible():
            self._loupe.leave()
            return
        photo_id = self.panel().current_photo_id()
        if photo_id is not None:
            self.show_large(photo_id)

    @Slot(int)
    def show_large(self, photo_id: int) -> None:
        """Show this photo."""
        try:
            photo = self._session.photos.photo(photo_id)
        except KeyError:
            return
        if not self._loupe.isVisible():
            self._back = self._window.focusWidget()
        self._loupe.show_photo(photo, self._session.marks.marks.get(photo_id))

    @Slot()
    def refresh(self) -> None:
        """The cursor or a mark below has changed."""
        if self._loupe.isVisible():
            photo_id = self.panel().current_photo_id()
            if photo_id is not None:
                self.show_large(photo_id)

    @Slot(int)
    def _move_below(self, key: int) -> None:
        """Let the panel below move its cursor, so that arrows mean the same and one comes back to where one is."""
        view = self._back if isinstance(self._back, QWidget) else None
        if view is not None:
            QCoreApplication.sendEvent(view, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))
            self.refresh()

    @Slot()
    def _closed(self) -> None:
        back, self._back = self._back, None
        if back is not None:
            back.setFocus()
