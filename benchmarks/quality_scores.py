"""Rows and limits of the quality tables, from what was found in all rounds."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from benchmarks.limits import Limit
from benchmarks.quality_kinds import ROW_OF, ROWS
from twinlens.domain.relation import PhotoClass
from twinlens.lab.copies.found import COPY_CLASSES, Groups, Tally, Together, pairs_together, tallies
from twinlens.lab.copies.made import Copy

LEAST_PRECISION = {
    PhotoClass.IDENTICAL_FILE: 1.0,
    PhotoClass.IDENTICAL_PIXELS: 1.0,
    PhotoClass.SAME_SHOT: 0.999,
    PhotoClass.EDITED: 0.99,
}
FALSE_EDITED_PER_100_000 = 1.0
_PERCENT = 100.0


@dataclass
class Score:
    """What all rounds found. ``family_of``: of every path; ``scored``: families of the test half."""

    family_of: dict[str, str]
    scored: set[str]
    rows: dict[str, Tally] = field(default_factory=dict)
    kinds: dict[str, Tally] = field(default_factory=dict)
    pairs: Counter[PhotoClass] = field(default_factory=Counter)
    wrong: dict[PhotoClass, set[tuple[str, str]]] = field(default_factory=dict)
    checked: int = 0
    missed: list[Copy] = field(default_factory=list)

    def add(self, copies: Sequence[Copy], groups: Groups, known: int, new: int) -> list[Copy]:
        """Count a round of ``new`` photos beside ``known`` ones; gives the copies that it did not find."""
        self.family_of.update({copy.path: self.family_of[copy.original] for copy in copies})
        together = Together(groups)
        for kept, kind_of in ((self.rows, lambda copy: ROW_OF[copy.kind].name), (self.kinds, lambda copy: copy.kind)):
            for name, tally in tallies(copies, together, kind_of).items():
                kept.setdefault(name, Tally()).add(tally)
        for photo_class in COPY_CLASSES:
            found = pairs_together(groups, photo_class, self.family_of, self.scored)
            self.pairs[photo_class] += found.count
            self.wrong.setdefault(photo_class, set()).update(found.wrong)
        self.checked += new * known + new * (new - 1) // 2
        missed = [copy for copy in copies if not _is_found(copy, together)]
        self.missed += missed
        return missed


def _is_found(copy: Copy, together: Together) -> bool:
    found = together.strongest(copy.path, copy.original)
    return found is not None and found.rank <= copy.photo_class.rank


RECALL_HEADER = ("edit", "class", "n", "recall", "asked", "", "in any class", "taken for same-shot")


def recall_rows(score: Score, others: Mapping[str, Mapping[str, float]]) -> list[tuple[str, ...]]:
    """One row for each row of the issue; ``others``: recall of other ways by their name, then by row."""
    rows = []
    for row in ROWS:
        tally = score.rows.get(row.name)
        if tally is None:
            continue
        asked = f"{row.at_least:.2f}" if row.at_least else "-"
        word = "" if not row.at_least else "kept" if tally.recall >= row.at_least else "BROKEN"
        own = (row.name, row.photo_class.value, str(tally.total), f"{tally.recall:.3f}", asked, word)
        strong = str(tally.too_strong) if tally.too_strong else ""
        beside = tuple(f"{recall.get(row.name, 0.0):.3f}" for recall in others.values())
        rows.append((*own, f"{tally.any_class:.3f}", strong, *beside))
    return rows


def precision_rows(score: Score) -> list[tuple[str, ...]]:
    """One row for each class."""
    return [
        (
            photo_class.value,
            str(score.pairs[photo_class]),
            str(len(score.wrong[photo_class])),
            f"{_precision(score, photo_class):.5f}",
            f"{LEAST_PRECISION[photo_class]:g}",
            "kept" if _precision(score, photo_class) >= LEAST_PRECISION[photo_class] else "BROKEN",
        )
        for photo_class in COPY_CLASSES
    ]


def _precision(score: Score, photo_class: PhotoClass) -> float:
    return 1 - len(score.wrong[photo_class]) / max(1, score.pairs[photo_class])


def lookalike_rows(sets: Iterable[tuple[str, Sequence[str]]], rounds: Iterable[Groups]) -> list[tuple[str, ...]]:
    """For each set of photos that are all different: pairs, and how many any round put together as copies."""
    every = [Together(groups) for groups in rounds]
    rows: list[tuple[str, ...]] = []
    for name, paths in sets:
        found: Counter[PhotoClass | None] = Counter()
        for one, two in combinations(paths, 2):
            joined = [strongest for together in every if (strongest := together.strongest(one, two)) is not None]
            found[min(joined, key=lambda photo_class: photo_class.rank) if joined else None] += 1
        strong = sum(found[photo_class] for photo_class in COPY_CLASSES[:3])
        rows.append((name, str(found.total()), str(strong), str(found[PhotoClass.EDITED])))
    return rows


def limits(score: Score, lookalikes: Sequence[tuple[str, ...]]) -> list[Limit]:
    """What is asked, as limits: the part of each row that is missed, of each class that is wrong, strangers joined."""
    found = [
        Limit(f"% missed: {row.name}", (_PERCENT * (1 - score.rows[row.name].recall),), _PERCENT * (1 - row.at_least))
        for row in ROWS
        if row.at_least and row.name in score.rows
    ]
    found += [
        Limit(
            f"% wrong: {photo_class.value}",
            (_PERCENT * (1 - _precision(score, photo_class)),),
            _PERCENT * (1 - LEAST_PRECISION[photo_class]),
        )
        for photo_class in COPY_CLASSES
    ]
    found.append(Limit("lookalikes taken for the same shot", (float(sum(int(row[2]) for row in lookalikes)),), 0))
    false_rate = 1e5 * len(score.wrong[PhotoClass.EDITED]) / max(1, score.checked)
    found.append(Limit("false pairs of edited in 100,000", (false_rate,), FALSE_EDITED_PER_100_000))
    return found
