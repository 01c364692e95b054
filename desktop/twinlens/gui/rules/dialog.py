"""Mark by rule: choose what for, see how much it would mark, and only then mark."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from twinlens.gui.desks.rule_desk import RuleDesk, RulePreview
from twinlens.gui.theme.dialog_buttons import without_pictures
from twinlens.gui.theme.palettes import quieted
from twinlens.gui.theme.spacing import SECTION_PX, UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import set_in, strong
from twinlens.gui.thumbnails.words import file_size_words
from twinlens.matching.rules.built_in import RULES

if TYPE_CHECKING:
    from twinlens.review.duplicates import GroupList


class RuleDialog(QDialog):
    """Marks, removes nothing; one undo takes all its marks back."""

    marksWanted = Signal(dict, str)  # photo id -> Mark, and the rule's name

    def __init__(
        self, desk: RuleDesk, scopes: "Sequence[tuple[str, Sequence[GroupList]]]", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Mark by rule"))
        self._desk = desk
        self._preview: RulePreview | None = None
        self._scopes = [groups for _, groups in scopes]
        self._rule, self._scope, self._effect = QComboBox(self), QComboBox(self), QLabel(self)
        for rule in RULES.values():
            self._rule.addItem(QCoreApplication.translate("Rules", rule.title), rule.name)
        self._rule.setAccessibleName(self.tr("Rule"))
        self._scope.addItems([title for title, _ in scopes])
        self._scope.setAccessibleName(self.tr("Applies to"))
        self._effect.setWordWrap(True)
        self._effect.setTextFormat(Qt.TextFormat.PlainText)
        set_in(strong, self._effect)
        note = QLabel(
            self.tr("Marks only. Nothing is moved before you press Delete, and one undo takes it back."), self
        )
        note.setWordWrap(True)
        note.setPalette(quieted(self.palette()))
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._mark = self._buttons.addButton(self.tr("Mark"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._lay_out(note)
        self._rule.currentIndexChanged.connect(self._ask)
        self._scope.currentIndexChanged.connect(self._ask)
        desk.worked_out.connect(self._show_preview)
        desk.failed.connect(self._effect.setText)
        self._ask()

    def _lay_out(self, note: QLabel) -> None:
        form = QFormLayout()
        form.setSpacing(UNIT_PX)
        form.addRow(self.tr("&Rule"), self._rule)
        form.addRow(self.tr("Applies &to"), self._scope)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SECTION_PX, SECTION_PX, SECTION_PX, WIDE_PX)
        layout.setSpacing(WIDE_PX)
        layout.addLayout(form)
        layout.addWidget(self._effect)
        layout.addWidget(note)
        layout.addWidget(without_pictures(self._buttons))
        self.setMinimumWidth(440)

    def effect(self) -> str:
        """The sentence that says what would be marked."""
        return self._effect.text()

    def accept(self) -> None:
        """Mark."""
        if self._preview is not None:
            self.marksWanted.emit(self._preview.marks, str(self._rule.currentData()))
        super().accept()

    @Slot()
    def _ask(self) -> None:
        self._preview = None
        self._mark.setEnabled(False)
        self._effect.setText(self.tr("Working it out…"))
        self._desk.ask(str(self._rule.currentData()), self._scopes[max(0, self._scope.currentIndex())])

    @Slot(object)
    def _show_preview(self, preview: RulePreview) -> None:
        self._preview = preview
        self._mark.setEnabled(preview.reject_count > 0)
        if preview.reject_count:
            photos = self.tr("%Ln photo(s) would be rejected", "", preview.reject_count)
            self._effect.setText(f"{photos}, {file_size_words(preview.reject_bytes)}.")
        else:
            self._effect.setText(self.tr("There is nothing that this rule would mark."))
