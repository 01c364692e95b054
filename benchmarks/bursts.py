"""Bursts: pairwise precision and recall on the real series, what each is called, and what else was put together.

``python -m benchmarks.bursts``. Truth are the groups of the manifest whose frames are different exposures of one scene:
series, bursts, brackets, focus stacks. A pair that ``duplicates --class burst --json`` puts into one group is right when
both are in one such group, or when both are of one camera, one scene (``same-scene``) and less than a minute apart;
else it is wrong. A pair of the truth is found when one group holds both. All of a series counts, however long its
pauses: the series are what a person called one. Two figures are quoted: of the half that limits were fitted on, and of
the test half, split by the first path of each series (see the data's README).

``--stripped`` measures the same on copies without any metadata, named as they were: what is left is what names count
and what pictures show.
"""

import argparse
import hashlib
import json
import shutil
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from benchmarks.workplace import SHARED, WORK, print_table, require_shared_data, twinlens_json

KINDS = {"series": "burst", "burst": "burst", "bracket": "exposure-bracket", "focus-stack": "focus-stack"}
NEAR_S = 60.0
Pair = frozenset[str]


@dataclass
class Series:
    """One group of the truth."""

    id: str
    kind: str
    files: list[str]

    @property
    def pairs(self) -> set[Pair]:
        """Its pairs of paths."""
        return {frozenset(pair) for pair in combinations(self.files, 2)}

    @property
    def is_test_half(self) -> bool:
        """Whether no limit was fitted on it."""
        return hashlib.sha256(sorted(self.files)[0].encode()).digest()[0] % 2 == 1


@dataclass
class Truth:
    """The series, and groups of pictures of one scene or one exposure by path."""

    series: list[Series] = field(default_factory=list)
    scenes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def load_truth() -> Truth:
    """The truth of the manifest, paths relative to the shared data."""
    truth = Truth()
    for group in json.loads((SHARED / "manifest.json").read_text(encoding="utf-8"))["groups"]:
        if group["kind"] in KINDS and group["verdict"] == "similar":
            truth.series.append(Series(group["id"], group["kind"], group["files"]))
        elif group["kind"] == "same-scene" or group["verdict"] == "duplicate":
            for path in group["files"]:
                truth.scenes[path].add(group["id"])
    return truth


def stripped_copies(folder: Path) -> Path:
    """All photos of the shared data without metadata, upright, under their names."""
    shutil.rmtree(folder, ignore_errors=True)
    for source in sorted((SHARED / "photos").rglob("*")):
        if source.suffix.lower() not in (".jpg", ".jpeg"):
            continue
        target = folder / source.relative_to(SHARED)
        target.parent.mkdir(parents=True, exist_ok=True)
        with Image.open(source) as picture:
            upright = ImageOps.exif_transpose(picture).convert("RGB")
        upright.thumbnail((1600, 1600))
        upright.save(target, "JPEG", quality=92)
    return folder


def is_right(pair: Pair, truth: Truth, series_of: dict[str, str], taken: dict[str, str | None]) -> bool:
    """Whether two photos of one burst group belong together."""
    first, second = sorted(pair)
    if first in series_of and series_of[first] == series_of.get(second):
        return True
    times = [datetime.fromisoformat(time) for path in (first, second) if (time := taken[path])]
    near = len(times) == 2 and abs((times[0] - times[1]).total_seconds()) < NEAR_S
    return near and not truth.scenes[first].isdisjoint(truth.scenes[second])


def measure(*, stripped: bool, options: Iterable[str] = ()) -> None:
    """Scan, ask for the bursts, print both tables, every miss and every wrong pair."""
    require_shared_data()
    base = WORK / "series-stripped" if stripped else SHARED
    if stripped:
        stripped_copies(base)
    library = WORK / "library-bursts"
    shutil.rmtree(library, ignore_errors=True)
    document = twinlens_json(library, "duplicates", str(base / "photos"), "--class", "burst", *options)
    copies = twinlens_json(
        library, "duplicates", str(base / "photos"), "--no-scan", "--class", "same-shot", "--class", "edited"
    )
    report(load_truth(), document["groups"], copies["groups"], str(base) + "/")


def report(truth: Truth, groups: list[dict[str, Any]], copies: list[dict[str, Any]], base: str) -> None:
    """Print what was found. Paths in the groups begin with ``base``."""
    series_of = {path: series.id for series in truth.series for path in series.files}
    halves = {path: series.is_test_half for series in truth.series for path in series.files}
    found: set[Pair] = set()
    called: dict[str, set[str]] = defaultdict(set)
    taken: dict[str, str | None] = {}
    for group in groups:
        paths = [photo["path"].removeprefix(base) for photo in group["photos"]]
        taken |= {path: photo["taken"] for path, photo in zip(paths, group["photos"], strict=True)}
        found |= {frozenset(pair) for pair in combinations(paths, 2)}
        for path in paths:
            called[series_of.get(path, path)].add(group["kind"])
    wrong = {pair for pair in found if not is_right(pair, truth, series_of, taken)}
    rows = [_row(series, found, wrong, called) for series in truth.series]
    for title, half in (("tune half", False), ("test half", True)):
        own = set().union(*(series.pairs for series in truth.series if series.is_test_half is half))
        apart = {pair for pair in wrong if half in {halves.get(path, True) for path in pair}}
        hit = len(own & found)
        precision = hit / max(1, hit + len(apart))
        rows.append(
            (title, "", str(len(own)), str(hit), str(len(apart)), f"{hit / len(own):.3f}", f"{precision:.3f}", "")
        )
    print_table(
        "Bursts: pairs of each series",
        ("series", "kind", "pairs", "found", "wrong", "recall", "precision", "called"),
        rows,
    )
    everything = set().union(*(series.pairs for series in truth.series))
    print_table("Missed pairs", ("first", "second"), _listed(everything - found))
    print_table("Wrong pairs", ("first", "second"), _listed(wrong))
    worse = {
        frozenset((first["path"].removeprefix(base), second["path"].removeprefix(base))): (group["class"], second)
        for group in copies
        for first, second in combinations(group["photos"], 2)
    }
    print_table(
        "Frames of one series given as copies",
        ("first", "second", "class", "score of the second"),
        [
            (*sorted(pair), name, str((photo["relation"] or {}).get("score", "")))
            for pair, (name, photo) in worse.items()
            if pair in everything
        ],
    )


def _row(series: Series, found: set[Pair], wrong: set[Pair], called: dict[str, set[str]]) -> tuple[str, ...]:
    hit = len(series.pairs & found)
    apart = sum(1 for pair in wrong if not pair.isdisjoint(series.files))
    names = called[series.id]
    verdict = "" if names == {KINDS[series.kind]} else " (should be " + KINDS[series.kind] + ")"
    precision = f"{hit / (hit + apart):.3f}" if hit + apart else "-"
    half = "test" if series.is_test_half else "tune"
    return (
        f"{series.id} ({half})", series.kind, str(len(series.pairs)), str(hit), str(apart),
        f"{hit / len(series.pairs):.3f}", precision, ", ".join(sorted(names)) + verdict,
    )  # fmt: skip


def _listed(pairs: set[Pair]) -> list[tuple[str, ...]]:
    return sorted(tuple(sorted(pair)) for pair in pairs)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bursts", description=__doc__)
    parser.add_argument("--stripped", action="store_true", help="copies without metadata instead")
    parser.add_argument("--time-gap", type=float, help="seconds, default: the setting")
    chosen = parser.parse_args()
    gap = () if chosen.time_gap is None else ("--time-gap", str(chosen.time_gap))
    measure(stripped=chosen.stripped, options=gap)
