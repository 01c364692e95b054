"""Matching new photos with the library: candidates, verification, pixel hashes, closure, bursts."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from twinlens.domain.columns import FingerprintColumns
from twinlens.domain.events import RelationsChanged, Stage
from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.domain.photo import PhotoId
from twinlens.domain.ports import Emit, JobControl, as_ids
from twinlens.imaging.bounds import DecodeBounds
from twinlens.library.open import Library
from twinlens.scanning.beside import Beside
from twinlens.scanning.bursts import Bursts
from twinlens.scanning.copies import CopyNeighbours
from twinlens.scanning.courtesy import Courtesy
from twinlens.scanning.gaps import close_gaps, has_gaps, note_gaps
from twinlens.scanning.kept_rows import KeptPrints
from twinlens.scanning.progress import Progress
from twinlens.scanning.traces import look_for_traces
from twinlens.scanning.waves import Waves

if TYPE_CHECKING:
    from twinlens.matching.candidates import Candidate
    from twinlens.scanning.pixels import PixelHashes
    from twinlens.scanning.verification import Verification

NEIGHBOURS = 48  # as many as one photo may have edited copies; they are verified in waves
SHORTEST_PAUSE_S = 1.5
PAUSE_FACTOR = 1.0  # matching takes at most half of the time while photos are still being studied
FIRST_ROUND = 8  # with the first photos that are written comes the first chance of a group
BLOCK = 256


class Matcher:
    """Holds the new photos that are not matched yet and matches them in rounds, so that groups appear during a scan."""

    def __init__(
        self,
        library: Library,
        model_sha256: str | None,
        bounds: DecodeBounds,
        threads: int,
        emit: Emit,
        progress: Progress,
        courtesy: Courtesy,
    ) -> None:
        self._library = library
        self._model_sha256 = model_sha256
        self._emit = emit
        self._progress = progress
        self._bounds = bounds
        self._threads = threads
        self._courtesy = courtesy
        self.sparing = False
        """Whether one thread must do, because the study needs the others."""
        self._waiting: list[PhotoId] = library.catalog().unmatched.ids()
        self._prints = KeptPrints()
        self._copies = CopyNeighbours(library, model_sha256)
        self._bursts = Bursts(library)
        self._last_end_s = time.monotonic()
        self._pause_s = 0.0

    @cached_property
    def _verification(self) -> "Verification":
        from twinlens.scanning.verification import Verification  # not for a scan that finds nothing new

        return Verification(self._library, self._bounds, self._threads, self._courtesy)

    @cached_property
    def _pixels(self) -> "PixelHashes":
        from twinlens.scanning.pixels import PixelHashes

        return PixelHashes(self._library, self._bounds, self._threads)

    def take(self, photo_ids: list[PhotoId]) -> None:
        """Remember newly studied photos."""
        self._waiting.extend(photo_ids)

    @property
    def is_due(self) -> bool:
        """Whether a round now is worth its time."""
        return len(self._waiting) >= FIRST_ROUND and time.monotonic() - self._last_end_s >= self._pause_s

    @property
    def waiting(self) -> int:
        """How many photos wait to be matched."""
        return len(self._waiting)

    def round(self, control: JobControl) -> bool:
        """Match all that wait; False when told to stop: what was not finished is matched by the next scan.

        While the processes look at the pairs of one block, the pairs of the next are found, and the bursts of the last.
        """
        if not self._waiting:
            return True
        start = time.monotonic()
        new, self._waiting = self._waiting, []
        with self._progress.timed(Stage.MATCH):
            finished = self._match(new, control)
        self._last_end_s = time.monotonic()
        self._pause_s = max(SHORTEST_PAUSE_S, PAUSE_FACTOR * (self._last_end_s - start))
        return finished

    def _match(self, new: list[PhotoId], control: JobControl) -> bool:
        columns = self._prints.columns(self._library.catalog(), new)
        blocks = [new[at : at + BLOCK] for at in range(0, len(new), BLOCK)]
        end_last: Callable[[], None] = _nothing
        with Beside(self._library, lazy=self._one_thread) as beside:
            proposed = beside.begin(partial(self._proposed, blocks[0], columns))
            for number, block in enumerate(blocks):
                found = proposed()
                beside.lazy = self._one_thread
                if number + 1 < len(blocks):
                    proposed = beside.begin(partial(self._proposed, blocks[number + 1], columns))
                added = self._verify(block, found, control)
                if added:
                    self._emit(RelationsChanged(added))
                end_last()
                if not control.proceed():
                    self._waiting = [*chain.from_iterable(blocks[number:]), *self._waiting]
                    return False
                end_last = partial(self._end, block, beside.begin(partial(self._in_bursts, block)))
                if beside.lazy:
                    end_last()
                    end_last = _nothing
            end_last()
        return True

    @property
    def _one_thread(self) -> bool:
        return self.sparing or self._threads == 1

    def _in_bursts(self, block: list[PhotoId]) -> int:
        return self._bursts.store(self._library.catalog(), as_ids(block), self._model_sha256)

    def _end(self, block: list[PhotoId], in_bursts: Callable[[], int]) -> None:
        """These photos are matched, now that their bursts are known."""
        tied = in_bursts()
        if tied:
            self._emit(RelationsChanged(tied))
        catalog = self._library.catalog()
        with catalog.transaction():
            catalog.unmatched.remove(block)
            note_gaps(catalog)
        self._progress.advance(Stage.MATCH, len(block))

    def close_gaps(self, control: JobControl) -> bool:
        """Make stars of the groups, if anything happened to them since that was last done; False when told to stop."""
        catalog = self._library.catalog()
        if has_gaps(catalog):
            with self._progress.timed(Stage.MATCH):
                columns = catalog.columns()
                look_for_traces(self._library, columns, self._bounds, self._threads, control)
            close_gaps(catalog, columns, self._verification, control, self._emit, self._progress)
        return control.proceed()

    def _proposed(self, block: list[PhotoId], columns: FingerprintColumns) -> "list[Candidate]":
        """The pairs of these photos that are worth verifying."""
        from twinlens.matching.candidates import COPY_FLOOR, COSINE_FLOOR, candidates, near_pairs

        new_ids = as_ids(block)
        with ThreadPoolExecutor(1, thread_name_prefix="twinlens-hashes") as beside:  # either takes as long as the other
            near = None if self._one_thread else beside.submit(near_pairs, new_ids, columns)
            copies = self._copies.neighbours(new_ids, NEIGHBOURS + 1)
            neighbours = self._neighbours(new_ids) if copies is None else copies
            floor = COSINE_FLOOR if copies is None else COPY_FLOOR
            return candidates(new_ids, columns, neighbours, floor, None if near is None else near.result())

    def _verify(self, block: list[PhotoId], found: "list[Candidate]", control: JobControl) -> int:
        waves = Waves(found, block)
        added = 0
        self._verification.threads = self._pixels.threads = 1 if self.sparing else self._threads
        for wave in waves:
            for stored in self._verification.store(wave, control):
                waves.found(stored)
                added += len(stored)
        return added + self._pixels.complete(self._verification.same_pixels_likely(found), control)

    def _neighbours(self, new_ids: Int64Array) -> tuple[Int64Array, Float32Array] | None:
        """The nearest neighbours [n, k] of the new photos; photos without a vector have none at all."""
        from twinlens.matching.candidates import COSINE_FLOOR

        if self._model_sha256 is None:
            return None
        ids, vectors = self._library.catalog().fingerprints.embeddings_of(new_ids.tolist(), self._model_sha256)
        neighbour_ids, cosines = (
            self._library.vectors.search(vectors, NEIGHBOURS + 1, COSINE_FLOOR) if len(ids) else (None, None)
        )
        if neighbour_ids is None or cosines is None:
            return None
        all_ids = np.full((len(new_ids), neighbour_ids.shape[1]), -1, np.int64)
        all_cosines = np.full(all_ids.shape, -1.0, np.float32)
        row_of = {photo_id: row for row, photo_id in enumerate(new_ids.tolist())}
        rows = [row_of[photo_id] for photo_id in ids.tolist()]
        all_ids[rows], all_cosines[rows] = neighbour_ids, cosines
        return all_ids, all_cosines


def _nothing() -> None:
    """Of a block that has ended, nothing is left to end."""
