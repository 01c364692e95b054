"""The vectors of the library, searchable: exact while they are few, a graph once they are many."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from twinlens.catalog.database import Catalog
from twinlens.domain.errors import LibraryUnusable
from twinlens.domain.fingerprint import Float32Array, Int64Array, ModelIdentity
from twinlens.domain.ports import VectorIndex

if TYPE_CHECKING:
    from twinlens.index.hnsw import HnswIndex
    from twinlens.index.snapshot import IndexStamp

logger = logging.getLogger(__name__)

EXACT_LIMIT = 4_000  # below, one matrix product is as quick as a graph and never misses a neighbour
BLOCK = 1_024  # vectors read at once while a graph is built: never all of them beside the exact index
CHUNK = 64  # vectors added while the lock is held: a search waits for one chunk at most


class VectorShelf:
    """The nearest neighbours among the photos of a library, safe to use from several threads.

    Loaded on first use: from the snapshot where its stamp fits the catalog, otherwise from the stored embeddings. Whoever
    saves or removes embeddings in the catalog tells the shelf afterwards, by ``add`` and ``remove``.

    Two locks: ``_writing`` is held by the one who changes the shelf for as long as that takes; ``_reading`` guards the
    index itself and is held for short pieces, so that a search does not wait for a scan. Whoever takes both takes
    ``_writing`` first.
    """

    def __init__(self, folder: Path, catalog: Callable[[], Catalog], *, read_only: bool = False) -> None:
        self._folder = folder
        self._catalog = catalog
        self._read_only = read_only
        self._writing = threading.RLock()
        self._reading = threading.Lock()
        self._model: ModelIdentity | None = None
        self._index: VectorIndex | None = None
        self._loaded_change = -1  # the catalog's counter when the index was loaded
        self._saved_change: int | None = None  # ... and when it was last known to be on disk

    def use_model(self, identity: ModelIdentity) -> None:
        """Say which network's vectors this is about; another one than before empties the shelf until its next use."""
        with self._writing, self._reading:
            if self._model != identity:
                self._model = identity
                self._index = None
                self._saved_change = None

    @property
    def model(self) -> ModelIdentity | None:
        """The network in use."""
        return self._model

    def __len__(self) -> int:
        index = self._loaded()
        with self._reading:
            return len(index)

    def add(self, photo_ids: Int64Array, vectors: Float32Array) -> None:
        """Add or replace vectors, float32 [n, d], L2-normalised, already saved in the catalog."""
        with self._writing:
            index = self._loaded()
            for start in range(0, len(photo_ids), CHUNK):
                with self._reading:
                    index.add(photo_ids[start : start + CHUNK], vectors[start : start + CHUNK])
            if len(index) >= EXACT_LIMIT:
                self._grow()

    def remove(self, photo_ids: Int64Array) -> None:
        """Forget photos that have left the catalog; those that are not here are passed over."""
        with self._writing:
            index = self._loaded()
            with self._reading:
                index.remove(photo_ids)

    def search(self, vectors: Float32Array, limit: int) -> tuple[Int64Array, Float32Array]:
        """The ``limit`` best for each of q vectors: ids int64 [q, k] and cosines float32 [q, k], best first."""
        if self._read_only:
            self._reload_if_changed()
        self._loaded()
        with self._reading:
            index = self._index
            if index is not None:
                if len(index) == 0:
                    return np.empty((len(vectors), 0), np.int64), np.empty((len(vectors), 0), np.float32)
                return index.search(vectors, limit)
        return self.search(vectors, limit)  # emptied between loading and looking: the other process wrote again

    def save(self, *, grow: bool = True) -> None:
        """Write the snapshot if the shelf was loaded, is large, and has changed; read-only it does nothing.

        A shelf that is still exact is made a graph first, which takes minutes for 100,000 photos; not so without ``grow``.
        """
        with self._writing:
            model, index = self._model, self._index
            if model is None or index is None or self._read_only:
                return
            catalog = self._catalog()
            if len(index) != catalog.fingerprints.embedding_count(model.sha256):
                logger.info("the index in %s does not agree with the catalog and is made again", self._folder)
                self._index = None
                index = self._loaded()
            change = catalog.change
            if len(index) < EXACT_LIMIT or change == self._saved_change:
                return
            if not grow and not self._is_graph():
                return
            from twinlens.index.snapshot import IndexStamp

            self._write(self._grow(), IndexStamp(model.sha256, model.dimension, len(index), change))
            self._saved_change = change

    def _write(self, graph: "HnswIndex", stamp: "IndexStamp") -> None:
        from twinlens.index.snapshot import save_index

        try:
            with self._reading:
                save_index(graph, self._folder, stamp)
        except OSError as error:
            raise LibraryUnusable(f"The index in {self._folder} cannot be written: {error.strerror}.") from error

    def _loaded(self) -> VectorIndex:
        index = self._index
        if index is not None:
            return index
        with self._writing:
            if self._index is None:
                loaded = self._load()
                with self._reading:
                    self._index = loaded
            return self._index

    def _load(self) -> VectorIndex:
        from twinlens.index.exact import ExactIndex

        model = self._require_model()
        catalog = self._catalog()
        self._loaded_change = catalog.change
        count = catalog.fingerprints.embedding_count(model.sha256)
        if count >= EXACT_LIMIT:
            from twinlens.index.snapshot import IndexStamp, load_index

            stamp = IndexStamp(model.sha256, model.dimension, count, self._loaded_change)
            snapshot = load_index(self._folder, stamp)
            if snapshot is not None:
                self._saved_change = self._loaded_change
                return snapshot
            logger.info("no index in %s that fits: searching exactly until it is made again", self._folder)
        exact = ExactIndex(model.dimension)
        ids, vectors = catalog.fingerprints.embeddings(model.sha256)
        if len(ids):
            exact.add(ids, vectors)
        return exact

    def _is_graph(self) -> bool:
        from twinlens.index.hnsw import HnswIndex

        return isinstance(self._index, HnswIndex)

    def _grow(self) -> "HnswIndex":
        """Exchange the exact index for a graph, which is built aside while the exact one goes on answering."""
        from twinlens.index.hnsw import HnswIndex

        if isinstance(self._index, HnswIndex):
            return self._index
        model = self._require_model()
        fingerprints = self._catalog().fingerprints
        ids = fingerprints.embedding_ids(model.sha256)
        graph = HnswIndex(model.dimension, capacity=max(1024, 2 * len(ids)))
        for start in range(0, len(ids), BLOCK):
            graph.add(*fingerprints.embeddings_of(ids[start : start + BLOCK].tolist(), model.sha256))
        with self._reading:
            self._index = graph
        return graph

    def _reload_if_changed(self) -> None:
        """Another process may be scanning into the library that this one only reads."""
        if self._index is not None and self._catalog().change != self._loaded_change:
            with self._writing, self._reading:
                self._index = None

    def _require_model(self) -> ModelIdentity:
        if self._model is None:
            raise RuntimeError("the shelf of vectors was not told which network they are of: call use_model first")
        return self._model
