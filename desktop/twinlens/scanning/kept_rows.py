"""What matching must know of every photo, kept from round to round instead of being loaded again for each."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinlens.catalog import Catalog
from twinlens.domain.columns import FingerprintColumns
from twinlens.domain.fingerprint import HISTOGRAM_BINS, Int64Array
from twinlens.domain.photo import PhotoId

Records = NDArray[np.void]

_PRINTS = np.dtype([("perceptual", "<u8", (8,)), ("histogram", "<f2", (3 * HISTOGRAM_BINS,))])
_GROWTH = 1.5


class KeptRows:
    """One record a photo, ascending by id, in arrays that grow at their end."""

    def __init__(self, kind: np.dtype[Any]) -> None:
        self._ids = np.empty(0, np.int64)
        self._records: Records = np.empty(0, kind)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def ids(self) -> Int64Array:
        """int64 [n], ascending; valid until the next change."""
        return self._ids[: self._count]

    @property
    def records(self) -> Records:
        """The records in the order of ``ids``; valid until the next change."""
        return self._records[: self._count]

    def merge(self, ids: Int64Array, records: Records) -> None:
        """Add records, ascending by id, or put them in the place of earlier ones."""
        rows = np.searchsorted(self.ids, ids)
        known = np.zeros(len(ids), np.bool_)
        inside = rows < self._count
        known[inside] = self.ids[rows[inside]] == ids[inside]
        self._records[rows[known]] = records[known]
        ids, records = ids[~known], records[~known]
        if not len(ids):
            return
        self._reserve(self._count + len(ids))
        in_between = bool(self._count and ids[0] < self._ids[self._count - 1])
        end = self._count + len(ids)
        self._ids[self._count : end], self._records[self._count : end] = ids, records
        self._count = end
        if in_between:  # photos that have come back: rare
            order = np.argsort(self.ids, kind="stable")
            self._ids[:end], self._records[:end] = self.ids[order], self.records[order]

    def keep(self, ids: Int64Array) -> None:
        """Forget all photos but these."""
        kept = np.isin(self.ids, ids)
        count = int(kept.sum())
        self._ids[:count], self._records[:count] = self.ids[kept], self.records[kept]
        self._count = count

    def _reserve(self, count: int) -> None:
        if count > len(self._ids):
            size = max(count, int(_GROWTH * len(self._ids)))
            ids, records = np.empty(size, np.int64), np.empty(size, self._records.dtype)
            ids[: self._count], records[: self._count] = self.ids, self.records
            self._ids, self._records = ids, records


class KeptPrints:
    """The prefilter fingerprints of all photos: 256 bytes each."""

    def __init__(self) -> None:
        self._rows = KeptRows(_PRINTS)

    def columns(self, catalog: Catalog, new: list[PhotoId]) -> FingerprintColumns:
        """The fingerprints as they are now; ``new`` are photos that came or changed since the last call."""
        prints = catalog.fingerprints
        self._take(prints.columns_of(new) if len(self._rows) else prints.columns())
        if len(self._rows) != prints.count():  # photos went, or came by another way than the scan
            present = prints.ids()
            self._rows.keep(present)
            missing = np.setdiff1d(present, self._rows.ids)
            self._take(prints.columns_of([PhotoId(id_) for id_ in missing.tolist()]))
        records = self._rows.records
        return FingerprintColumns(self._rows.ids, records["perceptual"], records["histogram"])

    def _take(self, columns: FingerprintColumns) -> None:
        records = np.empty(len(columns.photo_id), _PRINTS)
        records["perceptual"], records["histogram"] = columns.perceptual, columns.histogram
        self._rows.merge(columns.photo_id, records)
