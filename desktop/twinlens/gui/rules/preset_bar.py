"""The rules by name: choose one, keep what was changed under a name of one's own, rename and delete these."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QInputDialog, QLabel, QMenu, QPushButton, QToolButton, QWidget

from twinlens.gui.rules.words import rule_words
from twinlens.gui.theme.spacing import UNIT_PX
from twinlens.matching.rules.built_in import RULES
from twinlens.matching.rules.rule import Rule


class PresetBar(QWidget):
    """Knows which rule was chosen, and whether it was changed since."""

    chosen = Signal(object)  # Rule
    saveWanted = Signal(str)
    renameWanted = Signal(str, str)
    deleteWanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rules: dict[str, Rule] = dict(RULES)
        self._own: frozenset[str] = frozenset()
        self._wanted = ""
        self.combo, self.save, self.more = QComboBox(self), QPushButton(self.tr("&Save as…"), self), QToolButton(self)
        label = QLabel(self.tr("&Rule"), self)
        label.setBuddy(self.combo)
        self.combo.setAccessibleName(self.tr("Rule"))
        self.combo.setMinimumContentsLength(38)
        self.save.setAutoDefault(False)
        self.save.setToolTip(self.tr("Keep this rule under a name of your own"))
        self.more.setText("⋯")
        self.more.setAccessibleName(self.tr("More about this rule"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        self.rename_action = menu.addAction(self.tr("Rename…"))
        self.delete_action = menu.addAction(self.tr("Delete"))
        self.more.setMenu(menu)
        self.more.setMinimumSize(QSize(self.save.sizeHint().height(), self.save.sizeHint().height()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT_PX)
        for widget in (label, self.combo, self.save, self.more):
            row.addWidget(widget)
        self.combo.activated.connect(self._activated)
        self.save.clicked.connect(self._save)
        self.rename_action.triggered.connect(self._rename)
        self.delete_action.triggered.connect(self._delete)
        self._fill()

    def name(self) -> str:
        """The rule chosen last."""
        return str(self.combo.currentData() or "")

    def rule(self) -> Rule:
        """The rule chosen last, as it was kept."""
        return self._rules[self.name()]

    def choose(self, name: str) -> None:
        """Show this rule; one that is not known yet, as soon as it is."""
        self._wanted = name
        at = self.combo.findData(name)
        if at >= 0:
            self.combo.setCurrentIndex(at)
            self._enable()

    def show_own(self, own: Mapping[str, Rule]) -> None:
        """The user's own rules have been read."""
        before = self.name()
        self._own = frozenset(own)
        self._rules = {**RULES, **own}
        self._fill()
        self.choose(self._wanted if self._wanted in self._rules else before if before in self._rules else "suggested")
        if self.name() != before:
            self.chosen.emit(self.rule())

    def show_changed(self, changed: bool) -> None:
        """Whether what is shown is no longer the rule of this name."""
        at = self.combo.currentIndex()
        words = rule_words(self.rule())
        self.combo.setItemText(at, self.tr("{} (changed)").format(words) if changed else words)

    def _fill(self) -> None:
        self.combo.clear()
        for name, rule in self._rules.items():
            if name in self._own and self.combo.findData(name) < 0 and not self._has_own_row():
                self.combo.insertSeparator(self.combo.count())
            self.combo.addItem(rule_words(rule), name)
        self._enable()

    def _has_own_row(self) -> bool:
        return any(self.combo.itemData(at) in self._own for at in range(self.combo.count()))

    def _enable(self) -> None:
        self.more.setEnabled(self.name() in self._own)

    @Slot()
    def _activated(self) -> None:
        self._wanted = self.name()
        for at in range(self.combo.count()):
            name = self.combo.itemData(at)
            if name:
                self.combo.setItemText(at, rule_words(self._rules[name]))
        self._enable()
        self.chosen.emit(self.rule())

    @Slot()
    def _save(self) -> None:
        suggested = self.name() if self.name() in self._own else ""
        name, accepted = QInputDialog.getText(
            self,
            self.tr("Save this rule"),
            self.tr("Name"),
            text=suggested,
            inputMethodHints=Qt.InputMethodHint.ImhNone,
        )
        if accepted and name.strip():
            self.save_as(name.strip())

    def save_as(self, name: str) -> None:
        """Keep what is shown under this name."""
        self._wanted = name
        self.saveWanted.emit(name)

    @Slot()
    def _rename(self) -> None:
        name = self.name()
        other, accepted = QInputDialog.getText(self, self.tr("Rename this rule"), self.tr("Name"), text=name)
        if accepted and other.strip() and other.strip() != name:
            self._wanted = other.strip()
            self.renameWanted.emit(name, other.strip())

    @Slot()
    def _delete(self) -> None:
        self._wanted = ""
        self.deleteWanted.emit(self.name())
