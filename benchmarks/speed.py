"""First scan and rescan as ratios to the bare minimum of the same files, in rounds: bare and real in turn, cache warm.

Seconds are those that each side counts itself, without the start of its process; the processor seconds and the memory
are of the whole tree of processes. On a machine that others use the ratio of processor seconds says more.
"""

import argparse
import statistics
import sys
from collections.abc import Callable

from benchmarks.bare import jpegs
from benchmarks.known import STAGE_HEADER, measure_known, stage_row
from benchmarks.limits import HEADER, Limit, load, middle
from benchmarks.measured import Cost, fresh, python_module, twinlens
from benchmarks.previews import measure_previews
from benchmarks.sets import PhotoSet, camera, previews, small, two_photos
from benchmarks.workplace import WORK, print_table, require_shared_data

MOST_OF_MINIMUM = 1.25
MOST_OF_DECODE = 1.10
MOST_MB = 600.0
STEPS = ("bare decode", "bare decode, study's scale", "bare minimum", "first scan", "first scan --no-embedding")


def one_round(photos: PhotoSet) -> dict[str, Cost]:
    """Each step once. The library with the network is kept for the rescans, the other one too."""
    folder = str(photos.folder)
    steps: dict[str, Callable[[], Cost]] = {
        STEPS[0]: lambda: python_module("benchmarks.bare", "decode", folder),
        STEPS[1]: lambda: python_module("benchmarks.bare", "study-scale", folder),
        STEPS[2]: lambda: python_module("benchmarks.bare", "network", folder),
        STEPS[3]: lambda: twinlens(fresh("library-speed"), "scan", folder),
        STEPS[4]: lambda: twinlens(fresh("library-speed-without"), "scan", folder, "--no-embedding"),
    }
    return {name: step() for name, step in steps.items()}


def cost_rows(photos: PhotoSet, rounds: list[dict[str, Cost]]) -> list[tuple[str, ...]]:
    """One row for each step."""
    rows: list[tuple[str, ...]] = []
    for step in STEPS:
        costs = [one[step] for one in rounds]
        inside_s = statistics.median(cost.inside_s for cost in costs)
        rows.append(
            (
                step,
                middle([cost.inside_s for cost in costs]),
                f"{photos.count / inside_s:.1f}",
                middle([cost.whole_s for cost in costs]),
                middle([cost.cpu_s for cost in costs]),
                f"{max(cost.peak_mb for cost in costs):.0f}",
                f"{max(cost.own_peak_mb for cost in costs):.0f}",
                str(max(cost.children for cost in costs)),
            )
        )
    return rows


def scan_limits(photos: PhotoSet, rounds: list[dict[str, Cost]], starts: dict[str, Cost]) -> list[Limit]:
    """Items 1 and 2: the first scan beside the bare minimum, in seconds of each round.

    ``starts``: each step with two photos, most of which is the start of the program: taken off the processor seconds.
    """
    limits = []
    for step, bare, most in ((STEPS[3], STEPS[2], MOST_OF_MINIMUM), (STEPS[4], STEPS[0], MOST_OF_DECODE)):
        seconds = tuple(one[step].inside_s / one[bare].inside_s for one in rounds)
        cpu = [(one[step].cpu_s - starts[step].cpu_s) / (one[bare].cpu_s - starts[bare].cpu_s) for one in rounds]
        limits.append(
            Limit(f"{photos.name}: {step} / {bare}", seconds, most, f"processor, starts left out: {middle(cpu)}")
        )
    peak = tuple(max(one[step].peak_mb for step in STEPS[3:]) for one in rounds)
    limits.append(Limit(f"{photos.name}: peak memory of a first scan, MB, all processes", peak, MOST_MB))
    return limits


def measure_set(photos: PhotoSet, repeats: int) -> list[Limit]:
    """Every table of one set; returns its limits."""
    for path in jpegs(photos.folder):
        path.read_bytes()  # in the page cache from here on, for all that follows
    before = load()
    starts = one_round(two_photos(photos))
    rounds = [one_round(photos) for _ in range(repeats)]
    print_table(
        f"{photos.name}: {photos.count} photos, {repeats} rounds; {before} before, {load()} after",
        ("step", "seconds", "photos/s", "whole process s", "processor s", "peak MB", "parent MB", "children"),
        cost_rows(photos, rounds),
    )
    limits = scan_limits(photos, rounds, starts)
    first_s = statistics.median(one[STEPS[3]].inside_s for one in rounds)
    known = measure_known(photos, WORK / "library-speed", WORK / "library-speed-without", first_s)
    first = [stage_row(step, rounds[-1][step].document["stages"]) for step in STEPS[3:]]
    print_table(f"{photos.name}: stages, seconds", STAGE_HEADER, [*first, *known.stages])
    return [*limits, *known.limits]


def measure(
    camera_photos: dict[int, int], small_photos: int, with_previews: dict[int, int], repeats: int
) -> list[Limit]:
    """Print the tables of each set (megapixels: photos) and the limits; returns the limits."""
    limits: list[Limit] = []
    for megapixels, count in camera_photos.items():
        if count:
            limits += measure_set(camera(megapixels, count), repeats)
    if small_photos:
        limits += measure_set(small(small_photos), repeats)
    for megapixels, count in with_previews.items():
        if count:
            limits += measure_previews(camera(megapixels, count), previews(megapixels, count), repeats)
    print_table("Limits: medians of the rounds, and how far they lie apart", HEADER, [limit.row() for limit in limits])
    return limits


def main() -> None:
    """Measure the sets that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--camera", type=int, default=100, help="photos of 12 megapixels")
    parser.add_argument("--camera-8", type=int, default=0, help="photos of 8 megapixels")
    parser.add_argument("--camera-24", type=int, default=0, help="photos of 24 megapixels")
    parser.add_argument("--small", type=int, default=2000, help="photos of 1 megapixel")
    parser.add_argument("--previews", type=int, default=100, help="photos of 12 megapixels with embedded previews")
    parser.add_argument("--previews-24", type=int, default=0, help="photos of 24 megapixels with embedded previews")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    require_shared_data()
    sizes = {12: options.camera, 8: options.camera_8, 24: options.camera_24}
    previewed = {12: options.previews, 24: options.previews_24}
    sys.exit(not all(limit.kept for limit in measure(sizes, options.small, previewed, options.repeats)))


if __name__ == "__main__":
    main()
