"""The head of the groups: how much there is, live, and the sliders."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from twinlens.domain.group import Group, GroupQuery
from twinlens.domain.relation import PhotoClass
from twinlens.gui.groups.explanations import explanation_words
from twinlens.gui.sliders.similarity import SimilaritySlider
from twinlens.gui.sliders.time_gap import TimeGapSlider
from twinlens.gui.sliders.value_slider import ValueSlider
from twinlens.gui.theme.palettes import quieted
from twinlens.gui.theme.spacing import SECTION_PX, UNIT_PX, WIDE_PX
from twinlens.gui.theme.type_scale import caption, set_in
from twinlens.gui.thumbnails.elided_label import ElidedLabel
from twinlens.gui.thumbnails.words import count_words, file_size_words, freed_words, groups_words, photos_words

BAR_HEIGHT_PX = 64
SUMMARY_WIDTH_PX = 112  # at least
RESTED_MS = 800  # after the last step, a screen reader is told what came of it
COMPARED_MS = 4000  # so long after the last step of a slider it is said what the steps changed
IDENTICAL = (PhotoClass.IDENTICAL_FILE, PhotoClass.IDENTICAL_PIXELS)


class Totals(Struct, frozen=True):
    """What a slide is compared with."""

    groups: int
    size_bytes: int


@runtime_checkable
class KnowsTotals(Protocol):
    """A list of groups that knows its totals without being walked."""

    @property
    def photo_count(self) -> int:
        """Photos in all groups."""
        ...

    @property
    def total_reclaimable_bytes(self) -> int:
        """Bytes that the suggestions would free."""
        ...


@runtime_checkable
class IsPart(Protocol):
    """A list of groups that may be a part of a longer one."""

    @property
    def whole_count(self) -> int:
        """How many groups there are with those that are not shown."""
        ...


class GroupsBar(QWidget):
    """Tells a new query while a slider is dragged. What does not apply to the class is not shown."""

    queryChanged = Signal(object)  # GroupQuery
    counted = Signal(str)  # how much there is now, when the user has slid, sorted or filtered and come to rest

    def __init__(self, query: GroupQuery, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._query = query
        self._summary, self._detail = ElidedLabel(self), ElidedLabel(self)
        self._summary.setMinimumWidth(SUMMARY_WIDTH_PX)
        self._summary.setAccessibleName(self.tr("Summary of the groups"))
        self._detail.setAccessibleName(self.tr("What the slider changes"))
        self._told: Totals | None = None
        self._before: tuple[str, Totals] | None = None  # the slider's words and the totals when a slide began
        self._comparing = QTimer(self)
        self._comparing.setSingleShot(True)
        self._comparing.setInterval(COMPARED_MS)
        self._comparing.timeout.connect(self._end_slide)
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(RESTED_MS)
        self._resting.timeout.connect(self._count)
        self.similarity = SimilaritySlider(self)
        self.time_gap = TimeGapSlider(self)
        self._lay_out()
        self.similarity.valueChanged.connect(self._similarity_changed)
        self.time_gap.valueChanged.connect(self._time_gap_changed)
        self.set_query(query)

    def _lay_out(self) -> None:
        # The same with and without sliders: the list does not jump between classes.
        self.setMinimumHeight(max(BAR_HEIGHT_PX, self.similarity.sizeHint().height() + 2 * UNIT_PX))
        words = QVBoxLayout()
        words.setSpacing(UNIT_PX // 2)
        words.addWidget(self._summary)
        words.addWidget(self._detail)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(WIDE_PX, UNIT_PX, WIDE_PX, UNIT_PX)
        layout.setSpacing(SECTION_PX)
        for widget in (self.time_gap, self.similarity):
            layout.addWidget(widget)
        layout.insertLayout(0, words, 1)
        self._dress()

    def _dress(self) -> None:
        set_in(caption, self._detail)
        self._detail.setPalette(quieted(self.palette()))

    def changeEvent(self, event: QEvent) -> None:
        """Another theme: the second line stays quiet."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_detail"):
            self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words come first: the sliders get what is left beside them."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        sliders = [slider for slider in (self.time_gap, self.similarity) if not slider.isHidden()]
        if not sliders:
            return
        words = max(SUMMARY_WIDTH_PX, *(label.sizeHint().width() for label in (self._summary, self._detail)))
        others = sum(slider.sizeHint().width() - slider.slider().maximumWidth() for slider in sliders)
        room = self.width() - 2 * WIDE_PX - len(sliders) * SECTION_PX - words - others
        for slider in sliders:
            slider.give_room(room // len(sliders))

    def query(self) -> GroupQuery:
        """What is asked for at the moment."""
        return self._query

    def set_query(self, query: GroupQuery) -> None:
        """Show this query without telling anyone. A slider under the hand stays where the hand holds it."""
        if query.photo_class is not self._query.photo_class:
            self._end_slide()
        self._query = query
        if not self.similarity.slider().isSliderDown():
            self.similarity.set_value(query.similarity)
        if not self.time_gap.slider().isSliderDown():
            self.time_gap.set_value(query.time_gap_s)
        self.similarity.setVisible(query.photo_class not in IDENTICAL)
        self.time_gap.setVisible(query.photo_class is PhotoClass.BURST)
        self._share_room()

    def show_totals(self, groups: Sequence[Group]) -> None:
        """Say how many groups there are, and their photos and bytes where the list knows them."""
        parts = [groups_words(len(groups))]
        if isinstance(groups, IsPart) and groups.whole_count > len(groups):
            parts = [self.tr("{} of {}").format(count_words(len(groups)), groups_words(groups.whole_count))]
        if isinstance(groups, KnowsTotals) and len(groups):
            parts.append(photos_words(groups.photo_count))
            if groups.total_reclaimable_bytes:
                parts.append(freed_words(self._query.photo_class, groups.total_reclaimable_bytes))
        self._summary.setText("  ·  ".join(parts))
        self._share_room()
        self._told = Totals(len(groups), groups.total_reclaimable_bytes if isinstance(groups, KnowsTotals) else 0)
        self._say_detail()

    def texts(self) -> tuple[str, str]:
        """What is shown: how much there is, and what the slider changes or what the class means."""
        return self._summary.text(), self._detail.text()

    @Slot()
    def expect_counts(self) -> None:
        """The user asked for other groups, or another order."""
        self._resting.start()

    @Slot()
    def _count(self) -> None:
        self.counted.emit(self._summary.text())

    def _say_detail(self) -> None:
        if self._before is None or self._told is None:
            self._detail.setText(explanation_words(self._query.photo_class))
            return
        value, before = self._before
        groups, size_bytes = self._told.groups - before.groups, self._told.size_bytes - before.size_bytes
        if not groups and not size_bytes:
            self._detail.setText(self.tr("The same as at {}").format(value))
        else:
            words = self.tr("{} groups, {} against {}")
            self._detail.setText(words.format(_signed(groups), _signed_bytes(size_bytes), value))

    def _begin_slide(self, slider: ValueSlider, value: float) -> None:
        """The first step of a slide: what was shown until now is what it is compared with."""
        if self._before is None and self._told is not None:
            self._before = (slider.words(value), self._told)
        self._comparing.start()
        self.expect_counts()

    @Slot()
    def _end_slide(self) -> None:
        if self.similarity.slider().isSliderDown() or self.time_gap.slider().isSliderDown():
            self._comparing.start()
            return
        self._comparing.stop()
        self._before = None
        self._say_detail()

    @Slot(float)
    def _similarity_changed(self, value: float) -> None:
        self._begin_slide(self.similarity, self._query.similarity)
        self._query = replace(self._query, similarity=value)
        self.queryChanged.emit(self._query)

    @Slot(float)
    def _time_gap_changed(self, value: float) -> None:
        self._begin_slide(self.time_gap, self._query.time_gap_s)
        self._query = replace(self._query, time_gap_s=value)
        self.queryChanged.emit(self._query)


def _signed(number: int) -> str:
    return f"+{count_words(number)}" if number > 0 else f"\u2212{count_words(-number)}" if number else "±0"


def _signed_bytes(size_bytes: int) -> str:
    sign = "+" if size_bytes > 0 else "\u2212" if size_bytes else "±"
    return f"{sign}{file_size_words(abs(size_bytes))}"
