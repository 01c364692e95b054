"""Keep all, reject the rest, invert the selection, next and previous group."""

from collections.abc import Mapping

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Qt, Slot
from PySide6.QtGui import QAction

from twinlens.domain.group import Group, Mark
from twinlens.gui.groups.panel import GroupsPanel
from twinlens.gui.thumbnails.counts import COUNTS
from twinlens.gui.thumbnails.photo_view import PhotoListView
from twinlens.gui.window_parts import WindowParts


class Deciding(QObject):
    """Acts on the groups that are selected, or on the one under the cursor."""

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
        """All photos of the groups stay; go on as after a suggestion."""
        panel, groups = self._chosen()
        if panel is None or not groups:
            return
        photo_ids = [member.photo_id for group in groups for member in group.members]
        self._parts.session.mark_many(dict.fromkeys(photo_ids, Mark.KEEP))
        self._go_on(panel, COUNTS.kept(len(photo_ids)) if len(groups) > 1 else "")

    @Slot()
    def reject_rest(self) -> None:
        """All photos of the groups go that are not kept; none of a group in which none is kept."""
        panel, groups = self._chosen()
        marks = self._parts.session.marks.marks
        members = [[member.photo_id for member in group.members] for group in groups]
        led = [ids for ids in members if any(marks.get(photo_id) is Mark.KEEP for photo_id in ids)]
        if panel is None or not led:
            if groups:
                self._parts.toast.say(self.tr("Nothing in this group is kept yet: keep a photo first."))
            return
        rest = [photo_id for ids in led for photo_id in ids if marks.get(photo_id) is not Mark.KEEP]
        self._parts.session.mark_many(dict.fromkeys(rest, Mark.REJECT))
        self._go_on(panel, COUNTS.without_keeper(len(members) - len(led)) if len(led) < len(members) else "")

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

    def _chosen(self) -> tuple[GroupsPanel | None, list[Group]]:
        panel = self._parts.workspace.groups_panel()
        return panel, panel.chosen_groups() if panel is not None else []

    def _go_on(self, panel: GroupsPanel, words: str) -> None:
        panel.go_next_undecided()
        self._parts.loupe_commands.refresh()
        if words:
            self._parts.toast.say(words, self.tr("Undo"), self._parts.session.undo)

    def _step(self, by: int, key: Qt.Key) -> None:
        below, workspace = self._parts.loupe_commands.below, self._parts.workspace
        base = below.base()
        if isinstance(base, GroupsPanel):
            base.view().place(base.view().current_number() + by, 0)
        elif below.front() is not None or workspace.photo_panel() is not None or base.view().hasFocus():
            below.send(int(key))
