"""How well copies are told from strangers: the table that was asked for, on the half of the photos nothing was fitted on.

``make bench BENCH=...`` runs it with the rest; ``python -m benchmarks.quality [--quick]`` runs it alone. Beside the
realistic rounds (``quality_rounds``) stands, with ``--crowded N``, the library in which 67 edits of each photo crowd.
"""

import argparse
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import photo_truth, quality_crowded
from benchmarks.limits import HEADER, Limit, load
from benchmarks.made_strangers import make_strangers
from benchmarks.measured import Cost, twinlens
from benchmarks.quality_baselines import USUAL_BITS, Distances
from benchmarks.quality_misses import explain_misses, write_misses
from benchmarks.quality_rounds import DEFAULT, QUICK, Plan, make_round
from benchmarks.quality_scores import (
    RECALL_HEADER,
    Score,
    limits,
    lookalike_rows,
    precision_rows,
    recall_rows,
)
from benchmarks.workplace import SHARED, WORK, print_table, require_shared_data, twinlens_json
from twinlens.domain.relation import PhotoClass
from twinlens.lab.copies.found import COPY_CLASSES, Groups

MISSES = "misses.csv"
TIME_HEADER = ("scan", "new", "seconds", "matching s", "share", "in 10,000", "processor s", "in 10,000")


@dataclass
class Found:
    """What the rounds gave. ``groups``: those of each."""

    score: Score
    distances: Distances = field(default_factory=Distances)
    misses: list[tuple[str, ...]] = field(default_factory=list)
    scans: list[tuple[str, ...]] = field(default_factory=list)
    groups: list[Groups] = field(default_factory=list)


def measure(plan: Plan = DEFAULT) -> list[Limit]:
    """Make the rounds, find, print the tables; gives what is asked as limits."""
    require_shared_data()
    strangers = make_strangers(WORK / "quality" / "strangers")
    family_of = photo_truth.families()
    scored = {name for name in family_of.values() if photo_truth.is_test_half(name)}
    scored |= {path for paths in strangers.values() for path in paths}  # nothing was fitted on them either
    found = Found(Score(dict(family_of), scored))
    base = WORK / "quality" / "library"
    shutil.rmtree(base, ignore_errors=True)
    first = twinlens(base, "scan", str(SHARED / "photos"), str(WORK / "quality" / "strangers"))
    found.scans.append(_scan_row("photos and strangers", first))
    _count_base(found, base, int(first.document["photos"]))
    for number in range(plan.rounds):
        _one_round(found, plan, number, base, int(first.document["photos"]))
    sets = [(f"{scene.kind} {scene.name} ({scene.half})", scene.paths) for scene in photo_truth.scenes()]
    lookalikes = lookalike_rows(
        [*_without_copies(sets), *((f"made-up {k}", v) for k, v in strangers.items())], found.groups
    )
    return _print(found, plan, lookalikes)


def _count_base(found: Found, base: Path, photos: int) -> None:
    """The photos alone, before any edit comes."""
    groups = _groups(base)
    found.score.add([], groups, 0, photos)
    found.groups.append(groups)


def _one_round(found: Found, plan: Plan, number: int, base: Path, known: int) -> None:
    folder, copies = make_round(plan, number)
    library = WORK / "quality" / f"library-{number}"
    shutil.rmtree(library, ignore_errors=True)
    shutil.copytree(base, library)
    scanned = twinlens(library, "scan", str(folder))
    found.scans.append(_scan_row(f"round {number + 1}", scanned))
    groups = _groups(library)
    missed = found.score.add(copies, groups, known, len(copies))
    found.distances.add(library, copies, found.score.family_of, found.score.scored)
    found.misses += explain_misses(library, missed)
    found.groups.append(groups)


def _groups(library: Path) -> dict[PhotoClass, list[list[str]]]:
    classes = [option for name in COPY_CLASSES for option in ("--class", name.value)]
    document = twinlens_json(library, "duplicates", "--no-scan", *classes)
    groups: dict[PhotoClass, list[list[str]]] = {}
    for group in document["groups"]:
        groups.setdefault(PhotoClass(group["class"]), []).append([photo["path"] for photo in group["photos"]])
    return groups


def _without_copies(sets: list[tuple[str, tuple[str, ...]]]) -> list[tuple[str, list[str]]]:
    """One photo of each family: some cards were copied twice."""
    family_of = photo_truth.families()
    return [(name, list({family_of[path]: path for path in paths}.values())) for name, paths in sets]


def _scan_row(name: str, cost: Cost) -> tuple[str, ...]:
    new, match_s = int(cost.document["new"]), float(cost.document["stages"].get("match", 0))
    times = (
        f"{cost.inside_s:.1f}",
        f"{match_s:.1f}",
        f"{match_s / cost.inside_s:.2f}",
        f"{match_s / new * 10_000:.0f}",
    )
    return (name, str(new), *times, f"{cost.cpu_s:.1f}", f"{cost.cpu_s / new * 10_000:.0f}")


def _print(found: Found, plan: Plan, lookalikes: list[tuple[str, ...]]) -> list[Limit]:
    score, distances = found.score, found.distances
    strangers = sum(len(score.wrong[photo_class]) for photo_class in COPY_CLASSES[2:])
    cosine = distances.cosine_with(strangers)
    others = {f"pHash <= {bits}": distances.recall_by_bits(bits) for bits in USUAL_BITS[:1]}
    others[f"cosine >= {cosine:.3f}"] = distances.recall_by_cosine(cosine)
    copies = sum(tally.total for tally in score.rows.values())
    print_table(
        f"Recall: {copies:,} copies of {plan.photos} photos of the test half in {plan.rounds} rounds, among all photos",
        (*RECALL_HEADER, *others),
        recall_rows(score, others),
    )
    print_table(
        f"Precision: pairs in a group with a photo of the test half, of {score.checked:,} pairs in all",
        ("class", "pairs", "wrong", "precision", "asked", ""),
        [*precision_rows(score), *_baseline_precision(distances)],
    )
    print_table("Lookalikes that are no copies", ("photos", "pairs", "same-shot or stronger", "edited"), lookalikes)
    print_table(f"Time of scans; {load()}", TIME_HEADER, found.scans)
    counted = write_misses(WORK / "quality" / MISSES, found.misses)
    print_table(f"Misses, each in {WORK / 'quality' / MISSES}", ("edit", "what happened", "verification", "n"), counted)
    for photo_class in COPY_CLASSES:
        for one, two in sorted(score.wrong[photo_class])[:10]:
            print(f"wrong {photo_class.value}: {one}  {two}")
    asked = limits(score, lookalikes)
    print_table("Asked and not kept", HEADER, [limit.row() for limit in asked if not limit.kept])
    return asked


def _baseline_precision(distances: Distances) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for bits in USUAL_BITS:
        right, wrong = distances.near_copies[bits], distances.near_strangers[bits]
        rows.append(
            (f"pHash <= {bits}", str(right + wrong), str(wrong), f"{right / max(1, right + wrong):.5f}", "", "")
        )
    return rows


def measured(*, quick: bool = False) -> bool:
    """Measure; whether everything asked is kept."""
    return all(limit.kept for limit in measure(QUICK if quick else DEFAULT))


def main() -> None:
    """Parse, measure; ends with 1 where a limit is broken."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two rounds of fewer photos")
    parser.add_argument("--crowded", type=int, default=0, help="photos of the library with 67 edits of each")
    options = parser.parse_args()
    kept = measured(quick=options.quick)
    if options.crowded:
        quality_crowded.measure(options.crowded)
    sys.exit(not kept)


if __name__ == "__main__":
    main()
