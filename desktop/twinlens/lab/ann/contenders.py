"""The indexes that are measured: exact search, our own, and every well-known library that is installed."""

from collections.abc import Callable
from typing import Any

import numpy as np

from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.index.exact import ExactIndex
from twinlens.index.projected import ProjectedIndex
from twinlens.index.projection import fair_sample, learn
from twinlens.lab.ann.contender import Contender
from twinlens.lab.ann.vector_file import VectorFile


class Exact:
    """Every vector in full, compared with every query: the truth."""

    title, package, effort_name, efforts = "exact", "", "", (0,)

    def prepare(self, vectors: VectorFile) -> None:
        """Nothing to learn."""
        self._index = ExactIndex(vectors.dimension)

    def add(self, ids: Int64Array, vectors: Float32Array) -> None:
        """Take these in."""
        self._index.add(ids, vectors)

    def finish(self) -> None:
        """Nothing to do."""

    def search(self, queries: Float32Array, count: int, effort: int) -> Int64Array:
        """By a blocked matrix product."""
        return self._index.search(queries, count)[0]


class Projected:
    """Ours: 256 learnt directions propose, exact cosines of the stored vectors decide."""

    title, package, effort_name, efforts = "Twinlens (projected)", "", "", (0,)

    def prepare(self, vectors: VectorFile) -> None:
        """Learn the directions."""
        sample = vectors.of(fair_sample(np.arange(vectors.count)))[1]
        self._index = ProjectedIndex(learn(sample, vectors.count), vectors.of)

    def add(self, ids: Int64Array, vectors: Float32Array) -> None:
        """Take these in."""
        self._index.add(ids, vectors)

    def finish(self) -> None:
        """Nothing to do."""

    def search(self, queries: Float32Array, count: int, effort: int) -> Int64Array:
        """Full vectors are read from the file, as from the catalog."""
        return self._index.search(queries, count)[0]


class Hnswlib:
    """A navigable graph (Y. Malkov and D. Yashunin, 2016), by its authors."""

    title, package, effort_name, efforts = "hnswlib", "hnswlib", "ef", (20, 40, 80, 160, 320)

    def prepare(self, vectors: VectorFile) -> None:
        """Make the graph."""
        import hnswlib

        self._index: Any = hnswlib.Index(space="ip", dim=vectors.dimension)
        self._index.init_index(vectors.count, M=16, ef_construction=120, random_seed=1)

    def add(self, ids: Int64Array, vectors: Float32Array) -> None:
        """Take these in."""
        self._index.add_items(vectors, ids, num_threads=1)

    def finish(self) -> None:
        """Nothing to do."""

    def search(self, queries: Float32Array, count: int, effort: int) -> Int64Array:
        """Walk the graph."""
        self._index.set_ef(max(effort, count))
        return np.asarray(self._index.knn_query(queries, k=count, num_threads=1)[0], np.int64)


class Usearch:
    """The same graph in another implementation."""

    title, package, effort_name, efforts = "usearch", "usearch", "expansion", (20, 40, 80, 160, 320)

    def prepare(self, vectors: VectorFile) -> None:
        """Make the graph."""
        from usearch.index import Index

        self._index: Any = Index(ndim=vectors.dimension, metric="ip", dtype="f32", connectivity=16, expansion_add=120)

    def add(self, ids: Int64Array, vectors: Float32Array) -> None:
        """Take these in."""
        self._index.add(ids, vectors, threads=1)

    def finish(self) -> None:
        """Nothing to do."""

    def search(self, queries: Float32Array, count: int, effort: int) -> Int64Array:
        """Walk the graph."""
        self._index.expansion_search = max(effort, count)
        found = self._index.search(queries, count, threads=1)
        return np.asarray(found.keys, np.int64).reshape(len(queries), -1)


class Faiss:
    """Inverted lists (faiss IVF, Flat): the nearest lists are searched in full."""

    title, package, effort_name, efforts = "faiss (IVF)", "faiss", "nprobe", (1, 4, 16, 64, 256)

    def prepare(self, vectors: VectorFile) -> None:
        """Learn the lists from a sample."""
        import faiss

        faiss.omp_set_num_threads(1)
        lists = int(min(4 * np.sqrt(vectors.count), max(1, vectors.count // 39)))
        quantizer = faiss.IndexFlatIP(vectors.dimension)
        self._index: Any = faiss.IndexIVFFlat(quantizer, vectors.dimension, lists, faiss.METRIC_INNER_PRODUCT)
        rows = np.linspace(0, vectors.count - 1, min(vectors.count, 40 * lists)).astype(np.int64)
        self._index.train(vectors.of(rows)[1])

    def add(self, ids: Int64Array, vectors: Float32Array) -> None:
        """Take these in."""
        self._index.add_with_ids(vectors, ids)

    def finish(self) -> None:
        """Nothing to do."""

    def search(self, queries: Float32Array, count: int, effort: int) -> Int64Array:
        """Search so many lists."""
        self._index.nprobe = effort
        return np.asarray(self._index.search(queries, count)[1], np.int64)


class Annoy:
    """Trees of random planes."""

    title, package, effort_name, efforts = "annoy", "annoy", "nodes", (500, 2_000, 8_000, 32_000)

    def prepare(self, vectors: VectorFile) -> None:
        """Make the forest."""
        from annoy import AnnoyIndex

        self._index: Any = AnnoyIndex(vectors.dimension, "angular")
        self._index.set_seed(1)

    def add(self, ids: Int64Array, vectors: Float32Array) -> None:
        """Take these in, one by one: it knows no other way."""
        for id_, vector in zip(ids.tolist(), vectors, strict=True):
            self._index.add_item(id_, vector)

    def finish(self) -> None:
        """Grow the trees."""
        self._index.build(50, n_jobs=1)

    def search(self, queries: Float32Array, count: int, effort: int) -> Int64Array:
        """One query after the other; places that stay empty are -1."""
        found = np.full((len(queries), count), -1, np.int64)
        for row, query in enumerate(queries):
            ids = self._index.get_nns_by_vector(query, count, search_k=effort)
            found[row, : len(ids)] = ids
        return found


CONTENDERS: dict[str, Callable[[], Contender]] = {
    "exact": Exact,
    "projected": Projected,
    "hnswlib": Hnswlib,
    "usearch": Usearch,
    "faiss": Faiss,
    "annoy": Annoy,
}
