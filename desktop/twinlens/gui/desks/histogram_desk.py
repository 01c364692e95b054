"""The histograms under the sliders, counted on the desk's worker behind the groups that they belong to."""

from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from twinlens.domain.group import GroupQuery, Mark
from twinlens.domain.relation import PhotoClass
from twinlens.gui.newest_task import NewestTask
from twinlens.gui.thumbnails.runner import Runner

if TYPE_CHECKING:
    from collections.abc import Mapping

    from twinlens.review.data import ReviewData
    from twinlens.review.slider_histogram import SliderHistogram


class Question(Struct, frozen=True):
    """``similarity`` and ``time_gap``: the values of the positions of the two sliders. ``removed_scores``: see the journal."""

    data: "ReviewData"
    query: GroupQuery
    similarity: tuple[float, ...]
    time_gap: tuple[float, ...]
    marks: "Mapping[int, Mark]"
    removed_scores: tuple[tuple[PhotoClass, float, int], ...] = ()


class Histograms(Struct, frozen=True):
    """``time_gap``: None in a class that has no such slider."""

    photo_class: PhotoClass
    similarity: "SliderHistogram"
    time_gap: "SliderHistogram | None"


class HistogramDesk(QObject):
    """Answers one question at a time; the newest of those that come meanwhile follows."""

    found = Signal(object)  # Histograms
    failed = Signal(str)

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._task = NewestTask(runner, self)
        self._task.done.connect(self.found)
        self._task.failed.connect(self.failed)

    def ask(self, question: Question) -> None:
        """Count for these sliders."""
        self._task.run(lambda: _answer(question))

    def forget(self) -> None:
        """Nobody waits any more."""
        self._task.forget()


def _answer(question: Question) -> Histograms:
    import numpy as np

    from twinlens.review.slider_histogram import Decided, similarity_histogram, time_gap_histogram

    ids = np.fromiter(question.marks.keys(), np.int64, len(question.marks))
    kept = np.fromiter((mark is Mark.KEEP for mark in question.marks.values()), np.bool_, len(question.marks))
    kind = question.query.photo_class
    removed = [(score, count) for one, score, count in question.removed_scores if one is kind]
    scores, counts = np.array(removed, np.float64).reshape(-1, 2).T
    decided = Decided(ids[kept], ids[~kept], np.repeat(scores, counts.astype(np.int64)))
    positions = np.array(question.similarity), np.array(question.time_gap)
    return Histograms(
        kind,
        similarity_histogram(question.data, question.query, positions[0], decided),
        time_gap_histogram(question.data, positions[1], decided) if kind is PhotoClass.BURST else None,
    )
