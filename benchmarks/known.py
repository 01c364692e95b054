"""A library that knows its photos already: rescans, other thresholds, the network turned on later. No photo may be read."""

import statistics
from dataclasses import dataclass
from pathlib import Path

from benchmarks.limits import Limit, middle
from benchmarks.measured import python_module, twinlens
from benchmarks.sets import PhotoSet
from benchmarks.workplace import print_table

MOST_OF_WALK = 1.5
ENOUGH_FOR_A_WALK = 1000  # below, a walk is over in less time than any program needs to say so
STAGE_HEADER = ("scan", "walk", "study", "match", "save")


@dataclass(frozen=True)
class Known:
    """The limits, and rows for the table of stages."""

    limits: tuple[Limit, ...]
    stages: tuple[tuple[str, ...], ...]


def stage_row(name: str, stages: dict[str, float]) -> tuple[str, ...]:
    """Where a scan's seconds went."""
    return (name, *(f"{stages.get(stage, 0.0):.3f}" for stage in STAGE_HEADER[1:]))


def measure_known(photos: PhotoSet, library: Path, without_network: Path, first_s: float) -> Known:
    """Print what the second scan costs; ``first_s``: what the first one did."""
    name, folder = photos.name, str(photos.folder)
    inside = python_module("benchmarks.rescan", str(library), folder).document
    commands = [twinlens(library, "scan", folder) for _ in range(3)]
    later = python_module("benchmarks.rescan", str(without_network), folder, "--later").document
    told_s = [cost.inside_s for cost in commands]
    regroup = inside["regroup"]
    later_words = f"{later['scan_s']:.2f} (first scan {first_s:.2f})"
    rows: list[tuple[str, ...]] = [
        ("bare walk", middle(inside["walk_s"], 4), ""),
        ("rescan, library open", middle(inside["scan_s"], 4), f"{inside['opened']} of {photos.count}"),
        ("rescan, as the command tells", middle(told_s, 3), ""),
        ("rescan, whole process", middle([cost.whole_s for cost in commands]), ""),
        ("groups at another threshold", f"{regroup['scan_s']:.3f}", f"{regroup['opened']} of {photos.count}"),
        ("the network turned on later", later_words, f"{later['opened']} of {photos.count}"),
    ]
    print_table(f"{name}: what is known already", ("what", "seconds", "photos opened"), rows)
    limits = [
        Limit(f"{name}: photos opened by a rescan", (float(inside["opened"]),), 0),
        Limit(f"{name}: photos opened for other thresholds", (float(regroup["opened"]),), 0),
    ]
    if photos.count >= ENOUGH_FOR_A_WALK:
        walk_s = statistics.median(inside["walk_s"])
        open_ratios = tuple(a / b for a, b in zip(inside["scan_s"], inside["walk_s"], strict=True))
        told_ratios = tuple(seconds / walk_s for seconds in told_s)
        note = f"walk {walk_s * 1000:.1f} ms"
        limits.append(Limit(f"{name}: rescan / bare walk, library open", open_ratios, MOST_OF_WALK, note))
        limits.append(Limit(f"{name}: rescan / bare walk, as the command tells", told_ratios, MOST_OF_WALK, note))
    stages = (stage_row(rows[1][0], inside["stages"]), stage_row(rows[5][0], later["stages"]))
    return Known(tuple(limits), stages)
