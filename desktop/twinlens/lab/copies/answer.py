"""The report of ``lab copies``: edits of the photos at hand, made, looked for, counted."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from twinlens.domain.group import GroupQuery
from twinlens.domain.relation import PhotoClass
from twinlens.domain.settings import SIMILARITY, TIME_GAP
from twinlens.lab.copies.found import COPY_CLASSES, Groups, Tally, Together, pairs_together, tallies
from twinlens.lab.copies.made import Copy, make_copies, shuffled_kinds
from twinlens.lab.edits import EDITS
from twinlens.lab.figures import Axis, Bars, Values
from twinlens.lab.report import Column, Kind, LabReport, Measure, Table, table
from twinlens.lab.trial import scan_into, trial_library
from twinlens.lab.workbench import NothingToMeasure, Workbench
from twinlens.library.open import Library
from twinlens.review.data import load_review_data
from twinlens.review.duplicates import find_groups

MOST_BESIDE = 2_000
_STEP_PHOTOS = 8


def measure(bench: Workbench, folder: str, photos: int, edits: int, rounds: int, seed: int) -> LabReport:
    """Make ``edits`` copies of each of ``photos`` photos, in each round other ones, and find them again."""
    originals, beside = _chosen(bench, folder, photos, seed)
    found: dict[str, Tally] = {}
    wrong: dict[PhotoClass, set[tuple[str, str]]] = {photo_class: set() for photo_class in COPY_CLASSES}
    pairs = dict.fromkeys(COPY_CLASSES, 0)
    missed: list[Copy] = []
    seconds = 0.0
    for number in range(rounds):
        with (
            tempfile.TemporaryDirectory(prefix="twinlens-copies-", ignore_cleanup_errors=True) as made_in,
            trial_library(bench, [*originals, *beside]) as library,
        ):
            place = Path(os.path.realpath(made_in))
            known = copy_groups(library)
            copies = _make(bench, originals, place, edits, number, seed)
            seconds += scan_into(bench, library, [str(place)])
            groups = copy_groups(library)
            together = Together(groups)
            for kind, tally in tallies(copies, together, lambda copy: copy.kind).items():
                found.setdefault(kind, Tally()).add(tally)
            family_of = _families(known, copies)
            for photo_class in COPY_CLASSES:
                joined = pairs_together(groups, photo_class, family_of, {family_of[copy.original] for copy in copies})
                pairs[photo_class] += joined.count
                wrong[photo_class] |= joined.wrong
            missed += [copy for copy in copies if together.strongest(copy.path, copy.original) is None]
    return _report(found, pairs, wrong, missed, (len(originals), len(beside), edits, rounds, seconds))


def _chosen(bench: Workbench, folder: str, photos: int, seed: int) -> tuple[list[str], list[str]]:
    """Photos to edit, and more of the folder to stand beside them, both drawn by the seed."""
    from twinlens.volumes.identity import resolved

    root = resolved(folder).rstrip(os.sep) + os.sep
    with bench.library([folder]) as library:
        columns = library.catalog().photos.columns()
        large = np.minimum(columns.width_px, columns.height_px) >= 200
        paths = [path for path in columns.paths if path.startswith(root)]
        usable = {path for path, fits in zip(columns.paths, large.tolist(), strict=True) if fits}
    order = np.random.default_rng(seed).permutation(len(paths))
    drawn = [paths[at] for at in order.tolist()]
    originals = [path for path in drawn if path in usable and _is_plain(path)][:photos]
    if not originals:
        raise NothingToMeasure(f"There are no photos of at least 200 pixels under {folder} whose copies could be made.")
    taken = set(originals)
    return originals, [path for path in drawn if path not in taken][:MOST_BESIDE]


def _is_plain(path: str) -> bool:
    """Whether Pillow alone opens it: edits are made of what editors save, not of RAW files."""
    return path.lower().endswith((".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff"))


def _make(bench: Workbench, originals: Sequence[str], place: Path, edits: int, number: int, seed: int) -> list[Copy]:
    copies: list[Copy] = []
    for start in range(0, len(originals), _STEP_PHOTOS):
        bench.step("Making copies", start, len(originals))
        wanted = []
        for at in range(start, min(start + _STEP_PHOTOS, len(originals))):
            kinds = shuffled_kinds([seed, at])
            first = number * edits % len(kinds)
            chosen = [*kinds, *kinds][first : first + edits]
            wanted.append((originals[at], place / f"{at:04d}", chosen))
        copies += make_copies(wanted, seed * 1000 + number)
    return copies


def copy_groups(library: Library) -> dict[PhotoClass, list[list[str]]]:
    """The groups of each class of copies where the sliders stand, as paths."""
    data = load_review_data(library.catalog())
    preferences, paths = library.preferences, data.photos.paths
    found = {}
    for photo_class in COPY_CLASSES:
        query = GroupQuery(photo_class, preferences.number(SIMILARITY), preferences.number(TIME_GAP))
        groups = find_groups(data, query)
        found[photo_class] = [[paths[row] for row in groups.rows_of(at).tolist()] for at in range(len(groups))]
    return found


def _families(known: Groups, copies: Sequence[Copy]) -> dict[str, str]:
    """What belongs together: a photo and its copies; photos that were together before any copy was made."""
    family_of: dict[str, str] = {}
    for groups in known.values():
        for paths in groups:
            name = min(family_of.get(path, path) for path in paths)
            for path in [*paths, *(other for other, family in family_of.items() if family in paths)]:
                family_of[path] = name
    for copy in copies:
        family_of[copy.path] = family_of.setdefault(copy.original, copy.original)
    return family_of


def _report(
    found: dict[str, Tally],
    pairs: dict[PhotoClass, int],
    wrong: dict[PhotoClass, set[tuple[str, str]]],
    missed: Sequence[Copy],
    sizes: tuple[int, int, int, int, float],
) -> LabReport:
    photos, beside, edits, rounds, seconds = sizes
    total = sum(tally.total for tally in found.values())
    any_class = sum(tally.found.total() for tally in found.values()) / total
    strangers = sum(len(joined) for joined in wrong.values())
    words = (
        f"Of {total:,} copies of {photos:,} photos {any_class * 100:.1f} % were found again.",
        f"{strangers:,} pairs were put together that were not together before and are no copies of one another.",
    )
    names = tuple(name for name in EDITS if name in found)
    return LabReport(
        "copies",
        "Copies made and found again",
        words,
        (
            Measure("Found in any class", "found", any_class, Kind.SHARE),
            Measure("Pairs of strangers joined", "strangers", strangers, Kind.COUNT),
        ),
        (
            ("photos edited", photos), ("photos beside them", beside), ("edits of each", edits), ("rounds", rounds),
            ("seconds of scans", round(seconds, 1)),
        ),
        (_recall(found, names), _precision(pairs, wrong), _strangers(wrong), _misses(missed)),
        (
            Bars(
                "Found in the class that is asked",
                names,
                (Values("recall", tuple(found[name].recall for name in names)),),
                Axis("part of the copies", least=0, most=1, percent=True),
            ),
        ),
    )  # fmt: skip


def _recall(found: dict[str, Tally], names: Sequence[str]) -> Table:
    columns = (
        Column("family", "family"), Column("edit", "edit"), Column("copies", "copies", Kind.COUNT),
        Column("class", "class"), Column("found in it", "recall", Kind.SHARE),
        Column("asked", "asked", Kind.SHARE, 0), Column("in any", "any", Kind.SHARE),
        Column("taken for same-shot", "too_strong", Kind.COUNT),
    )  # fmt: skip
    rows = []
    for name in names:
        edit, tally = EDITS[name], found[name]
        asked = edit.at_least or None
        own = (edit.family, name, tally.total, edit.photo_class.value, tally.recall, asked)
        rows.append((*own, tally.any_class, tally.too_strong))
    return table("Every edit", columns, rows, "Found: in one group with the original, of this class or a stronger one.")


def _precision(pairs: dict[PhotoClass, int], wrong: dict[PhotoClass, set[tuple[str, str]]]) -> Table:
    columns = (
        Column("class", "class"), Column("pairs", "pairs", Kind.COUNT), Column("of strangers", "wrong", Kind.COUNT),
        Column("precision", "precision", Kind.SHARE, 3),
    )  # fmt: skip
    rows = [
        (kind.value, pairs[kind], len(wrong[kind]), 1 - len(wrong[kind]) / pairs[kind] if pairs[kind] else None)
        for kind in COPY_CLASSES
    ]
    return table("Pairs that share a group", columns, rows)


def _strangers(wrong: dict[PhotoClass, set[tuple[str, str]]]) -> Table:
    columns = (Column("class", "class"), Column("one", "one"), Column("other", "other"))
    rows = [(kind.value, one, two) for kind in COPY_CLASSES for one, two in sorted(wrong[kind])[:20]]
    return table("Strangers that were joined", columns, rows, "At most 20 of a class. `twinlens lab why` tells more.")


def _misses(missed: Sequence[Copy]) -> Table:
    columns = (Column("edit", "edit"), Column("original", "original"))
    rows = [(copy.kind, copy.original) for copy in sorted(missed, key=lambda copy: (copy.kind, copy.original))[:60]]
    return table("Copies that were not found", columns, rows, "At most 60.")
