"""The snapshot of the index on disk, and by how much the index has left it behind."""

from pathlib import Path
from typing import TYPE_CHECKING

from twinlens.domain.errors import LibraryUnusable
from twinlens.domain.fingerprint import Float32Array, Int64Array, ModelIdentity
from twinlens.domain.ports import VectorIndex
from twinlens.index.projected import ProjectedIndex, VectorSource

if TYPE_CHECKING:
    from twinlens.index.snapshot import IndexStamp

BLOCK = 1_024  # full vectors read at once
LAG = 100  # it is written anew when it lacks, or has too many, more than one photo in so many


class IndexOnDisk:
    """Knows what is written, because whatever changes the index goes through here. One thread at a time uses it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._change: int | None = None  # the catalog's counter when the index was last known to be on disk
        self._apart: set[int] = set()  # the photos that came or went since then

    def is_of(self, change: int) -> bool:
        """Whether the index was written when the catalog's counter stood there."""
        return self._change == change

    def forget(self) -> None:
        """The index is another one: what is written is of no use for it."""
        self._change = None
        self._apart.clear()

    def put(self, index: VectorIndex, photo_ids: Int64Array, vectors: Float32Array) -> None:
        """Add to the index, or exchange there."""
        if self._change is not None:
            self._apart ^= {photo_id for photo_id in photo_ids.tolist() if photo_id not in index}
        index.add(photo_ids, vectors)

    def take_out(self, index: VectorIndex, photo_ids: Int64Array) -> None:
        """Remove from the index."""
        if self._change is not None:
            self._apart ^= {photo_id for photo_id in photo_ids.tolist() if photo_id in index}
        index.remove(photo_ids)

    def renew(self, index: VectorIndex, come: Int64Array, gone: Int64Array, source: VectorSource) -> None:
        """Have the vectors of photos that came, and not those of photos that are gone."""
        self.take_out(index, gone)
        for start in range(0, len(come), BLOCK):
            self.put(index, *source(come[start : start + BLOCK]))

    def lags_little(self, index: VectorIndex, change: int) -> bool:
        """Whether who loads it can catch up with the index in no time: a few vectors came or went, and none was exchanged."""
        return self._change is not None and change - self._change == len(self._apart) <= len(index) // LAG

    def write(self, index: ProjectedIndex, model: ModelIdentity, change: int) -> None:
        """Raises LibraryUnusable when it cannot be written."""
        from twinlens.index.snapshot import IndexStamp, is_saved, save_index

        stamp = IndexStamp(model.sha256, model.dimension, len(index), change)
        try:
            if not is_saved(self._folder, stamp):  # by the process that scanned
                save_index(index, self._folder, stamp)
        except OSError as error:
            raise LibraryUnusable(
                f"The index in {self._folder} cannot be written: {error.strerror or error}."
            ) from error
        self._change = change
        self._apart.clear()

    def load(self, model: ModelIdentity, source: VectorSource) -> "tuple[ProjectedIndex, IndexStamp] | None":
        """The index as it was written, and its stamp; None without one."""
        from twinlens.index.snapshot import load_index

        found = load_index(self._folder, model.sha256, model.dimension, source)
        if found is not None:
            self._change = found[1].change
            self._apart.clear()
        return found
