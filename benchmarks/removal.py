"""What removing costs: ``python -m benchmarks.removal --photos 1000 --folder DIR``, and what taking it back does.

Each of so many photos of about 100 kB has a copy; the copies go to the quarantine on the volume of DIR, each hashed and
compared byte for byte with its keeper, which is decoded, journalled and synced as in the window. Nothing is simulated.

Beside it, in the same rounds, the bare minimum of anybody who promises as much: two threads that read and hash both files,
compare them and decode the keeper at its smallest scale; a rename; and for each hundred photos a sync of a journal before
and after, and of the folders.
"""

import argparse
import io
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import xxhash
from PIL import Image

from benchmarks.workplace import WORK, print_table, require_shared_data
from tests.review.made_library import catalogue, plan_of
from twinlens.disposal.regular_file import sync_folder
from twinlens.library.open import Library
from twinlens.review.apply import apply_plan
from twinlens.review.undo import undo_session

MOST_S = 2.0  # of wall time for a thousand photos, on a machine that does nothing else
MOST_RATIO = 3.5  # to the bare minimum; 2.2 on two cores with others at work
LARGEST_BYTES = 200_000
IN_A_FOLDER = 100
BATCH = 100
REMOVE, BARE = "remove", "remove, the bare minimum"


@dataclass
class Cost:
    """One run of a piece of work."""

    wall_s: float
    cpu_s: float
    syncs: int


def pairs_in(folder: Path, photos: int) -> list[tuple[str, str]]:
    """Real photos, each of them twice and with bytes of its own."""
    small = [path for path in sorted((require_shared_data() / "photos").rglob("*.jpg")) if is_small(path)]
    pairs: list[tuple[str, str]] = []
    for number in range(photos):
        data = small[number % len(small)].read_bytes() + str(number).encode()
        pair = tuple(str(folder / f"day {number // IN_A_FOLDER}" / f"IMG_{number:05}{side}.jpg") for side in "ab")
        os.makedirs(os.path.dirname(pair[0]), exist_ok=True)
        for path in pair:
            Path(path).write_bytes(data)
        pairs.append((pair[0], pair[1]))
    return pairs


def is_small(path: Path) -> bool:
    """Whether this is a photo as they come from a phone's messenger."""
    return path.stat().st_size <= LARGEST_BYTES


def cost_of(work: Callable[[], object]) -> Cost:
    """Run it; how often something was synced to the disk is counted too, the catalog's own syncs not."""
    syncs, sync = [0], os.fsync

    def counting(descriptor: int) -> None:
        syncs[0] += 1
        sync(descriptor)

    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(os, "fsync", counting))
        wall_s, cpu_s = time.perf_counter(), time.process_time()
        work()
        return Cost(time.perf_counter() - wall_s, time.process_time() - cpu_s, syncs[0])


def bare_minimum(pairs: Sequence[tuple[str, str]], quarantine: Path) -> None:
    """Remove all copies with no more than the checks, the renames and the syncs."""
    quarantine.mkdir()
    with (
        ThreadPoolExecutor(2) as threads,
        closing(sqlite3.connect(quarantine / "journal.db", isolation_level=None)) as journal,
    ):
        journal.execute("PRAGMA journal_mode = WAL")
        journal.execute("PRAGMA synchronous = FULL")
        journal.execute("CREATE TABLE steps (path TEXT, state TEXT)")
        for start in range(0, len(pairs), BATCH):
            batch = pairs[start : start + BATCH]
            if not all(threads.map(lambda pair: _same_and_alive(*pair), batch)):
                raise ValueError("a copy is none")
            for state in ("intended", "done"):
                journal.execute("BEGIN")
                journal.executemany("INSERT INTO steps VALUES (?, ?)", [(surplus, state) for _, surplus in batch])
                journal.execute("COMMIT")
                if state == "intended":
                    for _, surplus in batch:
                        os.rename(surplus, quarantine / os.path.basename(surplus))
                    for folder in {str(quarantine), *(os.path.dirname(surplus) for _, surplus in batch)}:
                        sync_folder(folder)


def _same_and_alive(keeper: str, surplus: str) -> bool:
    kept, going = Path(keeper).read_bytes(), Path(surplus).read_bytes()
    with Image.open(io.BytesIO(kept)) as picture:
        picture.draft("RGB", (64, 64))
        picture.load()
    return xxhash.xxh3_128_digest(kept) == xxhash.xxh3_128_digest(going) and kept == going


def put_back(pairs: Sequence[tuple[str, str]], quarantine: Path) -> None:
    """Take the bare minimum back."""
    for _, surplus in pairs:
        os.rename(quarantine / os.path.basename(surplus), surplus)
    shutil.rmtree(quarantine)


def measure(folder: Path, photos: int, rounds: int) -> list[tuple[str, Cost]]:
    """So many rounds of removing all copies and taking it back, with the product and by the bare minimum."""
    pairs = pairs_in(folder / "photos", photos)
    found: list[tuple[str, Cost]] = []
    with Library.open(folder / "library") as library:
        catalogue(library, [path for pair in pairs for path in pair])
        plan = plan_of(*[([keeper], [surplus]) for keeper, surplus in pairs])
        os.sync()
        quarantine = str(folder / "removed")
        for _ in range(rounds):
            found.append((REMOVE, cost_of(lambda: apply_plan(library, plan, quarantine_folder=quarantine))))
            assert not any(os.path.exists(surplus) for _, surplus in pairs)
            found.append(("undo", cost_of(lambda: undo_session(library))))
            assert all(os.path.exists(surplus) for _, surplus in pairs)
            found.append((BARE, cost_of(lambda: bare_minimum(pairs, folder / "bare"))))
            put_back(pairs, folder / "bare")
    return found


def best_ratio(found: Sequence[tuple[str, Cost]]) -> float:
    """The best round of the product, in rounds of the bare minimum at its best."""
    best_s = {name: min(cost.wall_s for what, cost in found if what == name) for name in (REMOVE, BARE)}
    return best_s[REMOVE] / best_s[BARE]


def run(folder: Path = WORK, photos: int = 1000, rounds: int = 3, *, busy: bool = False) -> bool:
    """Measure, print; whether the best round took no longer than is stated, by the clock (unless ``busy``) and as a ratio."""
    folder.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix="removal-", dir=folder))
    try:
        found = measure(place, photos, rounds)
    finally:
        shutil.rmtree(place)
    rows: list[tuple[str, ...]] = [
        (what, f"{cost.wall_s:.2f}", f"{cost.cpu_s:.2f}", f"{cost.syncs}") for what, cost in found
    ]
    print_table(f"{photos} photos", ("work", "s", "processor s", "syncs"), rows)
    print(f"ratio to the bare minimum, best rounds: {best_ratio(found):.2f}")
    best_s = min(cost.wall_s for what, cost in found if what == REMOVE)
    return (busy or best_s * 1000 <= MOST_S * photos) and best_ratio(found) <= MOST_RATIO


def main() -> None:
    """Measure; ends with 1 where a limit is broken."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.removal", description=__doc__)
    parser.add_argument("--photos", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=WORK, help="a folder on the volume that is measured")
    parser.add_argument("--busy", action="store_true", help="others work on this machine: only the ratio is judged")
    options = parser.parse_args()
    sys.exit(not run(options.folder, options.photos, options.rounds, busy=options.busy))


if __name__ == "__main__":
    main()
