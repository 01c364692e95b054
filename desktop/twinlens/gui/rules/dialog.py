"""Mark by rule: order the criteria on the left, see on the right what they would do folder by folder, and only then mark."""

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from twinlens.gui.desks.rule_desk import PlaceFound, RuleDesk, RuleQuestion
from twinlens.gui.rules.criteria_view import CriteriaView
from twinlens.gui.rules.effect_panel import EffectPanel
from twinlens.gui.rules.folder_order import FolderOrder
from twinlens.gui.rules.lock_line import LockLine
from twinlens.gui.rules.options import RuleOptions
from twinlens.gui.rules.preset_bar import PresetBar
from twinlens.gui.rules.scope_bar import ScopeBar
from twinlens.gui.theme.dialog_buttons import without_pictures
from twinlens.gui.theme.quiet_label import QuietLabel
from twinlens.gui.theme.spacing import SECTION_PX, UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import caption, set_in, strong
from twinlens.gui.thumbnails.words import photos_words
from twinlens.matching.rules.criteria import FOLDERS, PROTECTED
from twinlens.matching.rules.rule import Rule
from twinlens.review.rules.preview import RulePreview, TieLine
from twinlens.review.rules.scope import Around, Extent

REST_MS = 40  # while a key is held or a row dragged, one question for several changes
SIZE_PX = (1080, 720)


class RuleDialog(QDialog):
    """Marks, removes nothing; one undo takes all its marks back.

    ``question``: the groups and marks of this moment, for a rule, an extent, and whether only undecided groups count.
    """

    marksWanted = Signal(object, str)  # RulePreview, and what the rule is called
    tieWanted = Signal(object)  # TieLine: the user goes to look at it

    def __init__(
        self,
        desk: RuleDesk,
        question: "Callable[[Rule, Extent, bool], RuleQuestion]",
        around: Around,
        protected_count: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Mark by rule"))
        self.resize(*SIZE_PX)
        self._desk, self._question = desk, question
        self._preview: RulePreview | None = None
        self.presets, self.criteria, self.options = PresetBar(self), CriteriaView(self), RuleOptions(self)
        self.folders, self.effect = FolderOrder(self), EffectPanel(self)
        self.scope = ScopeBar(around, self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.mark = self.buttons.addButton(self.tr("Mark"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._lay_out(protected_count)
        self._connect()
        self.show_rule(self.presets.rule())
        self.criteria.setFocus()
        desk.read()

    def _lay_out(self, protected_count: int) -> None:
        top = QHBoxLayout()
        top.setSpacing(UNIT_PX)
        top.addWidget(self.presets)
        top.addStretch(1)
        top.addWidget(self.scope)
        middle = QSplitter(Qt.Orientation.Horizontal, self)
        middle.setChildrenCollapsible(False)
        middle.setHandleWidth(WIDE_PX)
        middle.addWidget(self._left(protected_count))
        middle.addWidget(self.effect)
        middle.setStretchFactor(1, 1)
        middle.setSizes([408, 600])
        note = QuietLabel(
            self.tr("Marks only. Nothing is moved before you press Delete, and one undo takes it back."), self
        )
        set_in(caption, note)
        bottom = QHBoxLayout()
        bottom.addWidget(note, 1)
        bottom.addWidget(without_pictures(self.buttons))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SECTION_PX, SECTION_PX, SECTION_PX, WIDE_PX)
        layout.setSpacing(WIDE_PX)
        layout.addLayout(top)
        layout.addWidget(middle, 1)
        layout.addLayout(bottom)

    def _left(self, protected_count: int) -> QWidget:
        left = QWidget(self)
        title, lock = QLabel(self.tr("Criteria, the first that decides counts"), left), LockLine(protected_count, left)
        set_in(strong, title)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT_PX)
        column.addWidget(title)
        column.addWidget(lock)
        column.addWidget(self.criteria, 1)
        column.addWidget(self.folders)
        column.addWidget(self.options)
        return left

    def _connect(self) -> None:
        self.presets.chosen.connect(self.show_rule)
        self.presets.saveWanted.connect(self._save)
        self.presets.renameWanted.connect(self._desk.rename)
        self.presets.deleteWanted.connect(self._desk.delete)
        for part in (self.criteria, self.options, self.folders):
            part.edited.connect(self._edited)
        self.folders.folderWanted.connect(self._desk.find_place)
        self.effect.folderActivated.connect(self._desk.find_place)
        self.effect.tieActivated.connect(self._leave_for)
        self.effect.tieBreakerWanted.connect(self.criteria.add_tie_breaker)
        self.scope.edited.connect(self._ask)
        self._rest.timeout.connect(self._ask)
        self._desk.worked_out.connect(self._show_preview)
        self._desk.rulesRead.connect(self._show_own)
        self._desk.placeFound.connect(self._add_place)
        self._desk.failed.connect(self.effect.show_error)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def rule(self) -> Rule:
        """The rule as it is shown."""
        name = self.presets.name()
        rule = Rule(name, name, self.criteria.rows.steps(), self.folders.places())
        return self.options.in_rule(rule)

    def show_edited(self, rule: Rule) -> None:
        """Begin with a rule as it was edited, under the name that it came from."""
        self.presets.choose(rule.name)
        self.show_rule(rule)
        self.presets.show_changed(self.is_changed())

    def is_changed(self) -> bool:
        """Whether what is shown does something else than the rule of its name."""
        return _essence(self.rule()) != _essence(self.presets.rule())

    @Slot(object)
    def _show_own(self, own: dict[str, Rule]) -> None:
        self.presets.show_own(own)
        self.presets.show_changed(self.is_changed())

    @Slot(object)
    def show_rule(self, rule: Rule) -> None:
        """Begin with this one."""
        self.criteria.rows.show_steps(rule.steps)
        self.criteria.setCurrentIndex(self.criteria.rows.index(0, 0))
        self.folders.show_places([(place, self._desk.path_of(place)) for place in rule.folders])
        self.options.show_rule(rule)
        self._follow(rule)
        self._ask()

    def accept(self) -> None:
        """Mark what was shown: no more, no less."""
        if self._preview is not None and len(self._preview.goes):
            name = self.presets.name()
            self.marksWanted.emit(self._preview, self.presets.combo.currentText() if self.is_changed() else name)
        super().accept()

    def done(self, result: int) -> None:
        """Ask for nothing more."""
        self._rest.stop()
        self._desk.forget()
        super().done(result)

    @Slot()
    def _edited(self) -> None:
        self.presets.show_changed(self.is_changed())
        self._follow(self.rule())
        self._preview = None
        self.mark.setEnabled(False)
        self._rest.start()

    def _follow(self, rule: Rule) -> None:
        self.folders.setVisible(any(step.criterion == FOLDERS for step in rule.active))
        self.options.follow(rule)

    @Slot()
    def _ask(self) -> None:
        self._rest.stop()
        self._preview = None
        self.mark.setEnabled(False)
        self.effect.show_waiting()
        self._desk.ask(self._question(self.rule(), *self.scope.chosen()))

    @Slot(object)
    def _show_preview(self, preview: RulePreview) -> None:
        self._preview = preview
        self.effect.show_preview(preview)
        self.criteria.rows.show_counts(preview.decided_by)
        self.mark.setEnabled(len(preview.goes) > 0)
        self.mark.setText(
            self.tr("&Mark {}").format(photos_words(len(preview.goes))) if len(preview.goes) else self.tr("&Mark")
        )

    @Slot(object)
    def _add_place(self, found: PlaceFound) -> None:
        rows = self.criteria.rows
        row = rows.row_of(FOLDERS)
        if not rows.step(row).on:  # whoever names a folder wants it to count: before all but what is protected
            rows.switch(row)
            is_second = rows.step(0).criterion == PROTECTED and rows.step(0).on
            self.criteria.move_row(row, int(is_second))
        self.folders.add_place(found.place, found.path)

    @Slot(object)
    def _leave_for(self, tie: TieLine) -> None:
        self.reject()
        self.tieWanted.emit(tie)

    @Slot(str)
    def _save(self, name: str) -> None:
        self._desk.save(replace(self.rule(), name=name, title=name))


def _essence(rule: Rule) -> tuple[object, ...]:
    """What a rule does, without its name and what is switched off."""
    return rule.active, rule.folders, rule.classes, rule.keep_all_raw, rule.keep
