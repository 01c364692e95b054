"""Ctrl+R: the dialog of rules, and the marks that it asks for as one deed with a toast."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from twinlens.domain.deed import Origin
from twinlens.domain.relation import PhotoClass
from twinlens.gui.desks.rule_desk import RuleQuestion
from twinlens.gui.groups.position import photo_ids_of
from twinlens.gui.thumbnails.words import file_size_words, photos_words
from twinlens.gui.window_parts import WindowParts

if TYPE_CHECKING:
    from twinlens.gui.rules.dialog import RuleDialog
    from twinlens.matching.rules.rule import Rule
    from twinlens.review.rules.preview import RulePreview, TieLine
    from twinlens.review.rules.scope import Around, Extent


class RulesFeature(QObject):
    """Opens the dialog; remembers the rule, as it was edited, while the window is open."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._window, self._session, self._workspace = parts.window, parts.session, parts.workspace
        self._toast = parts.toast
        self._actions: Mapping[str, QAction] = {}
        self._last: Rule | None = None
        self._selected: tuple[int, ...] = ()
        self.dialog: RuleDialog | None = None

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """One action."""
        self._actions = actions
        actions["rule"].triggered.connect(self.open)

    def restyle(self) -> None:
        """The dialog is made anew each time."""

    def shut_down(self) -> None:
        """Close the dialog."""
        if self.dialog is not None:
            self.dialog.reject()

    @Slot()
    def open(self) -> None:
        """Show the dialog, which leaves the window's loop alone."""
        if self.dialog is not None or not self._session.groups.all_groups():
            return
        from twinlens.gui.rules.dialog import RuleDialog  # loaded when it is opened
        from twinlens.review.rules.scope import Extent

        self._selected = self._workspace.selected_ids()
        several = self._of_chosen_groups()
        protected = len(self._session.records.records.protected)
        self.dialog = RuleDialog(self._session.rules, self._ask, self._around(), protected, self._window)
        if self._last is not None:
            self.dialog.show_edited(self._last)
        if several:
            self.dialog.scope.choose(Extent.SELECTION)
        self.dialog.marksWanted.connect(self._mark)
        self.dialog.tieWanted.connect(self._show_tie)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _of_chosen_groups(self) -> bool:
        """Several groups are selected: all their photos count."""
        panel = self._workspace.groups_panel()
        numbers = panel.view().chosen_groups() if panel is not None else []
        shown = self._session.groups.shown(panel.query().photo_class) if panel is not None else None
        if len(numbers) < 2 or shown is None:
            return False
        self._selected = tuple(photo_id for number in numbers for photo_id in photo_ids_of(shown, number))
        return True

    def _around(self) -> "Around":
        from twinlens.review.rules.scope import Around

        desk, panel = self._session.groups, self._workspace.groups_panel()
        shown = desk.shown(panel.query().photo_class) if panel is not None else None
        lists, sight = tuple(desk.all_groups()), (shown,) if shown is not None else ()
        return Around(lists, sight, self._selected, self._session.marks.marked_ids())

    def _ask(self, rule: "Rule", extent: "Extent", undecided_only: bool) -> RuleQuestion:
        return RuleQuestion(rule, extent, undecided_only, self._around(), dict(self._session.marks.marks))

    @Slot(object, str)
    def _mark(self, preview: "RulePreview", name: str) -> None:
        self._session.mark_many(preview.marks(), Origin.RULE, name)
        photos, size = photos_words(len(preview.goes)), file_size_words(preview.goes_bytes)
        said = self.tr("{} marked to go, {}. Nothing is moved yet.").format(photos, size)
        self._toast.say(said, self.tr("Undo"), self._session.undo)

    @Slot(object)
    def _show_tie(self, tie: "TieLine") -> None:
        is_burst = tie.photo_class is PhotoClass.BURST
        self._actions["view.bursts" if is_burst else "view.duplicates"].trigger()
        if not is_burst:
            self._workspace.duplicates.choose(tie.photo_class)
        panel = self._workspace.groups_panel()
        if panel is not None and not any(panel.show_photo(photo_id) for photo_id in tie.photo_ids):
            self._toast.say(self.tr("This group is filtered out of the list."))

    @Slot()
    def _closed(self) -> None:
        if self.dialog is not None:
            self._last = self.dialog.rule()
            self.dialog.deleteLater()
            self.dialog = None
