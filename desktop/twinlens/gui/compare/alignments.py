"""How photos lie over each other, worked out off the GUI thread from their screen pictures, and remembered."""

import logging
from collections import OrderedDict
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from twinlens.gui.jobs import Task
from twinlens.gui.pictures.picture import Picture
from twinlens.gui.pictures.store import Pictures
from twinlens.gui.pictures.want import Want
from twinlens.gui.thumbnails.runner import Runner

if TYPE_CHECKING:
    from twinlens.matching.congruence import Congruence, Sights

log = logging.getLogger(__name__)

WORK_PX = 1200
SIGHTS_KEPT = 48  # of about 1 MB
RESULTS_KEPT = 2000
Pair = tuple[Want, Want]


class _Worker:
    """Lives on the one worker thread: what was found in a picture is kept for its next partner."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[Want, bool], Sights] = OrderedDict()

    def align(self, pair: Pair, first: Picture, second: Picture) -> "tuple[Pair, Congruence | None]":
        from twinlens.matching.congruence import congruence  # loads OpenCV

        one, two = self._sights(pair[0], first), self._sights(pair[1], second)
        found = congruence(one, two)
        if found is None or not found.inliers:
            found = congruence(one, two, self._sights(pair[1], second, mirrored=True))
        return pair, found

    def _sights(self, want: Want, picture: Picture, *, mirrored: bool = False) -> "Sights":
        from twinlens.matching.congruence import sights_of

        key = (want, mirrored)
        if key not in self._known:
            self._known[key] = sights_of(picture.pixels_for(WORK_PX), mirrored=mirrored)
            while len(self._known) > SIGHTS_KEPT:
                self._known.popitem(last=False)
        self._known.move_to_end(key)
        return self._known[key]


class Alignments(QObject):
    """Asked with wants of screen size, the frame's first. Belongs to the GUI thread; one pair at a time is worked out."""

    found = Signal()

    def __init__(self, pictures: Pictures, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._worker = _Worker()
        self._results: OrderedDict[Pair, Congruence | None] = OrderedDict()
        self._wanted: list[Pair] = []
        self._working: Pair | None = None
        self._task = Task(runner, self)
        self._task.done.connect(self._take)
        self._task.failed.connect(self._fail)
        pictures.ready.connect(self._begin)

    def want(self, pairs: Iterable[Pair]) -> None:
        """Work these out, the first first, as soon as their pictures are there; forget what was wanted before."""
        self._wanted = [pair for pair in pairs if pair not in self._results and pair != self._working]
        self._begin()

    def known(self, pair: Pair) -> bool:
        """Whether this pair was looked at."""
        return pair in self._results

    def of(self, pair: Pair) -> "Congruence | None":
        """How the second lies over the first; None where that is not known, or nothing was found."""
        return self._results.get(pair)

    @Slot(object)
    def _begin(self, _want: object = None) -> None:
        if self._working is not None:
            return
        for pair in self._wanted:
            first, second = (self._pictures.best(want) for want in pair)
            if first is not None and second is not None:
                self._wanted.remove(pair)
                self._working = pair
                self._task.run(partial(self._worker.align, pair, first, second))
                return

    @Slot(object)
    def _take(self, answer: "tuple[Pair, Congruence | None]") -> None:
        pair, congruence = answer
        self._results[pair] = congruence
        while len(self._results) > RESULTS_KEPT:
            self._results.popitem(last=False)
        self._working = None
        self.found.emit()
        self._begin()

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        log.info("two photos could not be laid over each other: %s", sentence)
        if self._working is not None:
            self._results[self._working] = None
        self._working = None
        self.found.emit()
        self._begin()
