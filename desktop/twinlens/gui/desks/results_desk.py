"""The full answer to a query, with a small picture of what was asked; on the worker that answers the side panel too."""

import logging
import time
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from twinlens.domain.errors import TwinlensError
from twinlens.domain.fingerprint import UInt8Array
from twinlens.gui.desks.similar_desk import SimilarDesk
from twinlens.gui.jobs import Task
from twinlens.gui.thumbnails.runner import Runner
from twinlens.library.open import Library

if TYPE_CHECKING:
    from twinlens.review.query import Query
    from twinlens.review.results import ResultRow

log = logging.getLogger(__name__)

MOST = 300
PICTURE_SIDE_PX = 320


class Results(Struct, frozen=True, eq=False):
    """What was found, best first. ``picture``: what was asked about, whole, null where it cannot be shown."""

    number: int
    query: "Query"
    rows: "tuple[ResultRow, ...]"
    picture: QImage
    elapsed_ms: float


class ResultsDesk(QObject):
    """Only the newest query is answered."""

    searching = Signal(object)  # Query
    found = Signal(object)  # Results
    failed = Signal(str)

    def __init__(self, library: Library, similar: SimilarDesk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library, self._similar = library, similar
        self._newest = 0
        self._task = Task(runner, self)
        self._task.done.connect(self._deliver)
        self._task.failed.connect(self._fail)

    def ask(self, query: "Query") -> None:
        """Look for what looks like this, or contains this part of it."""
        self._newest += 1
        number, library, similar = self._newest, self._library, self._similar
        self.searching.emit(query)

        def work() -> Results | None:
            from twinlens.review.results import rows_of

            if number != self._newest:
                return None  # overtaken while it waited
            finder = similar.finder()
            began = time.perf_counter()
            matches = query.ask(finder, MOST)
            elapsed_ms = (time.perf_counter() - began) * 1000
            return Results(number, query, rows_of(library.catalog(), matches), self._picture(query), elapsed_ms)

        self._task.run(work)

    def forget(self) -> None:
        """No answer is wanted any more."""
        self._newest += 1

    def _picture(self, query: "Query") -> QImage:
        """Runs in the worker."""
        from twinlens.imaging.decode import decode_preview

        pixels = query.pixels
        try:
            if query.photo_id is not None:
                pixels = self._library.preview(query.photo_id)
            elif query.path is not None:
                pixels = decode_preview(query.path, PICTURE_SIDE_PX)
        except (TwinlensError, OSError) as error:
            log.info("what was asked about cannot be shown: %s", error)
        return QImage() if pixels is None else _image_of(pixels)

    @Slot(object)
    def _deliver(self, results: Results | None) -> None:
        if results is not None and results.number == self._newest:
            self.found.emit(results)

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self.failed.emit(sentence)


def _image_of(pixels: UInt8Array) -> QImage:
    height, width = pixels.shape[:2]
    whole = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    longest = max(height, width)
    if longest <= PICTURE_SIDE_PX:
        return whole.copy()
    return whole.scaled(width * PICTURE_SIDE_PX // longest or 1, height * PICTURE_SIDE_PX // longest or 1)
