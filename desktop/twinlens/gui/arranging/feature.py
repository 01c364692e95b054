"""Orders and filters in the window: between the panels of groups and the desk that makes their lists."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence

from twinlens.domain.arrangement import Arrangement
from twinlens.domain.relation import PhotoClass
from twinlens.gui.arranging.memory import ReviewMemory
from twinlens.gui.arranging.what_is_left import WhatIsLeft
from twinlens.gui.desks.arrangements import sharing_with
from twinlens.gui.groups.panel import GroupsPanel
from twinlens.gui.window_parts import WindowParts

if TYPE_CHECKING:
    from twinlens.review.filter_choices import FilterChoices


class ArrangingFeature(QObject):
    """Remembers order, filter and place in every class from one start to the next."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._desk, self._workspace = parts.session.groups, parts.workspace
        self._memory = ReviewMemory(parts.session.library.folder)
        self._choices = parts.session.groups.choices
        self._marks = parts.session.marks
        self._left = WhatIsLeft(parts, self)
        self._actions: Mapping[str, QAction] = {}

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """Connect panels and actions, and show what was remembered."""
        self._actions = actions
        for panel in self._workspace.group_panels():
            panel.arrangementChanged.connect(self._arrange)
            panel.currentPhotoChanged.connect(self._hold)
            panel.nothingUndecided.connect(self._left.say)
            panel.arranging.choicesWanted.connect(self._ask_choices)
        self._choices.found.connect(self._show_choices)
        self._marks.changed.connect(self._desk.follow_marks)
        self._desk.loaded.connect(self._ask_choices)
        self._workspace.viewShown.connect(self._tick)
        actions["next"].triggered.connect(self._left.go_next)
        actions["next"].changed.connect(self._name_key)
        self._name_key()
        actions["find_name"].triggered.connect(self.find)
        actions["undecided_only"].triggered.connect(self._undecided_only)
        actions["turn_order"].triggered.connect(self._turn_round)
        actions["clear_filters"].triggered.connect(self._clear_filters)
        self._restore()

    def restyle(self) -> None:
        """Everything here follows the palette by itself."""

    def shut_down(self) -> None:
        """Keep order, filter and place."""
        self._choices.forget()
        for panel, kind in self._panels():
            self._memory.keep_arrangement(sharing_with(kind)[0], self._desk.arrangements.of(kind))
            self._memory.keep_places(panel.place_keeper.places(panel.query().photo_class))
            for each in sharing_with(kind):
                self._memory.keep_query(self._desk.query(each), self._desk.usual(each))
        self._memory.write()

    @Slot()
    def find(self) -> None:
        """Type what the groups shall have in a name or folder."""
        panel = self._workspace.groups_panel()
        if panel is not None:
            panel.arranging.text.setFocus()
            panel.arranging.text.selectAll()

    def _restore(self) -> None:
        places = self._memory.places()
        for panel, kind in self._panels():
            arrangement = self._memory.arrangement(sharing_with(kind)[0]) or self._desk.arrangements.of(kind)
            self._desk.arrange(kind, arrangement)
            panel.arranging.show_arrangement(arrangement)
            for each in sharing_with(kind):
                self._desk.begin_with(self._memory.query(each) or self._desk.query(each))
            panel.place_keeper.set_places({each: place for each, place in places.items() if each in sharing_with(kind)})
        self._tick()

    def _panels(self) -> tuple[tuple[GroupsPanel, PhotoClass], ...]:
        duplicates = self._workspace.duplicates
        return (duplicates.groups, duplicates.photo_class()), (self._workspace.bursts, PhotoClass.BURST)

    def _panel_of(self, sender: QObject | None) -> tuple[GroupsPanel, PhotoClass] | None:
        return next((each for each in self._panels() if sender in (each[0], each[0].arranging)), None)

    @Slot(object)
    def _arrange(self, arrangement: Arrangement) -> None:
        found = self._panel_of(self.sender())
        if found is not None:
            self._desk.arrange(found[1], arrangement)
            self._tick()

    @Slot(int)
    def _hold(self, photo_id: int) -> None:
        found = self._panel_of(self.sender())
        if found is not None:
            self._desk.arrangements.hold(found[0].query().photo_class, photo_id)

    @Slot()
    def _ask_choices(self) -> None:
        """For the panels whose further filters are open."""
        for panel, kind in self._panels():
            if panel.arranging.more.isChecked():
                lists = [groups for each in sharing_with(kind) if (groups := self._desk.groups(each)) is not None]
                self._choices.ask(panel, lists)

    @Slot(object, object)
    def _show_choices(self, panel: GroupsPanel, choices: "FilterChoices") -> None:
        if panel.arranging.row is not None:
            panel.arranging.row.show_choices(choices)

    @Slot()
    def _name_key(self) -> None:
        self._left.name_key(self._actions["next"].shortcut().toString(QKeySequence.SequenceFormat.NativeText))

    @Slot(bool)
    def _undecided_only(self, on: bool) -> None:
        panel = self._workspace.groups_panel()
        if panel is not None:
            panel.arranging.show_undecided_only(on)

    @Slot()
    def _turn_round(self) -> None:
        panel = self._workspace.groups_panel()
        if panel is not None:
            panel.arranging.turn_round()

    @Slot()
    def _clear_filters(self) -> None:
        panel = self._workspace.groups_panel()
        if panel is not None:
            panel.arranging.clear_all()

    @Slot()
    def _tick(self) -> None:
        """The menu's tick is that of the view in the middle; actions about groups need some."""
        if not self._actions:
            return
        panel = self._workspace.groups_panel()
        for name in ("find_name", "undecided_only", "turn_order", "clear_filters"):
            self._actions[name].setEnabled(panel is not None)
        wanted = panel is not None and panel.arranging.arrangement().wanted.undecided_only
        self._actions["undecided_only"].setChecked(wanted)
