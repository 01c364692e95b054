"""The vectors of the library, searchable: all in full while they are few, short projections once they are many."""

import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from twinlens.catalog.database import Catalog
from twinlens.domain.fingerprint import Float32Array, Int64Array, ModelIdentity
from twinlens.domain.photo import PhotoId
from twinlens.domain.ports import VectorIndex, as_ids
from twinlens.index.exact import ExactIndex
from twinlens.index.projected import ProjectedIndex, VectorSource
from twinlens.library.index_on_disk import BLOCK, IndexOnDisk

logger = logging.getLogger(__name__)

EXACT_LIMIT = 4_000  # below, whole vectors cost 20 MB at most
GROWTH = 4  # the projection is learnt again when the library is so many times as large as when it was learnt


class VectorShelf:
    """The nearest neighbours among the photos of a library, safe to use from several threads.

    Loaded on first use: from the snapshot where vectors have only come or gone since, otherwise from the stored embeddings.
    Whoever saves or removes embeddings in the catalog tells the shelf afterwards, by ``add`` and ``remove``.

    ``_writing`` is held by the one who changes or saves the shelf for as long as that takes. Searching takes no lock: an
    index may be searched while it grows, and one that is made anew takes the old one's place when it is ready.
    """

    def __init__(self, folder: Path, catalog: Callable[[], Catalog], *, read_only: bool = False) -> None:
        self._folder = folder
        self._disk = IndexOnDisk(folder)
        self._catalog = catalog
        self._read_only = read_only
        self._writing = threading.RLock()
        self._model: ModelIdentity | None = None
        self._index: VectorIndex | None = None
        self._loaded_change = -1  # the catalog's counter when the index was last known to hold what the catalog does

    def use_model(self, identity: ModelIdentity) -> None:
        """Say which network's vectors this is about; another one than before empties the shelf until its next use."""
        with self._writing:
            if self._model != identity:
                self._model = identity
                self._index = None
                self._disk.forget()

    @property
    def model(self) -> ModelIdentity | None:
        """The network in use."""
        return self._model

    def __len__(self) -> int:
        return len(self._loaded())

    def load(self) -> None:
        """Load it now, while the snapshot serves: for who is about to change what the catalog has."""
        self._loaded()

    def add(self, photo_ids: Int64Array, vectors: Float32Array) -> None:
        """Add or replace vectors, float32 [n, d], L2-normalised, already saved in the catalog."""
        with self._writing:
            index = self._loaded()
            self._disk.put(index, photo_ids, vectors)
            self._make_anew_if_grown(index)

    def remove(self, photo_ids: Int64Array) -> None:
        """Forget photos that have left the catalog; those that are not here are passed over."""
        with self._writing:
            self._disk.take_out(self._loaded(), photo_ids)

    def take_over(self, photo_ids: Sequence[PhotoId]) -> None:
        """The catalog has these photos now, or shows them again: have their vectors here too, if the shelf was loaded."""
        with self._writing:
            model = self._model
            if model is not None and self._index is not None:
                ids, vectors = self._source(model)(as_ids(photo_ids))
                if len(ids):  # a scan without the network gives none
                    self.add(ids, vectors)

    def drop(self, photo_ids: Sequence[PhotoId]) -> None:
        """These photos have left the catalog, or are hidden: forget them here too, if the shelf was loaded."""
        with self._writing:
            if self._index is not None:
                self._disk.take_out(self._index, as_ids(photo_ids))

    def reconcile(self) -> None:
        """Have what the catalog has, whoever wrote it, if the shelf was loaded. Vectors that were exchanged stay."""
        with self._writing:
            model, index = self._model, self._index
            catalog = self._catalog()
            change = catalog.change
            if model is None or index is None or change == self._loaded_change:
                return
            self._disk.renew(index, *self._apart(index), self._source(model))
            self._make_anew_if_grown(index)
            self._loaded_change = change

    def search(self, vectors: Float32Array, limit: int, at_least: float = -1.0) -> tuple[Int64Array, Float32Array]:
        """The ``limit`` best for each of q vectors: ids int64 [q, k] and cosines float32 [q, k], best first.

        Of cosines below ``at_least`` only that is certain.
        """
        if self._read_only:
            self._follow()
        return self._loaded().search(vectors, limit, at_least)

    def save(self) -> None:
        """Write the snapshot if the shelf was loaded, is large, and has changed by more than a little, unless read-only."""
        with self._writing:
            model, index = self._model, self._index
            if model is None or index is None or self._read_only:
                return
            catalog = self._catalog()
            if self._disk.is_of(catalog.change):
                return
            if len(index) != catalog.fingerprints.embedding_count(model.sha256):
                logger.info("the index in %s does not agree with the catalog and is made again", self._folder)
                index = self._index = self._built()
            change = catalog.change
            if isinstance(index, ProjectedIndex) and not self._disk.lags_little(index, change):
                self._disk.write(index, model, change)

    def _loaded(self) -> VectorIndex:
        index = self._index
        if index is not None:
            return index
        with self._writing:
            if self._index is None:
                self._index = self._from_snapshot() or self._built()
            return self._index

    def _from_snapshot(self) -> ProjectedIndex | None:
        model, catalog = self._require_model(), self._catalog()
        change, count = catalog.change, catalog.fingerprints.embedding_count(model.sha256)
        if count < EXACT_LIMIT:
            return None
        found = self._disk.load(model, self._source(model))
        if found is not None:
            index, stamp = found
            self._loaded_change = stamp.change
            if (stamp.change, stamp.count) == (change, count) or self._catch_up(index):
                return index
        logger.info("no index in %s that fits: it is made again", self._folder)
        return None

    def _catch_up(self, index: VectorIndex) -> bool:
        """Have what came and went since the catalog was as the index is; False where more happened than that.

        Each vector that comes, goes or is exchanged moves the counter by one. So it is all if the photos that make the
        difference are as many as the counter has moved.
        """
        catalog = self._catalog()
        change = catalog.change
        come, gone = self._apart(index)
        is_all = len(come) + len(gone) == change - self._loaded_change and catalog.change == change
        if not is_all or len(index) + len(come) - len(gone) >= self._enough_for(index):
            return False
        self._disk.renew(index, come, gone, self._source(self._require_model()))
        self._loaded_change = change
        return True

    def _apart(self, index: VectorIndex) -> tuple[Int64Array, Int64Array]:
        """The photos of which the catalog has a vector and the index has none, and the other way round."""
        stored, here = self._catalog().fingerprints.embedding_ids(self._require_model().sha256), index.ids()
        return np.setdiff1d(stored, here, assume_unique=True), np.setdiff1d(here, stored, assume_unique=True)

    def _make_anew_if_grown(self, index: VectorIndex) -> None:
        if len(index) >= self._enough_for(index):
            self._index = self._built()

    def _built(self) -> VectorIndex:
        """An index of all stored embeddings; earlier ones go on answering until it is ready."""
        from twinlens.index.projection import fair_sample, learn

        model, catalog = self._require_model(), self._catalog()
        self._loaded_change = catalog.change
        self._disk.forget()
        source = self._source(model)
        ids = catalog.fingerprints.embedding_ids(model.sha256)
        if len(ids) < EXACT_LIMIT:
            index: VectorIndex = ExactIndex(model.dimension)
        else:
            index = ProjectedIndex(learn(source(fair_sample(ids))[1], len(ids)), source)
        for start in range(0, len(ids), BLOCK):
            index.add(*source(ids[start : start + BLOCK]))
        return index

    def _enough_for(self, index: VectorIndex) -> int:
        """The size from which on the index is worth making anew."""
        return GROWTH * index.projection.library_size if isinstance(index, ProjectedIndex) else EXACT_LIMIT

    def _source(self, model: ModelIdentity) -> VectorSource:
        def stored(photo_ids: Int64Array) -> tuple[Int64Array, Float32Array]:
            ids = [PhotoId(id_) for id_ in photo_ids.tolist()]
            return self._catalog().fingerprints.embeddings_of(ids, model.sha256)

        return stored

    def _follow(self) -> None:
        """Another process may be scanning into the library that this one only reads: take over what came."""
        index, catalog = self._index, self._catalog()
        if index is None or catalog.change == self._loaded_change:
            return
        with self._writing:
            if index is not self._index:
                return  # another thread has seen to it
            change = catalog.change
            if not self._catch_up(index) and catalog.change == change:
                self._index = None  # some were exchanged, or there are many more: made anew
            # Where it is being written this moment, what is here answers until the next search.

    def _require_model(self) -> ModelIdentity:
        if self._model is None:
            raise RuntimeError("the shelf of vectors was not told which network they are of: call use_model first")
        return self._model
