"""Which groups a rule may decide."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

import numpy as np
from msgspec import Struct

from twinlens.domain.columns import BoolArray
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.group import SeriesKind
from twinlens.domain.relation import PhotoClass
from twinlens.matching.series import KINDS
from twinlens.review.duplicates import GroupList


class Extent(StrEnum):
    """What a rule is applied to."""

    SELECTION = "selection"  # groups with a selected photo
    SHOWN = "shown"  # as they are filtered
    REVIEWED = "reviewed"  # groups in which a photo is marked
    ALL = "all"


class Scope(Struct, frozen=True):
    """Some groups of one class. ``numbers``: int64, ascending, their places in ``groups``."""

    groups: GroupList
    numbers: Int64Array

    @property
    def photo_class(self) -> PhotoClass:
        """The class of these groups."""
        return self.groups.query.photo_class

    def thinnable(self) -> "Scope":
        """Without series whose photos belong together: brackets, focus stacks and time-lapses are no rule's to thin."""
        if self.photo_class is not PhotoClass.BURST:
            return self
        plain = self.groups.kinds[self.numbers] == KINDS.index(SeriesKind.BURST)
        return Scope(self.groups, self.numbers[plain])


def whole(groups: GroupList) -> Scope:
    """All groups of a class."""
    return Scope(groups, np.arange(len(groups), dtype=np.int64))


def holding(lists: Iterable[GroupList], photo_ids: Iterable[int]) -> list[Scope]:
    """The groups that any of these photos is in."""
    wanted = np.fromiter(photo_ids, np.int64)
    return [_where(groups, _any_of(groups, wanted)) for groups in lists]


def reviewed(
    lists: Iterable[GroupList], marked_ids: Iterable[int] | Int64Array, *, is_reviewed: bool = True
) -> list[Scope]:
    """The groups in which a photo is marked, or those in which none is."""
    marked = marked_ids if isinstance(marked_ids, np.ndarray) else np.fromiter(marked_ids, np.int64)
    return [_where(groups, _any_of(groups, marked) == is_reviewed) for groups in lists]


class Around(Struct, frozen=True):
    """What there is to apply a rule to. ``lists``: all groups, a list a class; ``shown``: those in sight. Ids of photos."""

    lists: tuple[GroupList, ...]
    shown: tuple[GroupList, ...]
    selected: tuple[int, ...]
    marked: Int64Array


def scopes_of(extent: Extent, around: Around, *, undecided_only: bool) -> list[Scope]:
    """The groups of an extent; ``undecided_only``: without those in which a photo is marked. Reviewed ones have such."""
    lists = around.shown if extent is Extent.SHOWN else around.lists
    if extent is Extent.REVIEWED:
        return reviewed(lists, around.marked)
    scopes = holding(lists, around.selected) if extent is Extent.SELECTION else [whole(groups) for groups in lists]
    return both(scopes, reviewed(lists, around.marked, is_reviewed=False)) if undecided_only else scopes


def both(first: Sequence[Scope], second: Sequence[Scope]) -> list[Scope]:
    """What is in both, list by list."""
    return [
        Scope(one.groups, np.intersect1d(one.numbers, other.numbers, assume_unique=True))
        for one in first
        for other in second
        if one.groups is other.groups
    ]


def _where(groups: GroupList, wanted: BoolArray) -> Scope:
    return Scope(groups, np.flatnonzero(wanted).astype(np.int64))


def _any_of(groups: GroupList, photo_ids: Int64Array) -> BoolArray:
    if not len(groups):
        return np.zeros(0, np.bool_)
    members = groups.rows
    is_one = np.isin(groups.data.photos.photo_id[members.rows], photo_ids)
    return np.asarray(np.logical_or.reduceat(is_one, members.starts[:-1]))
