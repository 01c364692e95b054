"""Keep all, reject the rest, invert the selection, next and previous group."""

from collections.abc import Mapping

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Qt, Slot
from PySide6.QtGui import QAction

from twinlens.domain.group import Group, Mark
from twinlens.gui.groups.panel import GroupsPanel
from twinlens.gui.thumbnails.photo_view import PhotoListView
from twinlens.gui.window_parts import WindowParts


class Deciding(QObject):
    """Acts on the group under the cursor."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._parts = parts

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """Connect the actions."""
        for name, slot in (
            ("keep_all", self.keep_all),
            ("reject_rest", self.reject_rest),
            ("invert", self.invert),
            ("next_group", self.next_group),
            ("previous_group", self.previous_group),
        ):
            actions[name].triggered.connect(slot)

    @Slot()
    def keep_all(self) -> None:
        """All photos of the group stay; go on as after a suggestion."""
        panel, group = self._current()
        if panel is not None and group is not None:
            self._parts.session.mark([member.photo_id for member in group.members], Mark.KEEP)
            panel.go_next_undecided()
            self._parts.loupe_commands.refresh()

    @Slot()
    def reject_rest(self) -> None:
        """All photos of the group go that are not kept, if any is kept at all."""
        panel, group = self._current()
        if panel is None or group is None:
            return
        marks = self._parts.session.marks.marks
        kept = [member for member in group.members if marks.get(member.photo_id) is Mark.KEEP]
        if not kept:
            self._parts.toast.say(self.tr("Nothing in this group is kept yet: keep a photo first."))
            return
        rest = [member.photo_id for member in group.members if member not in kept]
        self._parts.session.mark(rest, Mark.REJECT)
        panel.go_next_undecided()
        self._parts.loupe_commands.refresh()

    @Slot()
    def invert(self) -> None:
        """What is selected is not, and the other way round: in the group, or in the view."""
        base = self._parts.loupe_commands.below.base()
        if isinstance(base, GroupsPanel):
            base.view().move_cursor(base.view().strip.inverted())
            return
        view: PhotoListView = base.view()
        model = view.photos()
        if model.rowCount():
            every = QItemSelection(model.index(0, 0), model.index(model.rowCount() - 1, 0))
            view.selectionModel().select(every, QItemSelectionModel.SelectionFlag.Toggle)

    @Slot()
    def next_group(self) -> None:
        """PgDn: the next group; where there are no groups, a page."""
        self._step(1, Qt.Key.Key_PageDown)

    @Slot()
    def previous_group(self) -> None:
        """PgUp."""
        self._step(-1, Qt.Key.Key_PageUp)

    def restyle(self) -> None:
        """Nothing here has a colour."""

    def shut_down(self) -> None:
        """Nothing runs."""

    def _current(self) -> tuple[GroupsPanel | None, Group | None]:
        panel = self._parts.workspace.groups_panel()
        return panel, panel.current_group() if panel is not None else None

    def _step(self, by: int, key: Qt.Key) -> None:
        below, workspace = self._parts.loupe_commands.below, self._parts.workspace
        base = below.base()
        if isinstance(base, GroupsPanel):
            base.view().place(base.view().current_number() + by, 0)
        elif below.front() is not None or workspace.photo_panel() is not None or base.view().hasFocus():
            below.send(int(key))
