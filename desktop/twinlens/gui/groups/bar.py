"""The line above the groups: how much there is, and the sliders."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from twinlens.domain.group import Group, GroupQuery
from twinlens.domain.relation import PhotoClass
from twinlens.gui.sliders.similarity import SimilaritySlider
from twinlens.gui.sliders.time_gap import TimeGapSlider
from twinlens.gui.thumbnails.elided_label import ElidedLabel
from twinlens.gui.thumbnails.words import count_words, freed_words, groups_words, photos_words

BAR_HEIGHT_PX = 40
IDENTICAL = (PhotoClass.IDENTICAL_FILE, PhotoClass.IDENTICAL_PIXELS)


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

    def __init__(self, query: GroupQuery, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._query = query
        self._summary = ElidedLabel(self)
        self._summary.setAccessibleName(self.tr("Summary of the groups"))
        self.similarity = SimilaritySlider(self)
        self.time_gap = TimeGapSlider(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(24)
        self.setMinimumHeight(
            BAR_HEIGHT_PX
        )  # the same with and without sliders: the list does not jump between classes
        layout.addWidget(self._summary, 1)
        layout.addWidget(self.time_gap)
        layout.addWidget(self.similarity)
        self.similarity.valueChanged.connect(self._similarity_changed)
        self.time_gap.valueChanged.connect(self._time_gap_changed)
        self.set_query(query)

    def query(self) -> GroupQuery:
        """What is asked for at the moment."""
        return self._query

    def set_query(self, query: GroupQuery) -> None:
        """Show this query without telling anyone. A slider under the hand stays where the hand holds it."""
        self._query = query
        if not self.similarity.slider().isSliderDown():
            self.similarity.set_value(query.similarity)
        if not self.time_gap.slider().isSliderDown():
            self.time_gap.set_value(query.time_gap_s)
        self.similarity.setVisible(query.photo_class not in IDENTICAL)
        self.time_gap.setVisible(query.photo_class is PhotoClass.BURST)

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

    @Slot(float)
    def _similarity_changed(self, value: float) -> None:
        self._query = replace(self._query, similarity=value)
        self.queryChanged.emit(self._query)

    @Slot(float)
    def _time_gap_changed(self, value: float) -> None:
        self._query = replace(self._query, time_gap_s=value)
        self.queryChanged.emit(self._query)
