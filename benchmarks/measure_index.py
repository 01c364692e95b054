"""What the index of a large library costs: adding, searching, memory, saving, recall against exact search.

`python -m benchmarks.measure_index 10000 50000 100000`. Vectors are made up: families of a dozen in 64 shared directions,
with as much noise beyond them as crops of one photo show. Times are processor time, one thread of the linear algebra.
Where hnswlib is installed, a graph over the same projections is built for comparison.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is loaded

import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np

from benchmarks.workplace import print_table
from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.index.projected import ProjectedIndex
from twinlens.index.projection import fair_sample, learn
from twinlens.index.snapshot import IndexStamp, load_index, save_index

DIMENSION = 1_280
FAMILY = 12
BATCH = 64
NEIGHBOURS = 49


class MadeUp:
    """Vectors on disk in float16, as the catalog keeps them."""

    def __init__(self, path: Path, count: int) -> None:
        self._stored = np.lib.format.open_memmap(path, "w+", np.float16, (count, DIMENSION))
        random = np.random.default_rng(0)
        directions = random.standard_normal((64, DIMENSION)).astype(np.float32)
        centres = random.standard_normal((max(1, count // FAMILY), 64)).astype(np.float32) @ directions
        centres /= np.linalg.norm(centres, axis=1, keepdims=True)
        for start in range(0, count, BATCH * 16):
            part = centres[random.integers(0, len(centres), min(BATCH * 16, count - start))]
            noise = random.standard_normal(part.shape).astype(np.float32) / np.float32(np.sqrt(DIMENSION))
            self._stored[start : start + len(part)] = part + random.uniform(0.1, 0.9, (len(part), 1)) * noise
        self.count = count

    def of(self, photo_ids: Int64Array) -> tuple[Int64Array, Float32Array]:
        """As the catalog gives them: unit length, float32."""
        vectors = self._stored[photo_ids].astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return photo_ids, vectors


class Stalls:
    """The longest time for which no other Python code ran."""

    def __enter__(self) -> "Stalls":
        self.longest_s, self._stop = 0.0, threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        last = time.monotonic()
        while not self._stop.is_set():
            time.sleep(0.001)
            now = time.monotonic()
            self.longest_s, last = max(self.longest_s, now - last), now


def anonymous_mb() -> float:
    """Memory of this process that no file backs; 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Anonymous:")) / 1024


def measured(made: MadeUp, folder: Path) -> tuple[str, ...]:
    """One row of the table."""
    ids = np.arange(made.count)
    before_mb, clock = anonymous_mb(), time.process_time()
    index = ProjectedIndex(learn(made.of(fair_sample(ids))[1], made.count), made.of)
    learn_s = time.process_time() - clock
    adding_s = 0.0
    for start in range(0, made.count, BATCH):
        part = made.of(ids[start : start + BATCH])
        clock = time.process_time()
        index.add(*part)
        adding_s += time.process_time() - clock
    grown_mb = anonymous_mb() - before_mb
    _, queries = made.of(np.random.default_rng(2).choice(ids, 256, replace=False))
    clock = time.process_time()
    found, _ = index.search(queries, NEIGHBOURS)
    full_s = time.process_time() - clock
    clock = time.process_time()
    index.search(queries, NEIGHBOURS, at_least=0.72)
    round_s = time.process_time() - clock
    alone = time.perf_counter()
    for query in queries[:20]:
        index.search(query[None], NEIGHBOURS)
    alone_ms = (time.perf_counter() - alone) / 20 * 1000
    stamp = IndexStamp("made up", DIMENSION, made.count, 1)
    with Stalls() as saving:
        save_index(index, folder, stamp)
    with Stalls() as loading:
        load_index(folder, stamp, made.of)
    values = (learn_s, 1000 * adding_s / made.count, full_s / 256 * 1000, round_s / 256 * 1000, alone_ms, grown_mb)
    stalls = (saving.longest_s * 1000, loading.longest_s * 1000)
    return (str(made.count), *(f"{v:.3g}" for v in (*values, *stalls)), f"{recall(made, queries, found):.3f}")


def recall(made: MadeUp, queries: Float32Array, found: Int64Array) -> float:
    """Which part of the truly nearest was found."""
    products = np.concatenate(
        [queries @ made.of(np.arange(s, min(s + 4096, made.count)))[1].T for s in range(0, made.count, 4096)], axis=1
    )
    truth = np.argpartition(-products, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
    return float(np.mean([len(np.intersect1d(a, b)) / NEIGHBOURS for a, b in zip(truth, found, strict=True)]))


def graph(made: MadeUp, folder: Path) -> tuple[str, ...]:
    """The same with hnswlib over the same projections."""
    import hnswlib

    ids = np.arange(made.count)
    projection = learn(made.of(fair_sample(ids))[1], made.count)
    before_mb = anonymous_mb()
    index = hnswlib.Index(space="ip", dim=projection.basis.shape[1])
    index.init_index(made.count, M=16, ef_construction=120, random_seed=1)
    index.set_ef(160)
    adding_s = 0.0
    for start in range(0, made.count, 1_024):
        part = projection.project(made.of(ids[start : start + 1_024])[1])
        clock = time.process_time()
        index.add_items(part, ids[start : start + 1_024], num_threads=1)
        adding_s += time.process_time() - clock
    grown_mb = anonymous_mb() - before_mb
    queries = projection.project(made.of(np.random.default_rng(2).choice(ids, 256, replace=False))[1])
    clock = time.process_time()
    index.knn_query(queries, k=NEIGHBOURS * 3, num_threads=1)
    search_ms = (time.process_time() - clock) / 256 * 1000
    with Stalls() as saving:
        index.save_index(str(folder / "graph"))
    values = (1000 * adding_s / made.count, search_ms, grown_mb, saving.longest_s * 1000)
    return (str(made.count), *(f"{v:.3g}" for v in values))


def main() -> None:
    """Measure the sizes given on the command line."""
    sizes = [int(size) for size in sys.argv[1:]] or [10_000]
    rows, graphs = [], []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            made = MadeUp(Path(folder) / "vectors.npy", size)
            rows.append(measured(made, Path(folder)))
            try:
                graphs.append(graph(made, Path(folder)))
            except ImportError:
                print("hnswlib is not installed: nothing to compare with")
    header = ("vectors", "learn s", "add ms", "search ms", "in a round ms", "one alone ms", "MB")
    print_table(
        "The index (search ms: a query in a batch)", (*header, "save stall ms", "load stall ms", "recall"), rows
    )
    print_table("A graph", ("vectors", "add ms", "search ms", "MB", "save stall ms"), graphs)


if __name__ == "__main__":
    main()
