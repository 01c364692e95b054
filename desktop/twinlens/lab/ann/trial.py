"""One index measured in a process of its own: ``python -m twinlens.lab.ann.trial REQUEST``, a line of JSON for each step.

Apart from the others, so that memory is its own: what the process has more of than before the index was made, pages that no
file backs. Times are processor time of one thread, which other programs on the machine disturb least.
"""

import ctypes
import gc
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from twinlens.domain.fingerprint import Int64Array
from twinlens.lab.ann.contender import Contender
from twinlens.lab.ann.contenders import CONTENDERS
from twinlens.lab.ann.vector_file import VectorFile

TOLD_EVERY_S = 0.3


def anonymous_bytes() -> int:
    """Memory of this process that no file backs; the resident set where the system does not tell."""
    try:
        lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        import psutil

        return int(psutil.Process().memory_info().rss)
    return sum(int(line.split()[1]) for line in lines if line.startswith("Anonymous:")) * 1024


def give_back() -> None:
    """Return what is free to the system, so that what was needed meanwhile is not taken for the index."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's
    if trim is not None:
        trim(0)


def recall(found: Int64Array, truth: Int64Array) -> float:
    """Which part of the truly nearest was found."""
    hits = [len(np.intersect1d(a, b)) for a, b in zip(found, truth, strict=True)]
    return float(np.sum(hits) / truth.size)


def tell(**line: Any) -> None:
    """A line for the process that asked."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def build(contender: Contender, vectors: VectorFile) -> None:
    """Fill the index and tell what that took."""
    warm = np.ones((512, 512), np.float32)
    np.linalg.eigh(warm @ warm)  # what the linear algebra keeps for itself from its first call on is nobody's index
    del warm
    give_back()
    before_bytes, clock = anonymous_bytes(), time.process_time()
    contender.prepare(vectors)
    took_s, told_s = time.process_time() - clock, time.monotonic()
    for ids, block in vectors.blocks():
        clock = time.process_time()
        contender.add(ids, block)
        took_s += time.process_time() - clock
        if time.monotonic() - told_s > TOLD_EVERY_S:
            told_s = time.monotonic()
            tell(added=int(ids[-1]) + 1)
    del block
    clock = time.process_time()
    contender.finish()
    took_s += time.process_time() - clock
    give_back()
    tell(build_s=took_s, memory_bytes=max(0, anonymous_bytes() - before_bytes))


def ask(contender: Contender, folder: Path, count: int, batch: int) -> None:
    """Search with every effort; the exact one writes down the truth."""
    queries = VectorFile(folder / "queries.npy")
    asked = queries.of(np.arange(queries.count))[1]
    truth_path = folder / "truth.npy"
    contender.search(asked[:8], count, contender.efforts[0])  # what is made at the first call
    for effort in contender.efforts:
        found, took_s = [], 0.0
        for start in range(0, len(asked), batch):
            clock = time.process_time()
            found.append(contender.search(asked[start : start + batch], count, effort))
            took_s += time.process_time() - clock
        ids = np.concatenate(found)
        if not truth_path.exists():
            np.save(truth_path, ids)
        part = recall(ids, np.load(truth_path))
        tell(effort=effort, queries_a_second=len(asked) / max(took_s, 1e-9), recall=part)


def main() -> None:
    """Carry the request out."""
    request = json.loads(sys.argv[1])
    folder = Path(request["folder"])
    contender = CONTENDERS[request["contender"]]()
    build(contender, VectorFile(folder / "vectors.npy"))
    ask(contender, folder, request["neighbours"], request["batch"])


if __name__ == "__main__":
    main()
