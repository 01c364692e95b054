"""What else a rule says: edits and bursts too, every RAW, how many of the best."""

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from twinlens.domain.relation import PhotoClass
from twinlens.gui.theme.indented import indent
from twinlens.gui.theme.spacing import HALF_PX, UNIT_PX
from twinlens.gui.theme.type_scale import set_in, strong
from twinlens.matching.rules.criteria import BEST_SHOT
from twinlens.matching.rules.rule import PRESELECTED, Rule

MOST_KEPT = 20


class RuleOptions(QWidget):
    """Switches below the criteria."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(self.tr("Where it decides"), self)
        set_in(strong, title)
        self.copies = QCheckBox(self.tr("Decide &copies: identical files and pixels, same shots"), self)
        self.edits = QCheckBox(self.tr("Decide &edits: crops, tones, captions"), self)
        self.bursts = QCheckBox(self.tr("Decide &bursts, by the best shot; keep"), self)
        self.keep = QSpinBox(self)
        indent(self.keep)
        self.keep.setRange(1, MOST_KEPT)
        self.keep.setAccessibleName(self.tr("How many of the best shots stay"))
        self.raw = QCheckBox(self.tr("Keep every RA&W beside the best photo"), self)
        row = QHBoxLayout()
        row.setSpacing(UNIT_PX)
        row.addWidget(self.bursts)
        row.addWidget(self.keep)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(HALF_PX)
        for widget in (title, self.copies, self.edits):
            layout.addWidget(widget)
        layout.addLayout(row)
        layout.addWidget(self.raw)
        for box in (self.copies, self.edits, self.bursts, self.raw):
            box.clicked.connect(self.edited)
        self.keep.valueChanged.connect(self.edited)

    def show_rule(self, rule: Rule) -> None:
        """These are the rule's."""
        self.copies.setChecked(rule.classes >= PRESELECTED)
        self.edits.setChecked(PhotoClass.EDITED in rule.classes)
        self.bursts.setChecked(PhotoClass.BURST in rule.classes)
        self.raw.setChecked(rule.keep_all_raw)
        self.keep.blockSignals(True)
        self.keep.setValue(rule.keep)
        self.keep.blockSignals(False)
        self.follow(rule)

    def follow(self, rule: Rule) -> None:
        """Bursts need the best shot among the criteria."""
        possible = any(step.criterion == BEST_SHOT for step in rule.active)
        self.bursts.setEnabled(possible)
        self.keep.setEnabled(possible and self.bursts.isChecked())
        hint = "" if possible else self.tr("Switch on the criterion “Best shot of a burst” first.")
        self.bursts.setToolTip(hint)

    def in_rule(self, rule: Rule) -> Rule:
        """The rule with what is switched here."""
        classes = set(PRESELECTED) if self.copies.isChecked() else set()
        if self.edits.isChecked():
            classes.add(PhotoClass.EDITED)
        if self.bursts.isChecked():
            classes.add(PhotoClass.BURST)
        return replace(rule, classes=frozenset(classes), keep_all_raw=self.raw.isChecked(), keep=self.keep.value())
