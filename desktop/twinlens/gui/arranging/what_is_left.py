"""Next undecided, across classes: where no group shown waits any more it says where others do, and goes there."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from twinlens.domain.relation import PhotoClass
from twinlens.gui.desks.group_desk import GROUPED
from twinlens.gui.groups.explanations import class_name
from twinlens.gui.groups.undecided import waiting
from twinlens.gui.thumbnails.words import count_words
from twinlens.gui.views import ViewId
from twinlens.gui.window_parts import WindowParts

if TYPE_CHECKING:
    from twinlens.review.duplicates import GroupList


class WhatIsLeft(QObject):
    """Looks behind the filters first, then into the classes that follow, around the end."""

    def __init__(self, parts: WindowParts, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._workspace, self._toast = parts.session, parts.workspace, parts.toast
        self._next: PhotoClass | None = None
        self._before: PhotoClass | None = None
        self._key = ""

    def name_key(self, key: str) -> None:
        """Which key goes on, as it is written on this computer."""
        self._key = key

    @Slot()
    def go_next(self) -> None:
        """To the next undecided group: of this class, or where none is left of the first class that has one."""
        panel = self._workspace.groups_panel()
        if panel is None:
            self._go_elsewhere(GROUPED[-1])
            return
        kind = panel.query().photo_class
        if self._count(self._session.groups.groups(kind)):
            panel.go_next_undecided()
        else:
            self._go_elsewhere(kind)

    def _go_elsewhere(self, kind: PhotoClass) -> None:
        """And tell which class it is now: it was left by a key that usually stays in one."""
        self._next, count = self._first_behind(kind)
        if self._next is None:
            self._toast.say(self.tr("Every group is decided."))
            return
        self._before = kind if self._workspace.groups_panel() is not None else None
        now = self.tr("Now: {}, {} wait.").format(class_name(self._next), count_words(count))
        self.go_on()
        if self._before is None:
            self._toast.say(now)
        else:
            words = self.tr("Every group of {} is decided.").format(class_name(self._before))
            self._toast.say(f"{words} {now}", self.tr("Go back"), self._go_back)

    def _go_back(self) -> None:
        if self._before is not None:
            self._show(self._before)

    @Slot()
    def say(self) -> None:
        """In a message with a button that leads there."""
        panel = self._workspace.groups_panel()
        if panel is None:
            return
        desk, kind = self._session.groups, panel.query().photo_class
        here, whole = self._count(desk.shown(kind)), self._count(desk.groups(kind))
        if here:
            self._toast.say(self.tr("No other group here waits for a decision."))
        elif whole:
            words = self.tr("Every group shown is decided; filters hide {} that wait.").format(count_words(whole))
            self._toast.say(words, self.tr("Show them"), panel.arranging.clear_all)
        else:
            self._say_elsewhere(kind)

    def _say_elsewhere(self, kind: PhotoClass) -> None:
        self._next, count = self._first_behind(kind)
        if self._next is None:
            self._toast.say(self.tr("Every group is decided."))
            return
        words = self.tr("Every group here is decided. {}: {} wait.").format(class_name(self._next), count_words(count))
        if self._key:
            words += " " + self.tr("{} goes there.").format(self._key)
        self._toast.say(words, self.tr("Go there"), self.go_on)

    def _first_behind(self, kind: PhotoClass) -> tuple[PhotoClass | None, int]:
        """The class that follows, around the end, in which groups wait, and how many."""
        at = GROUPED.index(kind)
        for each in (*GROUPED[at + 1 :], *GROUPED[: at + 1]):
            count = self._count(self._session.groups.shown(each))
            if count:
                return each, count
        return None, 0

    @Slot()
    def go_on(self) -> None:
        """To the first group that waits in the class that was named."""
        if self._next is None:
            return
        self._show(self._next)
        panel, groups = self._workspace.groups_panel(), self._session.groups.shown(self._next)
        if panel is not None and groups is not None:
            panel.setFocus()
            for number in waiting(groups, self._session.marks.marks)[:1].tolist():
                panel.view().place(number, 0)

    def _show(self, kind: PhotoClass) -> None:
        if kind is not PhotoClass.BURST:
            self._workspace.duplicates.choose(kind)
        self._workspace.show_view(ViewId.BURSTS if kind is PhotoClass.BURST else ViewId.DUPLICATES)
        self._workspace.focus_page()

    def _count(self, groups: "GroupList | None") -> int:
        return 0 if groups is None else len(waiting(groups, self._session.marks.marks))
