"""What a rule decides, for all groups at once: which photos go, which stay for them, and which groups are ties.

The weakest class comes first: its groups hold the identical copies too, so that of a whole family one photo stays. What it
leaves open, the stronger classes decide. A photo that stays for another one goes nowhere; one that goes stands for none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from msgspec import Struct

from twinlens.domain.columns import BoolArray, PhotoColumns
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.relation import PhotoClass
from twinlens.matching.rules.facts import Facts
from twinlens.matching.rules.ranking import Ranking, ranked_by_rule
from twinlens.matching.rules.rule import Rule, Step
from twinlens.review.duplicates import GroupList
from twinlens.review.rules.scope import Scope


class ClassOutcome(Struct, frozen=True):
    """The groups of one class. Members are those of ``groups.rows``, group by group.

    ``numbers``: int64 [g], which groups. ``starts``: int64 [g + 1]. ``rows``: int64 [m]. ``group``: int64 [m], the place in
    ``numbers``. ``winner``: int64 [g], the row that stays; -1 where nothing is decided. ``proven``, ``goes``, ``tied``:
    bool [m], the first for those with a relation to the keeper of their group. ``parted_by``: int64 [m], the number in
    ``steps`` of what put a member behind, else -1.
    """

    groups: GroupList
    steps: tuple[Step, ...]
    numbers: Int64Array
    starts: Int64Array
    rows: Int64Array
    group: Int64Array
    winner: Int64Array
    proven: BoolArray
    goes: BoolArray
    tied: BoolArray
    parted_by: Int64Array

    def groups_with(self, members: BoolArray) -> Int64Array:
        """The places in ``numbers`` of the groups in which any of these members is."""
        return np.unique(self.group[members])


class Outcome(Struct, frozen=True):
    """What a rule decides. ``goes``, ``stays``: bool [photos], the latter for those that stay instead of one that goes.

    ``group_count``: of the groups asked about.
    """

    photos: PhotoColumns
    rule: Rule
    classes: tuple[ClassOutcome, ...]
    goes: BoolArray
    stays: BoolArray
    group_count: int

    @property
    def goes_bytes(self) -> int:
        """The bytes of all photos that go."""
        return int(self.photos.size_bytes[self.goes].sum())

    @property
    def decided_count(self) -> int:
        """In how many groups something goes."""
        return sum(len(one.groups_with(one.goes)) for one in self.classes)

    @property
    def tie_count(self) -> int:
        """How many groups the criteria leave open."""
        return sum(len(one.groups_with(one.tied)) for one in self.classes)


def decide(facts: Facts, rule: Rule, scopes: Iterable[Scope]) -> Outcome:
    """Decide these groups. All of them are of the library that ``facts`` are of, each class once at most."""
    photos = facts.photos
    goes, stays, seen = (np.zeros(len(photos), np.bool_) for _ in range(3))
    state = _State(facts, rule, goes, stays, seen)
    asked = sorted(scopes, key=lambda scope: -scope.photo_class.rank)
    found = [state.decide(scope.thinnable()) for scope in asked if scope.photo_class in rule.acts_on]
    strongest_first = tuple(found[::-1])
    return Outcome(photos, rule, strongest_first, state.goes, state.stays, sum(len(scope.numbers) for scope in asked))


@dataclass(slots=True)
class _State:
    """What is decided so far; rows of photos. ``equal``: those of ties, each of which is told once."""

    facts: Facts
    rule: Rule
    goes: BoolArray
    stays: BoolArray
    equal: BoolArray

    def decide(self, scope: Scope) -> ClassOutcome:
        members, photos = scope.groups.rows.taken(scope.numbers), self.facts.photos
        rows, starts = members.rows, members.starts
        proven = members.to == np.repeat(rows[starts[:-1]], np.diff(starts))
        stands = proven & photos.online[rows] & ~self.goes[rows]
        if scope.photo_class is PhotoClass.BURST:  # by the best shot or not at all: what was not measured is left alone
            stands &= self.facts.is_judged[rows]
        steps = self.rule.active_for(scope.photo_class)
        ranking = ranked_by_rule(self.facts, self.rule, steps, rows, starts, stands)
        free = photos.may_go(rows)
        if self.rule.locked:
            free = free & ~self.facts.inside(self.rule.locked)[rows]
        place = _with_locked_ties(ranking, starts, free, self.facts.order[rows])
        group = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        winner = np.where(place >= 0, rows[place], -1) if len(rows) else place
        goes = stands & free & (winner >= 0)[group] & (rows != winner[group]) & ~self.stays[rows]
        if self.rule.keep_all_raw:
            goes &= ~photos.is_raw[rows]
        if scope.photo_class is PhotoClass.BURST and self.rule.keep > 1:
            goes &= ~among_the_best(self.facts, rows, group, stands, self.rule.keep)
        if scope.photo_class is PhotoClass.EDITED:
            goes &= _related(self.facts, winner[group], rows)
        tied = ranking.tied & (winner < 0)[group]
        tied &= np.isin(group, group[tied & ~self.equal[rows]])
        self.equal[rows[tied]] = True
        self._note(rows, group, winner, goes)
        parted_by = ranking.parted_by.astype(np.int64)
        return ClassOutcome(
            scope.groups, steps, scope.numbers, starts, rows, group, winner, proven, goes, tied, parted_by
        )

    def _note(self, rows: Int64Array, group: Int64Array, winner: Int64Array, goes: BoolArray) -> None:
        self.goes[rows[goes]] = True
        for_others = np.unique(group[goes])
        self.stays[winner[for_others]] = True
        if self.rule.keep_all_raw:
            beside = rows[np.isin(group, for_others)]
            self.stays[beside[self.facts.photos.is_raw[beside] & ~self.goes[beside]]] = True


def _with_locked_ties(ranking: Ranking, starts: Int64Array, free: BoolArray, order: Int64Array) -> Int64Array:
    """The winners; where all that are equal may not go anyway, the tie decides nothing: the best of them stands for all."""
    if not len(starts) - 1 or not ranking.tied.any():
        return ranking.winner
    has_tie = np.logical_or.reduceat(ranking.tied, starts[:-1])
    is_open = np.logical_or.reduceat(ranking.tied & free, starts[:-1])
    first = np.where(ranking.tied, order, np.iinfo(np.int64).max)
    lowest = np.minimum.reduceat(first, starts[:-1])
    group = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    best = np.flatnonzero(ranking.tied & (order == lowest[group]) & (has_tie & ~is_open)[group])
    winner = ranking.winner.copy()
    winner[group[best]] = best
    return winner


def among_the_best(facts: Facts, rows: Int64Array, group: Int64Array, stands: BoolArray, count: int) -> BoolArray:
    """Which members are among so many of the best shots of their group."""
    shots = np.where(stands, facts.shots[rows], -np.inf)
    sequence = np.lexsort((facts.order[rows], -shots, group))
    first = np.flatnonzero(np.diff(group[sequence], prepend=-1))
    place = np.arange(len(rows)) - np.repeat(first, np.diff(np.append(first, len(rows))))
    best = np.zeros(len(rows), np.bool_)
    best[sequence] = place < count
    return best & stands


def _related(facts: Facts, winner: Int64Array, rows: Int64Array) -> BoolArray:
    """Whether the catalog knows each of these rows to be related to the winner itself, or identical to it."""
    content, pixels, relations = facts.photos.content_key, facts.photos.pixel_key, facts.relations
    known = winner >= 0
    other = np.where(known, winner, rows)
    same = (content[other] == content[rows]) | ((pixels[other] == pixels[rows]) & (pixels[rows] >= 0))
    count = int(content.max(initial=0)) + 1
    near = relations.class_rank <= PhotoClass.EDITED.rank
    first, second = content[relations.first_row[near]], content[relations.second_row[near]]
    pairs = np.concatenate((first * count + second, second * count + first))
    return np.asarray(known & (same | np.isin(content[other] * count + content[rows], pairs)))


def tied_groups(outcome: Outcome) -> Sequence[tuple[GroupList, int, Int64Array]]:
    """Every tie: its list, its number there, and the rows that are equal."""
    found = []
    for one in outcome.classes:
        for place in one.groups_with(one.tied).tolist():
            span = slice(int(one.starts[place]), int(one.starts[place + 1]))
            found.append((one.groups, int(one.numbers[place]), one.rows[span][one.tied[span]]))
    return found
