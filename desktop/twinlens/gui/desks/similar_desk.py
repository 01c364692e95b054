"""Lookalikes on a worker of their own, so that they answer during a scan. Only the newest question is answered."""

import logging
import os.path
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from twinlens.domain.errors import TwinlensError
from twinlens.domain.fingerprint import UInt8Array
from twinlens.domain.group import Match
from twinlens.domain.photo import PhotoId
from twinlens.gui.jobs import Task
from twinlens.gui.thumbnails.card_content import printable
from twinlens.gui.thumbnails.runner import Runner
from twinlens.library.open import Library

if TYPE_CHECKING:
    from twinlens.review.query import Query
    from twinlens.review.similar import SimilarFinder

log = logging.getLogger(__name__)

LIMIT = 40


class SimilarAnswer(Struct, frozen=True):
    """The matches of one question, best first."""

    number: int
    label: str
    matches: Sequence[Match]
    elapsed_ms: float


class SimilarDesk(QObject):
    """Asks the library what looks like a photo, a file or a picture."""

    searching = Signal()
    found = Signal(object)  # SimilarAnswer
    failed = Signal(str)

    def __init__(self, library: Library, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._finder: SimilarFinder | None = None
        self._query: Query | None = None
        self._newest = 0
        self._is_warm = False
        self._task = Task(runner, self)
        self._task.done.connect(self._deliver)
        self._task.failed.connect(self._fail)

    @property
    def query(self) -> "Query | None":
        """What was asked last."""
        return self._query

    def to_photo(self, photo_id: int, label: str) -> None:
        """What looks like this photo of the library."""
        from twinlens.review.query import Query

        self.ask(Query(label, photo_id=PhotoId(photo_id)))

    @Slot(str)
    def to_file(self, path: str) -> None:
        """What looks like this file, which need not be in the library."""
        from twinlens.review.query import Query

        self.ask(Query(printable(os.path.basename(path)), path=path))

    @Slot(QImage)
    def to_image(self, image: QImage) -> None:
        """What looks like this picture, as pasted."""
        from twinlens.review.query import Query

        self.ask(Query(self.tr("the pasted picture"), pixels=pixels_of(image)))

    def ask(self, query: "Query") -> None:
        """What looks like this, or contains this part of it."""
        self._query = query
        self._ask(query.label, lambda finder: query.ask(finder, LIMIT))

    def warm_up(self, photo_id: int) -> None:
        """Load what a first question needs before it is asked: the index, the hashes, the code. Once is enough."""
        if self._is_warm:
            return
        self._is_warm = True

        def work() -> None:
            try:
                self.finder().to_photo(PhotoId(photo_id), 1)
            except (KeyError, TwinlensError) as error:
                log.info("nothing to warm up with: %s", error)

        self._task.run(work)

    def prepare_region(self, photo_id: int) -> None:
        """A rectangle is being drawn on this photo: what its answer needs is made ready meanwhile."""

        def work() -> None:
            try:
                self.finder().prepare_region(PhotoId(photo_id))
            except (KeyError, TwinlensError) as error:
                log.info("nothing to prepare: %s", error)

        self._task.run(work)

    def forget(self) -> None:
        """No answer is wanted any more."""
        self._newest += 1

    def _ask(self, label: str, question: "Callable[[SimilarFinder], list[Match]]") -> None:
        self._newest += 1
        number = self._newest
        self.searching.emit()

        def work() -> SimilarAnswer | None:
            if number != self._newest:
                return None  # overtaken while it waited
            finder = self.finder()
            began = time.perf_counter()
            matches = question(finder)
            return SimilarAnswer(number, label, matches, (time.perf_counter() - began) * 1000)

        self._task.run(work)

    def finder(self) -> "SimilarFinder":
        """What answers; made when it is first needed. Called on the worker."""
        if self._finder is None:
            from twinlens.review.similar import SimilarFinder  # loads the index

            self._finder = SimilarFinder(self._library)
        return self._finder

    @Slot(object)
    def _deliver(self, answer: SimilarAnswer | None) -> None:
        if answer is not None and answer.number == self._newest:
            self.found.emit(answer)

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self.failed.emit(sentence)


def pixels_of(image: QImage) -> UInt8Array:
    """The pixels of a Qt image, uint8 RGB [h, w, 3]."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    # A copy in any case: the rows are the image's own memory, which goes with it.
    return np.array(rows[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3), np.uint8, order="C")
