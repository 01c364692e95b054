"""What removing costs: ``python -m benchmarks.removal --photos 1000 --folder DIR``, and what taking it back does.

Each of so many photos of about 100 kB has a copy; the copies go to the quarantine on the volume of DIR, each hashed and
compared byte for byte with its keeper, which is decoded, journalled and synced as in the window. Nothing is simulated.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from benchmarks.workplace import WORK, print_table, require_shared_data
from tests.review.made_library import catalogue, plan_of
from twinlens.library.open import Library
from twinlens.review.apply import apply_plan
from twinlens.review.undo import undo_session

MOST_S = 2.0  # of wall time for a thousand photos, on a machine that does nothing else
LARGEST_BYTES = 200_000
IN_A_FOLDER = 100


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


def measure(folder: Path, photos: int, rounds: int) -> list[tuple[str, Cost]]:
    """So many rounds of removing all copies and taking it back."""
    pairs = pairs_in(folder / "photos", photos)
    found: list[tuple[str, Cost]] = []
    with Library.open(folder / "library") as library:
        catalogue(library, [path for pair in pairs for path in pair])
        plan = plan_of(*[([keeper], [surplus]) for keeper, surplus in pairs])
        os.sync()
        quarantine = str(folder / "removed")
        for _ in range(rounds):
            found.append(("remove", cost_of(lambda: apply_plan(library, plan, quarantine_folder=quarantine))))
            assert not any(os.path.exists(surplus) for _, surplus in pairs)
            found.append(("undo", cost_of(lambda: undo_session(library))))
            assert all(os.path.exists(surplus) for _, surplus in pairs)
    return found


def main() -> None:
    """Measure, print; ends with 1 where the best round took longer than is stated."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.removal", description=__doc__)
    parser.add_argument("--photos", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=WORK, help="a folder on the volume that is measured")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix="removal-", dir=options.folder))
    try:
        found = measure(place, options.photos, options.rounds)
    finally:
        shutil.rmtree(place)
    rows: list[tuple[str, ...]] = [
        (what, f"{cost.wall_s:.2f}", f"{cost.cpu_s:.2f}", f"{cost.syncs}") for what, cost in found
    ]
    print_table(f"{options.photos} photos", ("work", "s", "processor s", "syncs"), rows)
    best_s = min(cost.wall_s for what, cost in found if what == "remove")
    sys.exit(best_s * 1000 > MOST_S * options.photos)


if __name__ == "__main__":
    main()
