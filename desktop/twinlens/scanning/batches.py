"""Writing what was studied: a transaction a batch, thumbnails with it, vectors after it."""

import time
from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace

from twinlens.domain.events import PhotosCatalogued, ProblemFound
from twinlens.domain.photo import PhotoId, Volume
from twinlens.domain.picture import PhotoRecord
from twinlens.domain.ports import Emit, as_ids
from twinlens.library.open import Library
from twinlens.scanning.study import Studied
from twinlens.scanning.survey import forget

FULL_BATCH = 64
FIRST_BATCH = 8  # the first thumbnails are on screen before a whole batch is done
LONGEST_WAIT_S = 1.0


class Batches:
    """Collects studied files and writes them when there are enough or when the first of them has waited long enough."""

    def __init__(self, library: Library, model_sha256: str | None, emit: Emit) -> None:
        self._library = library
        self._model_sha256 = model_sha256
        self._emit = emit
        self._records: list[PhotoRecord] = []
        self._paths: list[str] = []
        self._size = FIRST_BATCH
        self._since_s = time.monotonic()

    @property
    def unwritten(self) -> Sequence[PhotoRecord]:
        """What is collected and not in the catalog yet."""
        return self._records

    def take(self, studied: Studied) -> list[PhotoId]:
        """Add one; returns the photos written, none while the batch goes on. A problem is written at once."""
        if studied.record is not None:
            self._records.append(with_lasting_stamp(studied.record, studied.file.volume))
            self._paths.append(studied.file.path)
        elif studied.error is not None:
            self._note_problem(studied, studied.error)
        if len(self._records) >= self._size or time.monotonic() - self._since_s >= LONGEST_WAIT_S:
            return self.flush()
        return []

    def flush(self) -> list[PhotoId]:
        """Write what there is; returns the photos written."""
        records, self._records = self._records, []
        paths, self._paths = self._paths, []
        self._since_s = time.monotonic()
        if not records:
            return []
        self._size = FULL_BATCH
        catalog = self._library.catalog()
        with catalog.transaction():
            ids = catalog.photos.save(records, self._model_sha256)
            # Inside the transaction: a photo in the catalog always has its thumbnail, whenever the power fails.
            thumbnails = [(photo_id, record.thumbnail) for photo_id, record in zip(ids, records, strict=True)]
            self._library.thumbnails.put_many(thumbnails)
        self._add_vectors(ids, records)
        self._emit(PhotosCatalogued(tuple(ids), tuple(paths)))
        return ids

    def _add_vectors(self, ids: list[PhotoId], records: list[PhotoRecord]) -> None:
        with_vector = [(i, r.embedding) for i, r in zip(ids, records, strict=True) if r.embedding is not None]
        if not with_vector:
            return
        # Rounded as the catalog stores them, so that equal pictures have equal vectors whenever they were studied.
        vectors = np.stack([vector for _, vector in with_vector]).astype(np.float16).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        self._library.vectors.add(as_ids([photo_id for photo_id, _ in with_vector]), vectors)

    def _note_problem(self, studied: Studied, error: str) -> None:
        file, catalog = studied.file, self._library.catalog()
        gone: list[PhotoId] = []
        with catalog.transaction():
            known = catalog.photos.by_path(file.path)
            if known is not None and studied.lasts:
                # Readable once, not any more: it must not be offered or kept as what it was.
                gone = [known.id]
                catalog.photos.remove(gone)
            stamp = file.stamp if studied.lasts else None
            catalog.problems.replace(file.path, error, stamp, file.volume.id, file.relative_path)
        forget(self._library, gone, self._emit)
        self._emit(ProblemFound(file.path, error))


def with_lasting_stamp(record: PhotoRecord, volume: Volume) -> PhotoRecord:
    """The record with a stamp that will compare equal while the file stays the same."""
    if volume.inodes_last:
        return record
    return replace(record, stamp=replace(record.stamp, inode=0))
