"""The photos that a new one may be a copy of, by their copy vectors."""

from typing import TYPE_CHECKING

import numpy as np

from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.library.open import Library

if TYPE_CHECKING:
    from twinlens.index.exact import ExactIndex

_READ_AT_ONCE = 4_096


class CopyNeighbours:
    """The copy vectors of the library in memory, half a kilobyte a photo: compared with all of them, none estimated.

    Read from the catalog on first use; later only what came since. Photos that have left are not dropped: whoever asks
    knows which are there. Of a network without copy vectors there is nothing, and nothing is asked twice.
    """

    def __init__(self, library: Library, model_sha256: str | None) -> None:
        self._library = library
        self._model_sha256 = model_sha256
        self._index: ExactIndex | None = None
        self._read_up_to = 0

    def neighbours(self, photo_ids: Int64Array, limit: int) -> tuple[Int64Array, Float32Array] | None:
        """Ids [n, k] and cosines [n, k] of the nearest of these photos, -1 and -1.0 for those without a vector.

        None where none of them has one.
        """
        if self._model_sha256 is None:
            return None
        ids, vectors = self._library.catalog().copy_vectors.of_photos(photo_ids.tolist(), self._model_sha256)
        if not len(ids):
            return None
        found, cosines = self._brought_up_to_date(self._model_sha256, vectors.shape[1]).search(vectors, limit)
        all_ids = np.full((len(photo_ids), found.shape[1]), -1, np.int64)
        all_cosines = np.full(all_ids.shape, -1.0, np.float32)
        row_of = {photo_id: row for row, photo_id in enumerate(photo_ids.tolist())}
        rows = [row_of[photo_id] for photo_id in ids.tolist()]
        all_ids[rows], all_cosines[rows] = found, cosines
        return all_ids, all_cosines

    def _brought_up_to_date(self, model_sha256: str, dimension: int) -> "ExactIndex":
        from twinlens.index.exact import ExactIndex

        if self._index is None:
            self._index = ExactIndex(dimension)
        table = self._library.catalog().copy_vectors
        while True:
            self._read_up_to, ids, vectors = table.after(self._read_up_to, model_sha256, _READ_AT_ONCE)
            if not len(ids):
                return self._index
            self._index.add(ids, vectors)
