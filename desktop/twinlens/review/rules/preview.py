"""What a rule would mark, for showing it before anything is marked."""

import os
from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.group import Mark
from twinlens.domain.relation import PhotoClass
from twinlens.matching.rules.facts import Facts
from twinlens.matching.rules.rule import Rule
from twinlens.review.rules.effect import FolderEffect, decided_by, effect_by_folder
from twinlens.review.rules.outcome import Outcome, decide
from twinlens.review.rules.scope import Scope

MOST_TIES = 500  # listed; all are counted


class TieLine(Struct, frozen=True):
    """One group that no criterion decides. ``paths``: of the photos that are equal."""

    photo_class: PhotoClass
    photo_ids: tuple[int, ...]
    paths: tuple[str, ...]


class RulePreview(Struct, frozen=True):
    """``goes``, ``stays``: ids, int64; the latter of those that stay instead of one that goes. ``group_count``: groups asked
    about, in ``acting_count`` of which the rule may act. ``decided_by``: photos that go, by the criterion that says so.
    ``changed_marks``: marks of the user that would be others.
    """

    rule: Rule
    goes: Int64Array
    stays: Int64Array
    goes_bytes: int
    group_count: int
    acting_count: int
    decided_count: int
    tie_count: int
    folders: tuple[FolderEffect, ...]
    ties: tuple[TieLine, ...]
    decided_by: Mapping[str, int]
    changed_marks: int

    def marks(self) -> dict[int, Mark | None]:
        """The marks that the rule asks for."""
        marks: dict[int, Mark | None] = dict.fromkeys(self.stays.tolist(), Mark.KEEP)
        return {**marks, **dict.fromkeys(self.goes.tolist(), Mark.REJECT)}


def preview(facts: Facts, rule: Rule, scopes: Sequence[Scope], marks: Mapping[int, Mark]) -> RulePreview:
    """What the rule would do with these groups, beside the marks that there are."""
    outcome = decide(facts, rule, scopes)
    ids = facts.photos.photo_id
    goes, stays = ids[outcome.goes], ids[outcome.stays]
    return RulePreview(
        rule,
        goes,
        stays,
        outcome.goes_bytes,
        outcome.group_count,
        sum(len(one.numbers) for one in outcome.classes),
        outcome.decided_count,
        outcome.tie_count,
        tuple(effect_by_folder(outcome, facts.folders)),
        _tie_lines(outcome),
        decided_by(outcome),
        _changed(goes, stays, marks),
    )


def _changed(goes: Int64Array, stays: Int64Array, marks: Mapping[int, Mark]) -> int:
    kept = np.fromiter((id_ for id_, mark in marks.items() if mark is Mark.KEEP), np.int64)
    rejected = np.fromiter((id_ for id_, mark in marks.items() if mark is Mark.REJECT), np.int64)
    return int(np.isin(kept, goes).sum() + np.isin(rejected, stays).sum())


def _tie_lines(outcome: Outcome) -> tuple[TieLine, ...]:
    photos, lines = outcome.photos, list[TieLine]()
    for one in outcome.classes:
        for place in one.groups_with(one.tied)[: MOST_TIES - len(lines)].tolist():
            span = slice(int(one.starts[place]), int(one.starts[place + 1]))
            rows = one.rows[span][one.tied[span]]
            paths = tuple(os.path.normpath(photos.paths[row]) for row in rows.tolist())
            lines.append(TieLine(one.groups.query.photo_class, tuple(photos.photo_id[rows].tolist()), paths))
    return tuple(lines)
