"""Grouping off the GUI thread: the newest request wins, and a slider never means a rescan."""

import time
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from twinlens.domain.group import GroupQuery
from twinlens.domain.relation import PhotoClass
from twinlens.domain.settings import SIMILARITY, TIME_GAP
from twinlens.gui.desks.arrangements import Arrangements
from twinlens.gui.desks.choices_desk import ChoicesDesk
from twinlens.gui.desks.histogram_desk import HistogramDesk
from twinlens.gui.jobs import Task
from twinlens.gui.thumbnails.runner import Runner
from twinlens.library.open import Library

if TYPE_CHECKING:
    from twinlens.domain.arrangement import Arrangement
    from twinlens.review.data import ReviewData
    from twinlens.review.duplicates import GroupList

GROUPED = (
    PhotoClass.IDENTICAL_FILE,
    PhotoClass.IDENTICAL_PIXELS,
    PhotoClass.SAME_SHOT,
    PhotoClass.EDITED,
    PhotoClass.BURST,
)
SHORTEST_PAUSE_MS = 700  # between two refreshes while a scan feeds the library
REST_FACTOR = 9  # ... and longer where a refresh takes long: a tenth of one core at most, the scan needs the rest


class _Answer(Struct, frozen=True):
    is_reading: bool  # whether the catalog was asked
    data: "ReviewData"
    groups: "dict[PhotoClass, GroupList]"
    shown: "dict[PhotoClass, GroupList]"
    duration_ms: float


class GroupDesk(QObject):
    """Holds the groups of every class as last computed, and those of them that are shown, in their order."""

    changed = Signal(object)  # list of the classes that were grouped or arranged again
    loaded = Signal()  # the catalog was asked; where no photo has changed, ``data.photos`` is the same object
    failed = Signal(str)

    def __init__(
        self,
        library: Library,
        runner: Runner,
        arrangements: Arrangements,
        parent: QObject | None = None,
        *,
        aside: Runner | None = None,
    ) -> None:
        """``aside``: where histograms are counted, so that no slider waits for the one of its last step."""
        super().__init__(parent)
        self._library = library
        self.arrangements = arrangements
        self.choices, self.histograms = ChoicesDesk(runner, self), HistogramDesk(aside or runner, self)
        for desk in (self.choices, self.histograms):
            desk.failed.connect(self.failed)
        self._queries = _from_settings(library)
        self._data: ReviewData | None = None
        self._groups: dict[PhotoClass, GroupList] = {}
        self._shown: dict[PhotoClass, GroupList] = {}
        self._stale: set[PhotoClass] = set()
        self._unarranged: set[PhotoClass] = set()
        self._reload = False
        self._busy = False
        self._task = Task(runner, self)
        self._task.done.connect(self._grouped)
        self._task.failed.connect(self._fail)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._begin)

    @property
    def data(self) -> "ReviewData | None":
        """The photos and relations that the groups were made from; None before they were first read."""
        return self._data

    def groups(self, photo_class: PhotoClass) -> "GroupList | None":
        """The groups of a class; None before they were first made."""
        return self._groups.get(photo_class)

    def shown(self, photo_class: PhotoClass) -> "GroupList | None":
        """Those of a class that are shown, in their order; None before they were first made."""
        return self._shown.get(photo_class)

    def all_groups(self) -> "list[GroupList]":
        """The groups of every class, strongest class first."""
        return [self._groups[kind] for kind in GROUPED if kind in self._groups]

    def query(self, photo_class: PhotoClass) -> GroupQuery:
        """How a class is grouped at the moment."""
        return self._queries[photo_class]

    def usual(self, photo_class: PhotoClass) -> GroupQuery:
        """How the settings would have a class grouped."""
        return _from_settings(self._library)[photo_class]

    def begin_with(self, query: GroupQuery) -> None:
        """Group a class so as soon as it is grouped."""
        self._queries[query.photo_class] = query

    @Slot(object)
    def regroup(self, query: GroupQuery) -> None:
        """Group one class by other sliders, from memory."""
        self._queries[query.photo_class] = query
        self._stale.add(query.photo_class)
        if self._data is None:
            self._reload = True
        self._rest.stop()
        self._begin()

    def arrange(self, photo_class: PhotoClass, arrangement: "Arrangement") -> None:
        """Show a class, and those that share its order and filter, so."""
        self._unarranged.update(self.arrangements.set(photo_class, arrangement))
        self._begin()

    @Slot()
    def follow_marks(self) -> None:
        """Marks have changed: where only undecided groups are shown, some may go or come back."""
        self._unarranged.update(self.arrangements.follow_marks())
        self._begin()

    def use_defaults(self) -> None:
        """Put all sliders to what the settings say."""
        self._queries = _from_settings(self._library)
        self._stale.update(GROUPED)
        self._begin()

    @Slot()
    def refresh(self) -> None:
        """Photos or relations changed: read them again. While a scan runs this happens once in a while."""
        self._reload = True
        if not self._busy and not self._rest.isActive():
            self._begin()

    @Slot()
    def refresh_now(self) -> None:
        """Read again at once, as after a decision."""
        self._reload = True
        self._rest.stop()
        self._begin()

    def shutdown(self) -> None:
        """Ask for nothing more."""
        self._rest.stop()
        self._stale.clear()
        self._unarranged.clear()
        self._reload = False

    @Slot()
    def _begin(self) -> None:
        if self._busy or not (self._reload or self._stale or (self._unarranged and self._groups)):
            return
        before, is_reading = self._data, self._reload or self._data is None
        kinds = GROUPED if self._reload else tuple(kind for kind in GROUPED if kind in self._stale)
        queries = [self._queries[kind] for kind in kinds]
        stale, known = frozenset(self._stale), dict(self._groups)
        unarranged, arrange = frozenset(self._unarranged), self.arrangements.arranging()
        self._busy, self._reload = True, False
        self._stale.clear()
        self._unarranged.clear()
        library = self._library

        def work() -> _Answer:
            from twinlens.review.data import follow_review_data
            from twinlens.review.duplicates import find_groups

            began = time.perf_counter()
            data = before
            if data is None or is_reading:
                data = follow_review_data(library.catalog(), before)
            moved = _moved(before, data)
            wanted = [query for query in queries if query.photo_class in stale | moved]
            groups = {query.photo_class: find_groups(data, query).prepare() for query in wanted}
            present = known | groups
            shown = {
                kind: arrange(present[kind]) for kind in GROUPED if kind in groups or kind in unarranged & set(present)
            }
            return _Answer(is_reading, data, groups, shown, (time.perf_counter() - began) * 1000)

        self._task.run(work)

    @Slot(object)
    def _grouped(self, answer: _Answer) -> None:
        self._busy = False
        self._data = answer.data
        self._groups.update(answer.groups)
        self._shown.update(answer.shown)
        if answer.is_reading:
            self.loaded.emit()
        if answer.shown:
            self.changed.emit(list(answer.shown))
        if self._stale or self._unarranged:
            self._begin()
        elif answer.is_reading:
            self._rest.start(max(SHORTEST_PAUSE_MS, round(answer.duration_ms * REST_FACTOR)))

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._busy = False
        self.failed.emit(sentence)


def _moved(before: "ReviewData | None", data: "ReviewData") -> frozenset[PhotoClass]:
    """The classes whose groups may be others now: none of the same state, bursts alone where frames were measured."""
    if data is before:
        return frozenset()
    if before is not None and data.ground is before.ground:
        return frozenset({PhotoClass.BURST})
    return frozenset(GROUPED)


def _from_settings(library: Library) -> dict[PhotoClass, GroupQuery]:
    similarity = library.preferences.number(SIMILARITY)
    time_gap_s = library.preferences.number(TIME_GAP)
    return {kind: GroupQuery(kind, similarity, time_gap_s) for kind in GROUPED}
