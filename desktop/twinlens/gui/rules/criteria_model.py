"""The criteria of a rule as rows: their order, which are on, which way round, and how many photos each decides."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel

from twinlens.gui.rules.words import step_words, tr
from twinlens.gui.thumbnails.words import count_words
from twinlens.matching.rules.criteria import CRITERIA
from twinlens.matching.rules.rule import Step

CRITERION_ROLE = int(Qt.ItemDataRole.UserRole) + 1
TURNED_ROLE = CRITERION_ROLE + 1
COUNT_ROLE = CRITERION_ROLE + 2


class CriteriaModel(QStandardItemModel):
    """Every criterion has a row; those that a rule does not ask come last, switched off."""

    edited = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(1)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """These in their order, then the others, off."""
        asked = {step.criterion for step in steps}
        self.removeRows(0, self.rowCount())
        for step in (*steps, *(Step(name, on=False) for name in CRITERIA if name not in asked)):
            item = QStandardItem()
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsDragEnabled
            )
            item.setData(step.criterion, CRITERION_ROLE)
            item.setData(step.turned, TURNED_ROLE)
            item.setCheckState(Qt.CheckState.Checked if step.on else Qt.CheckState.Unchecked)
            item.setData(0, COUNT_ROLE)
            item.setText(step_words(step))
            self.appendRow(item)
        self.say_places()

    def steps(self) -> tuple[Step, ...]:
        """The rows as steps, without those that are off behind the last one that is on."""
        steps = [self.step(row) for row in range(self.rowCount())]
        while steps and not steps[-1].on:
            steps.pop()
        return tuple(steps)

    def row_of(self, criterion: str) -> int:
        """Where a criterion stands."""
        return next(row for row in range(self.rowCount()) if self.item(row).data(CRITERION_ROLE) == criterion)

    def step(self, row: int) -> Step:
        """One row as a step."""
        item = self.item(row)
        on = item.checkState() is Qt.CheckState.Checked
        return Step(str(item.data(CRITERION_ROLE)), bool(item.data(TURNED_ROLE)), on)

    def turn(self, row: int) -> bool:
        """The other way round, where there is one; whether there is."""
        step = self.step(row)
        if not step.asked.has_direction:
            return False
        item = self.item(row)
        item.setData(not step.turned, TURNED_ROLE)
        item.setText(step_words(self.step(row)))
        self.say_places()
        self.edited.emit()
        return True

    def switch(self, row: int) -> None:
        """On or off."""
        item = self.item(row)
        is_on = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked)
        self.say_places()
        self.edited.emit()

    def move(self, row: int, to: int) -> bool:
        """Put a row elsewhere; whether it moved."""
        if not (0 <= to < self.rowCount() and 0 <= row < self.rowCount() and to != row):
            return False
        self.insertRow(to, self.takeRow(row))
        self.say_places()
        return True

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many of the photos that go each criterion put behind."""
        for row in range(self.rowCount()):
            item = self.item(row)
            count = counts.get(str(item.data(CRITERION_ROLE)), 0)
            if item.data(COUNT_ROLE) != count:
                item.setData(count, COUNT_ROLE)
        self.say_places()

    def say_places(self) -> None:
        """What a screen reader says of each row."""
        total = self.rowCount()
        for row in range(total):
            item, step = self.item(row), self.step(row)
            count = int(item.data(COUNT_ROLE) or 0)
            parts = [item.text(), tr("on") if step.on else tr("off"), tr("{} of {}").format(row + 1, total)]
            if count:
                parts.append(tr("decides {} photos").format(count_words(count)))
            if step.asked.has_direction:
                parts.append(tr("can be turned round"))
            spoken = ", ".join(parts)
            if item.data(Qt.ItemDataRole.AccessibleTextRole) != spoken:
                item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
