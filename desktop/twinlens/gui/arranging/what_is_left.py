"""Where no group shown waits for a decision any more: says where others do, and goes there."""

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
        at = GROUPED.index(kind)
        for each in (*GROUPED[at + 1 :], *GROUPED[:at]):
            count = self._count(self._session.groups.shown(each))
            if count:
                self._next = each
                words = self.tr("Every group here is decided. {}: {} wait.")
                self._toast.say(words.format(class_name(each), count_words(count)), self.tr("Go there"), self.go_on)
                return
        self._toast.say(self.tr("Every group is decided."))

    @Slot()
    def go_on(self) -> None:
        """To the first group that waits in the class that was named."""
        if self._next is None:
            return
        self._workspace.show_view(ViewId.BURSTS if self._next is PhotoClass.BURST else ViewId.DUPLICATES)
        self._workspace.duplicates.choose(self._next)
        panel = self._workspace.groups_panel()
        groups = self._session.groups.shown(self._next)
        if panel is not None and groups is not None:
            panel.setFocus()
            for number in waiting(groups, self._session.marks.marks)[:1].tolist():
                panel.view().place(number, 0)

    def _count(self, groups: "GroupList | None") -> int:
        return 0 if groups is None else len(waiting(groups, self._session.marks.marks))
