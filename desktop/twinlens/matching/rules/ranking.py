"""Ordered criteria over all groups at once: who stays, who is equal, and which criterion told them apart."""

from collections.abc import Iterable

import numpy as np
from msgspec import Struct

from twinlens.domain.columns import BoolArray, Float64Array, Int8Array
from twinlens.domain.fingerprint import Int64Array
from twinlens.matching.rules.facts import Facts
from twinlens.matching.rules.rule import Rule, Step

NOT_PARTED = -1


class Ranking(Struct, frozen=True):
    """Of g groups with m members in all.

    ``winner``: int64 [g], the place among the members of the one that stays; -1 where nobody stands or several are equal.
    ``tied``: bool [m], the equal ones of groups that no criterion decides. ``parted_by``: int8 [m], the number of the step
    that put the member behind; -1 for those in front and those that do not stand.
    """

    winner: Int64Array
    tied: BoolArray
    parted_by: Int8Array


def ranked(numbers: Iterable[Float64Array], starts: Int64Array, stands: BoolArray) -> Ranking:
    """Rank the members of groups by several keys, the first that tells them apart deciding.

    Args:
        numbers: one float64 [m] a criterion, the smallest first, taken only as long as something is undecided.
        starts: int64 [g + 1], where each group begins; none is empty.
        stands: bool [m], who takes part.
    """
    group = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    front, parted_by = stands.copy(), np.full(len(stands), NOT_PARTED, np.int8)
    count = np.bincount(group[front], minlength=len(starts) - 1)
    if len(group):
        for at, key in enumerate(numbers):
            if count.max() < 2:
                break
            best = np.minimum.reduceat(np.where(front, key, np.inf), starts[:-1])
            behind = front & (key > best[group])
            parted_by[behind] = at
            front &= ~behind
            count = np.bincount(group[front], minlength=len(starts) - 1)
    winner = np.full(len(starts) - 1, -1, np.int64)
    alone = front & (count[group] == 1)
    winner[group[alone]] = np.flatnonzero(alone)
    return Ranking(winner, front & (count[group] > 1), parted_by)


def ranked_by_rule(
    facts: Facts, rule: Rule, steps: tuple[Step, ...], rows: Int64Array, starts: Int64Array, stands: BoolArray
) -> Ranking:
    """The same by the criteria of a rule. ``rows``: int64 [m], the members' rows in ``facts.photos``."""
    numbers = (step.asked.numbers(facts, rows, rule.folders, turned=step.turned) for step in steps)
    return ranked(numbers, starts, stands)
