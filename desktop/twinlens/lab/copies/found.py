"""Which copies were found again, and what was put together that does not belong together."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from msgspec import Struct

from twinlens.domain.relation import PhotoClass
from twinlens.lab.copies.made import Copy

COPY_CLASSES = (PhotoClass.IDENTICAL_FILE, PhotoClass.IDENTICAL_PIXELS, PhotoClass.SAME_SHOT, PhotoClass.EDITED)

Groups = Mapping[PhotoClass, Sequence[Sequence[str]]]


@dataclass
class Tally:
    """Of one kind: how many copies, and how many were found in which class."""

    total: int = 0
    found: Counter[PhotoClass] = field(default_factory=Counter)
    in_class: int = 0
    """In the class they have to be found in, or a stronger one."""
    too_strong: int = 0
    """Edited copies that are taken for the same shot: those would be suggested for removal."""

    @property
    def recall(self) -> float:
        """The part found in its class or a stronger one."""
        return self.in_class / self.total if self.total else 1.0

    @property
    def any_class(self) -> float:
        """The part found at all."""
        return self.found.total() / self.total if self.total else 1.0

    def count(self, copy: Copy, found: PhotoClass | None) -> None:
        """One more copy, found in this class or not at all."""
        self.total += 1
        if found is None:
            return
        self.found[found] += 1
        self.in_class += found.rank <= copy.photo_class.rank
        self.too_strong += found.rank < copy.photo_class.rank and copy.photo_class is PhotoClass.EDITED

    def add(self, more: "Tally") -> None:
        """Count what another tally counted as well."""
        self.total += more.total
        self.found += more.found
        self.in_class += more.in_class
        self.too_strong += more.too_strong


class Together:
    """Which photos share a group of which class."""

    def __init__(self, groups: Groups) -> None:
        self._group_of = {
            photo_class: {path: at for at, paths in enumerate(found) for path in paths}
            for photo_class, found in groups.items()
        }

    def strongest(self, first: str, second: str) -> PhotoClass | None:
        """The strongest class of copies in which both share a group."""
        for photo_class in COPY_CLASSES:
            group_of = self._group_of.get(photo_class, {})
            if first in group_of and group_of[first] == group_of.get(second):
                return photo_class
        return None


def tallies(copies: Iterable[Copy], together: Together, kind_of: Callable[[Copy], str]) -> dict[str, Tally]:
    """What was found of each kind."""
    found: dict[str, Tally] = defaultdict(Tally)
    for copy in copies:
        found[kind_of(copy)].count(copy, together.strongest(copy.path, copy.original))
    return found


class Pairs(Struct, frozen=True):
    """Of one class: pairs put together, and those of them that do not belong together."""

    count: int
    wrong: frozenset[tuple[str, str]]

    @property
    def precision(self) -> float:
        """The part that belongs together; 1 without any pair."""
        return 1 - len(self.wrong) / self.count if self.count else 1.0


def pairs_together(groups: Groups, photo_class: PhotoClass, family_of: Mapping[str, str], scored: set[str]) -> Pairs:
    """The pairs that groups of a class put together and that have a photo of a scored family.

    ``family_of``: of each path, the name of what belongs together; a path that is not there belongs to nothing else.
    """
    count, wrong = 0, set()
    for paths in groups.get(photo_class, ()):
        for one, two in combinations(sorted(paths), 2):
            first, second = family_of.get(one, one), family_of.get(two, two)
            if scored.isdisjoint((first, second)):
                continue
            count += 1
            if first != second:
                wrong.add((one, two))
    return Pairs(count, frozenset(wrong))
