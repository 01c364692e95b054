"""The chips of all filters in force, in one line; nothing where nothing is filtered."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from twinlens.domain.arrangement import GroupFilter
from twinlens.gui.arranging.chip import Chip
from twinlens.gui.arranging.typing_guard import TypingGuard
from twinlens.gui.arranging.words import FILTER_FIELDS, chip_words
from twinlens.gui.theme.spacing import UNIT_PX, WIDE_PX


class FilterChips(QWidget):
    """Asks for a filter without one of its parts, or without all."""

    cleared = Signal(str)  # a field of FILTER_FIELDS
    allCleared = Signal()

    def __init__(self, guard: TypingGuard, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Filters in force"))
        self.chips = {field: Chip(field, self) for field in FILTER_FIELDS}
        self.clear_all = QPushButton(self.tr("Clear all"), self)
        self.clear_all.setFlat(True)
        self.clear_all.clicked.connect(self.allCleared)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(WIDE_PX, 0, WIDE_PX, UNIT_PX)
        layout.setSpacing(UNIT_PX)
        for chip in self.chips.values():
            layout.addWidget(chip)
            chip.closed.connect(self._closed)
            guard.guard(chip)
        layout.addWidget(self.clear_all)
        layout.addStretch(1)
        guard.guard(self.clear_all)
        self.show_filter(GroupFilter())

    def show_filter(self, wanted: GroupFilter) -> None:
        """A chip for each part that asks for something."""
        words = {field: chip_words(wanted, field) for field in FILTER_FIELDS}
        for field, chip in self.chips.items():
            chip.say(words[field])
        self.clear_all.setVisible(sum(bool(text) for text in words.values()) > 1)
        self.setVisible(any(words.values()))

    def texts(self) -> list[str]:
        """What is shown."""
        return [chip.text() for chip in self.chips.values() if not chip.isHidden()]

    @Slot(str)
    def _closed(self, field: str) -> None:
        self.cleared.emit(field)
