"""How often the original is called the original, and kept: variants of real photos, by kind, for both halves.

``python -m benchmarks.direction [--photos 60] [--library DIR]``. Weights and limits were set on the tuning half. Photos
with the very bytes of the original, or its pixels and all its metadata, count as the original. "told": of the pairs that
are related, those in which more speaks for the original; "kept": of all pairs, those in which the original comes first
in the order of keepers. ``--library`` takes one that knows the variants already; without, they are scanned.
"""

import argparse
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.quality_crowded import Truth, load_truth
from benchmarks.workplace import SHARED, WORK, made_once, print_table, require_shared_data, twinlens_json

HALVES = ("tune", "test")
NOT_ASKED = {"copy", "copy_renamed", "meta_changed", "original"}
Kind = tuple[str, str]


def measure(folder: Path, library: Path) -> None:
    """Print the table and how many groups keep their original."""
    from twinlens.catalog import Catalog
    from twinlens.matching.direction import log_odds, pairs_of
    from twinlens.review.data import load_review_data

    truth = load_truth(folder)
    with Catalog.open(library, read_only=True) as catalog:
        data = load_review_data(catalog)
    pairs = pairs_of(data.relations)
    odds = log_odds(data.photos, pairs)
    said = dict(zip(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True), odds.tolist(), strict=True))
    row_of = {path: row for row, path in enumerate(data.photos.paths)}
    asked: Counter[tuple[str, Kind]] = Counter()
    related: Counter[tuple[str, Kind]] = Counter()
    told: Counter[tuple[str, Kind]] = Counter()
    kept: Counter[tuple[str, Kind]] = Counter()
    for half, kind, original, variant in _asked(truth, row_of):
        for key in ((half, kind), (half, ("all", ""))):
            asked[key] += 1
            kept[key] += int(data.order[original] < data.order[variant])
            value = said.get((min(original, variant), max(original, variant)))
            if value is not None:
                related[key] += 1
                told[key] += int((value if original < variant else -value) > 0)
    kinds = sorted({kind for _half, kind in asked})
    rows = [
        (
            *kind,
            *(
                _cells(asked[half, kind], related[half, kind], told[half, kind], kept[half, kind])[k]
                for half in HALVES
                for k in range(3)
            ),
        )
        for kind in kinds
    ]
    header = ("family", "kind", *(f"{half} {name}" for half in HALVES for name in ("n", "told", "kept")))
    print_table("Which is the original: pairs of an original and a variant of it", header, rows)
    print_table(
        "Groups of the truth whose keeper is the original",
        ("half", "groups", "kept", "share"),
        _groups(truth, row_of, data.order),
    )


def _asked(truth: Truth, row_of: dict[str, int]) -> Iterator[tuple[str, Kind, int, int]]:
    """Half, kind, row of the original and row of the variant, for each variant that is in the library."""
    for path, kind in truth.kind_of.items():
        original = truth.original_of[path]
        if kind[1] in NOT_ASKED or path not in row_of or original not in row_of:
            continue
        yield HALVES[truth.group_of[path] in truth.scored], kind, row_of[original], row_of[path]


def _cells(asked: int, related: int, told: int, kept: int) -> tuple[str, str, str]:
    return str(asked), f"{told / related:.2f}" if related else "-", f"{kept / asked:.2f}" if asked else "-"


def _groups(
    truth: Truth, row_of: dict[str, int], order: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> list[tuple[str, ...]]:
    members: dict[str, list[str]] = defaultdict(list)
    for path, group in truth.group_of.items():
        if path in row_of:
            members[group].append(path)
    whole = {group: paths for group, paths in members.items() if truth.original_of[paths[0]] in row_of}
    rows: list[tuple[str, ...]] = []
    for half in HALVES:
        groups = [group for group in whole if (group in truth.scored) == (half == "test")]
        best = [min(whole[group], key=lambda path: order[row_of[path]]) for group in groups]
        right = sum(truth.kind_of[path][1] in NOT_ASKED for path in best)
        for path in best:
            if truth.kind_of[path][1] not in NOT_ASKED:
                print(f"kept instead of the original ({half}): {'/'.join(Path(path).parts[-2:])}")
        rows.append((half, str(len(groups)), str(right), f"{right / max(1, len(groups)):.2f}"))
    return rows


def main() -> None:
    """Make the variants and scan them, unless a library is given."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.direction", description=__doc__)
    parser.add_argument("--photos", type=int, default=60, help="source photos whose variants are looked at")
    parser.add_argument("--folder", type=Path, help="variants that are made already")
    parser.add_argument("--library", type=Path, help="a library that knows them already")
    options = parser.parse_args()
    require_shared_data()
    folder = options.folder or WORK / f"variants-{options.photos}"
    if options.folder is None:
        source = ("--src", str(SHARED / "photos"), "--out", str(folder))
        limits = ("--limit", str(options.photos), "--max-side", "1280")
        made_once(folder, "truth.json", "make_variants.py", *source, *limits)
    library = options.library
    if library is None:
        library = WORK / "library-direction"
        shutil.rmtree(library, ignore_errors=True)
        twinlens_json(library, "scan", str(folder))
    measure(folder, library)


if __name__ == "__main__":
    main()
