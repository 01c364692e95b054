"""The fields of the filters, in a line that opens under the order: folder, camera, days."""

from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from twinlens.domain.arrangement import GroupFilter
from twinlens.gui.arranging.choice_box import ChoiceBox
from twinlens.gui.arranging.day_field import DayField
from twinlens.gui.arranging.typing_guard import TypingGuard
from twinlens.gui.arranging.words import folder_words
from twinlens.gui.theme.spacing import UNIT_PX, WIDE_PX
from twinlens.gui.thumbnails.card_content import printable
from twinlens.gui.thumbnails.words import count_words

if TYPE_CHECKING:
    from twinlens.review.filter_choices import FilterChoices

INDENT = "\u2003"


class FilterRow(QWidget):
    """Tells the filter that its fields ask for."""

    changed = Signal(object)  # GroupFilter

    def __init__(self, guard: TypingGuard, parent: QWidget) -> None:
        super().__init__(parent)
        self._wanted = GroupFilter()
        self.folder = ChoiceBox(self.tr("Folder"), self.tr("All folders"), guard, self)
        self.camera = ChoiceBox(self.tr("Camera"), self.tr("All cameras"), guard, self)
        self.first_day = DayField(self.tr("Taken on this day or later"), self.tr("the beginning"), guard, self)
        self.last_day = DayField(self.tr("Taken on this day or earlier"), self.tr("today"), guard, self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(WIDE_PX, 0, WIDE_PX, UNIT_PX)
        layout.setSpacing(UNIT_PX)
        layout.addWidget(self.folder, 2)
        layout.addWidget(self.camera, 1)
        for words, field in ((self.tr("from"), self.first_day), (self.tr("to"), self.last_day)):
            label = QLabel(words, self)
            label.setBuddy(field)
            layout.addWidget(label)
            layout.addWidget(field)
        self.folder.chosen.connect(self._changed)
        self.camera.chosen.connect(self._changed)
        self.first_day.chosen.connect(self._changed)
        self.last_day.chosen.connect(self._changed)

    def show_filter(self, wanted: GroupFilter) -> None:
        """Show this filter without telling anyone."""
        self._wanted = wanted
        self.folder.set_value(wanted.folder, "" if wanted.folder is None else folder_words(wanted.folder))
        self.camera.set_value(wanted.camera, "" if wanted.camera is None else printable(wanted.camera))
        self.first_day.set_value(wanted.first_day)
        self.last_day.set_value(wanted.last_day)

    def show_choices(self, choices: "FilterChoices") -> None:
        """Offer what the groups have."""
        depth = choices.above.rstrip("/").count("/") + 1
        self.folder.set_choices(
            [
                (folder, f"{INDENT * (folder.count('/') - depth)}{folder_words(folder)}  ({count_words(count)})")
                for folder, count in choices.folders
            ]
        )
        self.camera.set_choices(
            [(name, f"{printable(name)}  ({count_words(count)})") for name, count in choices.cameras]
        )
        for field in (self.first_day, self.last_day):
            field.set_range(choices.first_day, choices.last_day)
        self.show_filter(self._wanted)

    @Slot()
    def _changed(self) -> None:
        self._wanted = replace(
            self._wanted,
            folder=self.folder.value(),
            camera=self.camera.value(),
            first_day=self.first_day.value(),
            last_day=self.last_day.value(),
        )
        self.changed.emit(self._wanted)
