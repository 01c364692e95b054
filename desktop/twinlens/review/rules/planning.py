"""From what a rule decides to the groups of a plan: each photo that goes, under the strongest class in which one stays."""

import os
from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from twinlens.disposal.wording import shown
from twinlens.domain.columns import BoolArray
from twinlens.domain.group import Member
from twinlens.domain.relation import PhotoClass
from twinlens.matching.rules.criteria import BEST_SHOT, SUGGESTION
from twinlens.matching.rules.facts import Facts
from twinlens.matching.rules.rule import Rule
from twinlens.review.duplicates import GroupList
from twinlens.review.rules.outcome import ClassOutcome, Outcome, decide
from twinlens.review.rules.scope import whole

_TIE_WORDS = {
    PhotoClass.IDENTICAL_FILE: "the same file, byte for byte",
    PhotoClass.IDENTICAL_PIXELS: "the same pixels in another file",
    PhotoClass.SAME_SHOT: "the same exposure",
    PhotoClass.EDITED: "the same exposure, edited",
    PhotoClass.BURST: "another frame of the burst",
}


class GroupToPlan(Struct, frozen=True):
    """What a plan is to do with one group: ``staying``, the keeper first, and ``going`` with their reasons."""

    group_id: str
    photo_class: PhotoClass
    staying: tuple[Member, ...]
    going: tuple[Member, ...]


def decided_wholly(lists: Sequence[GroupList], rule: Rule) -> Outcome | None:
    """What the rule decides of all these groups, which are of one library; None where there is no list."""
    if not lists:
        return None
    facts = facts_of(lists)
    return decide(facts, rule, [whole(groups) for groups in lists])


def facts_of(lists: Sequence[GroupList]) -> Facts:
    """What rules look at, of the library that these groups are of: one at least."""
    data = lists[0].data
    shots = np.full(len(data.photos), np.nan)
    for groups in lists:
        if groups.query.photo_class is PhotoClass.BURST:
            shots[groups.rows.rows] = groups.shot_totals
    return Facts(data.photos, data.relations, data.order, shots)


def planned_removals(outcome: Outcome) -> Iterator[GroupToPlan]:
    """What is to go, group by group, stronger classes first."""
    unplanned = outcome.goes.copy()
    for one in outcome.classes:
        at_home = _at_home(one, outcome, unplanned)
        unplanned[one.rows[at_home]] = False
        for place in one.groups_with(at_home).tolist():
            yield _to_plan(one, outcome, place, at_home)


def _at_home(one: ClassOutcome, outcome: Outcome, unplanned: BoolArray) -> BoolArray:
    """Which members are best removed as members of these groups: proven copies beside a photo that stays, bool [m]."""
    if not len(one.rows):
        return one.goes
    stays = np.logical_or.reduceat(one.proven & ~outcome.goes[one.rows], one.starts[:-1])
    copies = one.goes
    if (
        one.groups.query.photo_class is not PhotoClass.EDITED
    ):  # there, only what is related to the very photo that stays
        copies = copies | (one.proven & stays[one.group])
    return np.asarray(copies & unplanned[one.rows])


def _to_plan(one: ClassOutcome, outcome: Outcome, place: int, at_home: BoolArray) -> GroupToPlan:
    start, end = int(one.starts[place]), int(one.starts[place + 1])
    rows, group = one.rows[start:end], one.groups[int(one.numbers[place])]
    ids = outcome.photos.photo_id[rows].tolist()
    by_id = {member.photo_id: member for member in group.members}
    members = [by_id[id_] for id_ in ids]
    first = _first(one, outcome, place)
    beside = outcome.stays[rows] & one.proven[start:end] & (rows != first)
    keeper = members[int(np.flatnonzero(rows == first)[0])]
    staying = (keeper, *(members[at] for at in np.flatnonzero(beside).tolist()))
    going = tuple(
        replace(members[at], reason=_reason(one, outcome, start + at, first, members[at]))
        for at in np.flatnonzero(at_home[start:end]).tolist()
    )
    return GroupToPlan(group.id, group.photo_class, staying, going)


def _first(one: ClassOutcome, outcome: Outcome, place: int) -> int:
    """The row that stays for the others: the winner, or, where a weaker class decided, the best that is left."""
    span = slice(int(one.starts[place]), int(one.starts[place + 1]))
    if one.winner[place] >= 0:
        return int(one.winner[place])
    left = one.rows[span][one.proven[span] & ~outcome.goes[one.rows[span]]]
    return int(left[np.argmin(one.groups.data.order[left])])


def _reason(one: ClassOutcome, outcome: Outcome, at: int, first: int, member: Member) -> str:
    """Why a member goes, one sentence without a full stop."""
    photos, row, parted = outcome.photos, int(one.rows[at]), int(one.parted_by[at])
    step = one.steps[parted] if parted >= 0 else None
    if (
        step is not None
        and step.criterion in (SUGGESTION, BEST_SHOT)
        and first == int(one.rows[one.starts[one.group[at]]])
    ):
        return member.reason
    photo_class = member.relation.photo_class if member.relation is not None else one.groups.query.photo_class
    if photos.content_key[row] == photos.content_key[first]:
        photo_class = PhotoClass.IDENTICAL_FILE
    elif photos.pixel_key[row] >= 0 and photos.pixel_key[row] == photos.pixel_key[first]:
        photo_class = PhotoClass.IDENTICAL_PIXELS
    kept = f"{_TIE_WORDS[photo_class]}; the rule keeps {shown(os.path.basename(photos.paths[first]))}"
    return kept if step is None else f"{kept}, {step.words}"
