"""All pairs of a large library by fingerprint: what proposing candidates costs as it grows, and what grouping then costs.

`python -m benchmarks.matching_scale 100000`. Everything is made up: hashes of eight orientations, those of four photos that
follow each other a few bits apart and every second one turned; copy vectors in families of a dozen. As in a first scan
photos come round by round, and each is compared with all that are there: each pair is looked at once or, within a round,
twice. Verification, which decodes pictures, is left out. The limit is in seconds; the ratio is of processor time, to the
barest thing that would do: counting differing bits of all pairs of upright hashes, blocks of them in the processor's cache,
measured on a part.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is loaded

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from benchmarks.workplace import print_table
from twinlens.domain.columns import FingerprintColumns
from twinlens.domain.fingerprint import Int64Array, UInt64Array
from twinlens.index.exact import ExactIndex
from twinlens.lab.ann.vector_file import FAMILY as LOOKALIKES
from twinlens.lab.ann.vector_file import VectorFile, family_blocks
from twinlens.matching.candidates import COPY_FLOOR, candidates, near_pairs
from twinlens.matching.representatives import nearest_representative
from twinlens.matching.stars import Stars, joined
from twinlens.scanning.match import BLOCK, NEIGHBOURS

MOST_S = 60.0  # for 100,000 photos
FAMILY = 4
DIMENSION = 128  # of copy vectors
ROUND = 4_096
_CACHED = 32_768


class Costs:
    """Seconds and processor seconds by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.processor_s: dict[str, float] = {}

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Count what is done inside."""
        start, processor = time.perf_counter(), time.process_time()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start
        self.processor_s[name] = self.processor_s.get(name, 0.0) + time.process_time() - processor


def made_hashes(count: int) -> UInt64Array:
    """Hashes [n, 8]: copies differ from the first of their family in at most six bits, each second one is turned."""
    random = np.random.default_rng(3)
    first = random.integers(0, 2**64, (-(-count // FAMILY), 8), np.uint64)
    hashes = np.repeat(first, FAMILY, axis=0)[:count]
    flips = np.uint64(1) << random.integers(0, 64, (count, 8, 6), np.uint64)
    hashes ^= np.bitwise_xor.reduce(flips, axis=2)
    hashes[1::2] = np.roll(hashes[1::2], 3, axis=1)
    return hashes


def bare_s(hashes: UInt64Array) -> float:
    """Counting bits between all upright hashes, without keeping anything."""
    upright = np.ascontiguousarray(hashes[:, 0])
    part, base = upright[:200], upright[:_CACHED]
    words, bits = np.empty(base.shape, np.uint64), np.empty(base.shape, np.uint8)
    start = time.process_time()
    for query in part:
        np.bitwise_xor(query, base, out=words)
        np.bitwise_count(words, out=bits)
    return (time.process_time() - start) / (len(part) * len(base)) * len(upright) ** 2 / 2


def proposed(hashes: UInt64Array, made: VectorFile, costs: Costs) -> Int64Array:
    """The candidates of a library that grows to all of these photos, int64 [p, 2]."""
    count = len(hashes)
    histogram = np.full((count, 96), 1 / 32, np.float16)
    ids = np.arange(count)
    index = ExactIndex(made.dimension)
    found: list[Int64Array] = []
    for start in range(0, count, ROUND):
        end = min(start + ROUND, count)
        with costs.of("adding vectors"):
            index.add(*made.of(ids[start:end]))
        columns = FingerprintColumns(ids[:end], hashes[:end], histogram[:end])
        for at in range(start, end, BLOCK):
            block = ids[at : min(at + BLOCK, end)]
            with costs.of("neighbours by vector and by hash"), ThreadPoolExecutor(1) as beside:
                near = beside.submit(near_pairs, block, columns)
                neighbours = index.search(made.of(block)[1], NEIGHBOURS + 1)
                hashes_near = near.result()
            with costs.of("uniting them"):
                united = candidates(block, columns, neighbours, COPY_FLOOR, hashes_near)
                pairs = [(one.first, one.second) for one in united]
            found.append(np.array(pairs, np.int64).reshape(-1, 2))
    return np.unique(np.concatenate(found), axis=0)


def planted(count: int) -> Int64Array:
    """The pairs of one family."""
    pairs = [np.stack([np.arange(count - step), np.arange(step, count)], axis=1) for step in range(1, FAMILY)]
    every = np.concatenate(pairs)
    return np.asarray(every[every[:, 0] // FAMILY == every[:, 1] // FAMILY])


def measure(count: int) -> bool:
    """Print the table for a library of this size; True when the limit holds."""
    costs = Costs()
    hashes = made_hashes(count)
    with tempfile.TemporaryDirectory() as folder:
        blocks = family_blocks(count, DIMENSION, 2, max(1, count // LOOKALIKES))
        vectors = VectorFile.written(Path(folder) / "vectors.npy", count, DIMENSION, blocks, lambda _: None)
        pairs = proposed(hashes, vectors, costs)
    total, total_work = sum(costs.seconds.values()), sum(costs.processor_s.values())
    truth = planted(count)
    recall = float(np.isin(truth @ [count, 1], pairs @ [count, 1]).mean())
    score = np.linspace(0.99, 0.6, len(pairs), dtype=np.float32)  # as if all of them were proved
    with costs.of("representatives, were all proved"):
        nearest_representative(count, pairs[:, 0], pairs[:, 1], score)
    with costs.of("stars, were all proved"):
        Stars(count, joined(count, pairs[:, 0], pairs[:, 1], np.zeros((0, 2), np.int64))).clusters()
    rows: list[tuple[str, ...]] = [
        (name, f"{seconds:.1f}", f"{costs.processor_s[name]:.1f}") for name, seconds in costs.seconds.items()
    ]
    bare = bare_s(hashes)
    most = MOST_S * count / 100_000
    rows += [
        ("candidates, all together", f"{total:.1f}", f"{total_work:.1f}"),
        ("limit", f"{most:.1f}", ""),
        ("bare count of bits", "", f"{bare:.1f}"),
        ("candidates / bare", "", f"{total_work / bare:.1f}"),
    ]
    print_table(f"All pairs of {count:,} made-up photos", ("what", "seconds", "processor s"), rows)
    print(f"\n{len(pairs):,} candidates; {recall:.4f} of the {len(truth):,} planted pairs are among them")
    return total <= most and recall > 0.999


def main() -> None:
    """Measure the size given on the command line; ends with 1 where the limit is broken."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching_scale", description=__doc__)
    parser.add_argument("photos", type=int, nargs="?", default=100_000)
    sys.exit(not measure(parser.parse_args().photos))


if __name__ == "__main__":
    main()
