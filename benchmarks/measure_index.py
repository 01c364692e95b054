"""What the index of a large library costs beside exact search and a graph: what `twinlens lab ann` measures, on made-up vectors.

`python -m benchmarks.measure_index 10000 50000 100000`. Vectors are made up: families of a dozen in 64 shared directions,
with as much noise beyond them as crops of one photo show. Times are processor time of one thread. Then what the laboratory
does not ask: for how long saving and loading the index keeps all other Python code waiting, and one query alone or in a
round of matching takes.
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
from twinlens.index.projected import ProjectedIndex
from twinlens.index.projection import fair_sample, learn
from twinlens.index.snapshot import IndexStamp, load_index, save_index
from twinlens.lab.ann.measuring import Trial, lay_out, measured
from twinlens.lab.ann.vector_file import FAMILY, Blocks, VectorFile, family_blocks
from twinlens.lab.workbench import Workbench

DIMENSION = 1_280
NEIGHBOURS = 49
QUERIES = 256
BENCH = Workbench(lambda _folders: (_ for _ in ()).throw(RuntimeError("no library here")))


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


def rows_of(count: int, trials: list[Trial]) -> list[tuple[str, ...]]:
    """A row for each index and setting."""
    rows = []
    for trial in trials:
        memory_mb = (trial.memory_bytes or 0) / 1e6
        for answer in trial.answered:
            setting = f"{trial.effort_name} {answer.effort}" if trial.effort_name else ""
            figures = (1000 * (trial.build_s or 0) / count, 1000 / answer.queries_a_second, memory_mb)
            rows.append((str(count), trial.title, setting, *(f"{v:.3g}" for v in figures), f"{answer.recall:.3f}"))
        if trial.problem:
            rows.append((str(count), trial.title, trial.problem, "", "", "", ""))
    return rows


def stalls(folder: Path, count: int) -> tuple[str, ...]:
    """Saving, loading, and single queries of our own index."""
    vectors = VectorFile(folder / "vectors.npy")
    index = ProjectedIndex(learn(vectors.of(fair_sample(np.arange(count)))[1], count), vectors.of)
    for ids, block in vectors.blocks():
        index.add(ids, block)
    queries = VectorFile(folder / "queries.npy").of(np.arange(QUERIES))[1]
    clock = time.process_time()
    index.search(queries, NEIGHBOURS, at_least=0.72)
    round_ms = (time.process_time() - clock) / QUERIES * 1000
    clock = time.process_time()
    for query in queries[:20]:
        index.search(query[None], NEIGHBOURS)
    alone_ms = (time.process_time() - clock) / 20 * 1000
    stamp = IndexStamp("made up", DIMENSION, count, 1)
    with Stalls() as saving:
        save_index(index, folder, stamp)
    with Stalls() as loading:
        load_index(folder, stamp.model_sha256, DIMENSION, vectors.of)
    figures = (round_ms, alone_ms, saving.longest_s * 1000, loading.longest_s * 1000)
    return (str(count), *(f"{v:.3g}" for v in figures))


def main() -> None:
    """Measure the sizes given on the command line."""
    rows, own = [], []
    for count in [int(size) for size in sys.argv[1:]] or [10_000]:

        def blocks(which: str, number: int, families: int = max(1, count // FAMILY)) -> Blocks:
            return family_blocks(number, DIMENSION, 1 if which == "queries" else 2, families)

        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            lay_out(BENCH, folder, "made-up vectors", count, DIMENSION, blocks, QUERIES)
            rows += rows_of(count, measured(BENCH, folder, "made-up vectors", ("projected", "hnswlib"), NEIGHBOURS))
            own.append(stalls(folder, count))
    header = ("vectors", "index", "setting", "build ms a vector", "search ms", "MB", "recall")
    print_table("Indexes (search: a query among 256)", header, rows)
    print_table("Ours", ("vectors", "in a round ms", "one alone ms", "save stall ms", "load stall ms"), own)


if __name__ == "__main__":
    main()
