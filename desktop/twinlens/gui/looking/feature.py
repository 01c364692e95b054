"""The keys of looking nearer and from further away, hung in the window."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from twinlens.domain.relation import PhotoClass
from twinlens.gui.looking.whereabouts import class_with
from twinlens.gui.views import ViewId
from twinlens.gui.window_parts import WindowParts


class Looking(QObject):
    """Connects the actions that the loupe and its like have in common."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._parts, self._commands = parts, parts.loupe_commands

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """Zoom in and out, 1:1, the whole picture; all photos, and the strips of groups."""
        self._commands.below.frontChanged.connect(self._front_changed)
        for name, slot in (
            ("zoom_in", self._commands.zoom_in),
            ("zoom_out", self._commands.zoom_out),
            ("actual", self._commands.actual),
            ("fit", self._commands.fit),
            ("grid", self.show_grid),
            ("strip", self.show_strips),
        ):
            actions[name].triggered.connect(slot)
        self._parts.workspace.viewShown.connect(self._another_view)

    @Slot()
    def _another_view(self) -> None:
        """Who asks for another view wants to see it: nothing goes on covering it."""
        self._commands.below.close_all()

    @Slot()
    def _front_changed(self) -> None:
        """What is covered decodes nothing; what was decoded in full is forgotten once nothing covers the window."""
        covered = self._commands.below.front() is not None
        self._parts.side.inspector.set_covered(covered)
        if not covered:
            self._parts.pictures.rest()

    @Slot()
    def show_grid(self) -> None:
        """G: all photos, at the current one."""
        photo_id = self._come_down()
        self._parts.workspace.show_view(ViewId.PHOTOS)
        if photo_id is not None:
            self._parts.workspace.photos.show_photo(photo_id)
        self._parts.workspace.focus_page()

    @Slot()
    def show_strips(self) -> None:
        """B: the strips of groups, at the group of the current photo."""
        photo_id, workspace = self._come_down(), self._parts.workspace
        if workspace.groups_panel() is None:
            found = None if photo_id is None else class_with(photo_id, self._parts.session)
            if found is None:
                self._parts.toast.say(self.tr("This photo is in no group."))
                return
            if found[0] is PhotoClass.BURST:
                workspace.show_view(ViewId.BURSTS)
            else:
                workspace.duplicates.choose(found[0])
                workspace.show_view(ViewId.DUPLICATES)
        panel = workspace.groups_panel()
        if panel is not None and photo_id is not None and panel.current_photo_id() != photo_id:
            panel.show_photo(photo_id)
        workspace.focus_page()

    def _come_down(self) -> int | None:
        """Close what lies over the window; the photo that the keys were acting on."""
        photo_id = self._commands.panel().current_photo_id()
        self._commands.below.close_all()
        return photo_id

    def restyle(self) -> None:
        """Nothing here has colours."""

    def shut_down(self) -> None:
        """Nothing runs here."""
