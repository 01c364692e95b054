"""The crowded library: 67 edits of each photo by make_variants.py in one folder, more than any candidate budget holds.

A variant counts as found in a class when some group of that class holds it together with its original. Precision is
counted over all pairs that a group puts together. Only photos of the test half are scored (see the split in the
data's README): thresholds were fitted on the other half.
"""

import hashlib
import json
import shutil
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.workplace import SHARED, WORK, made_once, print_table, twinlens_json

COPY_CLASSES = ("identical-file", "identical-pixels", "same-shot", "edited")
SAME_SHOT_FAMILIES = {"encode", "size", "format", "flip", "exact", "pixel", "original"}
SAME_SHOT_TURNS = {"rot90", "rot180", "rot270", "orient6_tag"}


@dataclass
class Truth:
    """What is known of the variants: for each path its truth group and kind, and which groups are scored."""

    group_of: dict[str, str] = field(default_factory=dict)
    kind_of: dict[str, tuple[str, str]] = field(default_factory=dict)
    original_of: dict[str, str] = field(default_factory=dict)
    related: set[frozenset[str]] = field(default_factory=set)
    scored: set[str] = field(default_factory=set)


def is_test_half(base: str, series: dict[str, str]) -> bool:
    """Whether a source photo belongs to the half that thresholds were not fitted on; series stay together."""
    path = f"photos/{base}"
    return hashlib.sha256(series.get(path, path).encode()).digest()[0] % 2 == 1


def load_truth(folder: Path) -> Truth:
    """The truth of a folder that make_variants.py made."""
    manifest = json.loads((SHARED / "manifest.json").read_text(encoding="utf-8"))
    series = {
        path: sorted(group["files"])[0]
        for group in manifest["groups"]
        for path in group["files"]
        if group["verdict"] != "category"
    }
    document = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    truth = Truth()
    for group in document["groups"]:
        if is_test_half(group["base"], series):
            truth.scored.add(group["id"])
        original = str(folder / group["members"][0]["path"])
        for member in group["members"]:
            path = str(folder / member["path"])
            truth.group_of[path] = group["id"]
            truth.kind_of[path] = (member["family"], member["op"])
            truth.original_of[path] = original
    for related in document["related"]:
        truth.related |= {frozenset(pair) for pair in combinations(related, 2)}
    return truth


def recall_rows(truth: Truth, groups: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """One row for each kind of variant: how many, and the part found in each class and in any."""
    together: dict[str, set[frozenset[str]]] = defaultdict(set)
    for group in groups:
        paths = [photo["path"] for photo in group["photos"]]
        together[group["class"]] |= {frozenset(two) for two in combinations(paths, 2)}
    total: Counter[tuple[str, str]] = Counter()
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for path, kind in truth.kind_of.items():
        if kind[1] == "original" or truth.group_of[path] not in truth.scored:
            continue
        total[kind] += 1
        pair = frozenset((path, truth.original_of[path]))
        strongest = next((name for name in COPY_CLASSES if pair in together[name]), None)
        if strongest:
            found[kind][strongest] += 1
    rows = []
    for kind, count in total.items():
        by_class = [f"{found[kind][name] / count:.3f}" if found[kind][name] else "" for name in COPY_CLASSES]
        rows.append((*kind, str(count), *by_class, f"{sum(found[kind].values()) / count:.3f}"))
    every = sum(sum(counter.values()) for counter in found.values())
    rows.append(("all", "", str(sum(total.values())), "", "", "", "", f"{every / max(1, sum(total.values())):.3f}"))
    return rows


def precision_rows(truth: Truth, groups: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """One row for each class: pairs put together, how many are wrong, and how many of those are frames of one series."""
    pairs: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    series: Counter[str] = Counter()
    for group in groups:
        for first, second in combinations(
            [truth.group_of.get(photo["path"], photo["path"]) for photo in group["photos"]], 2
        ):
            if truth.scored.isdisjoint((first, second)):
                continue
            pairs[group["class"]] += 1
            if first != second:
                wrong[group["class"]] += 1
                series[group["class"]] += frozenset((first, second)) in truth.related
    return [
        (
            name,
            str(pairs[name]),
            str(wrong[name]),
            str(series[name]),
            f"{1 - wrong[name] / pairs[name]:.5f}" if pairs[name] else "-",
        )
        for name in COPY_CLASSES
    ]


def measure(photos: int) -> None:
    """Make the variants of ``photos`` source photos, run ``twinlens duplicates --json`` on them, print both tables."""
    folder = WORK / f"variants-{photos}"
    made_once(
        folder,
        "truth.json",
        "make_variants.py",
        "--src",
        str(SHARED / "photos"),
        "--out",
        str(folder),
        "--limit",
        str(photos),
        "--max-side",
        "1280",
    )
    library = WORK / "library-quality"
    shutil.rmtree(library, ignore_errors=True)
    classes = [option for name in COPY_CLASSES for option in ("--class", name)]
    document = twinlens_json(library, "duplicates", str(folder), *classes)
    truth = load_truth(folder)
    print_table(
        f"Recall: variants of {len(truth.scored)} photos of the test half, strongest class each shares with its original",
        ("family", "kind", "n", *COPY_CLASSES, "any"),
        recall_rows(truth, document["groups"]),
    )
    print_table(
        "Precision: pairs that share a group",
        ("class", "pairs", "wrong", "of one series", "precision"),
        precision_rows(truth, document["groups"]),
    )
