"""The groups of one class, as a list whose items are made when they are looked at."""

import os
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, overload

import numpy as np
from msgspec.structs import replace

from twinlens.disposal.wording import shown
from twinlens.domain.columns import BoolArray, Int8Array
from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.domain.group import Bridge, Group, GroupQuery, GroupRows, Member, SeriesKind, Suggestion
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import PhotoClass
from twinlens.matching.series import KINDS, WHOLE, explain_part, kinds_of
from twinlens.review.best_shots import judged_members, led_by_best_shots
from twinlens.review.data import ReviewData, narrowed
from twinlens.review.group_numbers import GroupNumbers
from twinlens.review.suggestions import suggested_to_go, undecided
from twinlens.review.ties import tie

if TYPE_CHECKING:
    from twinlens.matching.best_shot import ShotScores
    from twinlens.matching.bridges import BridgeRows

SAME_FILE = "another name of the very file that is kept (a hard link): removing it frees nothing"
MANAGED_ELSEWHERE = "in the library of another application, which would miss it: remove it there"
PROTECTED = "in a protected folder: it is never removed"
UNPROVEN = "not proven to be a copy of the keeper, only of"
SEVERAL_NAMES = "a file with several names (hard links): removing one of them frees nothing"


class GroupList(Sequence[Group]):
    """Groups of one class. Totals are known at once; a group's sentences are written when it is asked for."""

    def __init__(
        self, data: ReviewData, rows: GroupRows, part_of: "tuple[GroupList, Int64Array] | None" = None
    ) -> None:
        self.data = data
        self.query = rows.query
        self._part_of = part_of
        if part_of is None:
            rows, self._scores = led_by_best_shots(data.ground, data.judge, rows, data.order)
            self._kinds = kinds_of(data.photos, data.relations, rows)
            self._reclaimable = _reclaimable_bytes(data, rows)
            self._reclaimable[np.isin(self._kinds, WHOLE)] = 0
        else:
            whole, numbers = part_of
            self._kinds, self._reclaimable = whole._kinds[numbers], whole._reclaimable[numbers]
            self._scores = data.judge.scores(rows)
        self._rows = rows
        self._numbers = GroupNumbers(data.photos.photo_id[rows.rows], rows.starts)

    def arranged(self, numbers: Int64Array) -> "GroupList":
        """The groups with these numbers, in this order: a list of its own, whose groups are what they are here."""
        return GroupList(self.data, self._rows.taken(numbers), (self, numbers))

    def prepare(self) -> "GroupList":
        """Work out now, on this thread, what else the first group that is looked at would wait for."""
        if self._part_of is None:
            _ = self._bridges, self.goes
        return self

    @property
    def whole_count(self) -> int:
        """How many groups there are with those that are not in this list because it was arranged without them."""
        return len(self if self._part_of is None else self._part_of[0])

    @property
    def rows(self) -> GroupRows:
        """All of them as rows of ``data.photos``."""
        return self._rows

    @property
    def reclaimable_bytes(self) -> Int64Array:
        """The bytes that each group would free, int64 [groups]."""
        return self._reclaimable

    @cached_property
    def belongs_together(self) -> BoolArray:
        """Which groups are the parts of one picture to be made."""
        return np.isin(self._kinds, WHOLE)

    @cached_property
    def goes(self) -> BoolArray:
        """Which of ``rows.rows`` are suggested to go."""
        apart = np.repeat(~self.belongs_together, np.diff(self._rows.starts))
        return suggested_to_go(self.data, self._rows) & apart

    @property
    def total_reclaimable_bytes(self) -> int:
        """The bytes of all photos that would go."""
        return int(self._reclaimable.sum())

    @property
    def photo_count(self) -> int:
        """How many photos are in these groups."""
        return len(self._rows.rows)

    @property
    def kinds(self) -> Int8Array:
        """What each group is, as a place in ``matching.series.KINDS``; int8 [groups], bursts in a class that is none."""
        return self._kinds

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Group: ...
    @overload
    def __getitem__(self, at: slice) -> list[Group]: ...
    def __getitem__(self, at: int | slice) -> Group | list[Group]:
        if isinstance(at, slice):
            return [self._group(k) for k in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        return self._group(at % len(self))

    def group_of(self, photo_id: PhotoId) -> int | None:
        """The number of the group that this photo is in."""
        return self._numbers.of(photo_id)

    def groups_of(self, photo_ids: Int64Array) -> Int64Array:
        """The numbers of the groups that these photos are in, int64, -1 where a photo is in none."""
        return self._numbers.of_all(photo_ids)

    def undecided(self, marked: Int64Array) -> BoolArray:
        """Which groups wait for a decision, given the ids of all marked photos."""
        return undecided(self, marked)

    def kind_of(self, at: int) -> SeriesKind | None:
        """What a group of the class ``burst`` is, without making the group; None in every other class."""
        return KINDS[self._kinds[at]] if self.query.photo_class is PhotoClass.BURST else None

    def photo_ids(self, at: int) -> Int64Array:
        """The photos of a group, keeper first, without making the group."""
        return self.data.photos.photo_id[self.rows_of(at)]

    def rows_of(self, at: int) -> Int64Array:
        """The rows of a group in ``data.photos``, keeper first."""
        return self._rows.rows[self._rows.starts[at] : self._rows.starts[at + 1]]

    def best_first(self, at: int) -> list[int]:
        """The photos of a group, the best first as far as that is known: of a burst by how its frames came out."""
        ids, scores = self.photo_ids(at), self.scores_of(at)
        return [int(id_) for id_ in (ids if scores is None else ids[np.argsort(-scores.total, kind="stable")])]

    def proven_rows_of(self, at: int) -> Int64Array:
        """The keeper of a group and those that have a relation to it: what a rule may decide about."""
        rows, to = self.rows_of(at), self._rows.to[self._rows.starts[at] : self._rows.starts[at + 1]]
        return np.asarray(rows[to == rows[0]])

    @property
    def shot_totals(self) -> Float32Array:
        """How well each member came out, float32, in the order of ``rows.rows``; NaN where it was not judged."""
        return self._scores.total

    def scores_of(self, at: int) -> "ShotScores | None":
        """How the frames of a series came out, in the order of ``rows_of``; None where they were not all measured."""
        if self._part_of is not None:
            whole, numbers = self._part_of
            return whole.scores_of(int(numbers[at]))
        scores = self._scores.of(slice(int(self._rows.starts[at]), int(self._rows.starts[at + 1])))
        return None if np.isnan(scores.total).any() else scores

    def _group(self, at: int) -> Group:
        from twinlens.matching.keeper import explain_keeper

        if self._part_of is not None:
            whole, numbers = self._part_of
            return whole[int(numbers[at])]
        start, end = int(self._rows.starts[at]), int(self._rows.starts[at + 1])
        rows, photos, photo_class = self._rows.rows[start:end], self.data.photos, self.query.photo_class
        keeper = int(rows[0])
        keeper_id = PhotoId(int(photos.photo_id[keeper]))
        others = [self._member(keeper, at) for at in range(start + 1, end)]
        kind = self.kind_of(at)
        if kind is not None and kind.belongs_together:
            reason = explain_part(kind, len(rows))
            others = [replace(other, suggestion=Suggestion.KEEP, reason=_part(other, reason)) for other in others]
        else:
            ties = [other.relation for other in others]
            direct = [one if one is not None and one.first == keeper_id else None for one in ties]
            reason = explain_keeper(photos, keeper, rows[1:], direct)
        members = (Member(keeper_id, Suggestion.KEEP, reason, None, may_go=self._may_go(keeper)), *others)
        scores = self.scores_of(at)
        if scores is not None and not (kind is not None and kind.belongs_together):
            members = judged_members(members, scores)
        return Group(self._id(at), photo_class, members, int(self._reclaimable[at]), self._bridges_of(at), kind)

    def _may_go(self, row: int) -> bool:
        photos = self.data.photos
        return bool(photos.may_go(np.array([row]))[0] and photos.online[row])

    def _id(self, at: int) -> str:
        return f"{self.query.photo_class.value}-{self.data.photos.photo_id[self._rows.rows[self._rows.starts[at]]]}"

    @cached_property
    def _bridges(self) -> "BridgeRows":
        from twinlens.matching.bridges import weak_bridges

        return weak_bridges(self.data.ground, self._rows)

    def _bridges_of(self, at: int) -> tuple[Bridge, ...]:
        found, paths = self._bridges, self.data.photos.paths
        bridges = []
        for k in range(int(found.starts[at]), int(found.starts[at + 1])):
            other, group = int(found.other[k]), int(found.other_group[k])
            relation = tie(self.data, int(found.own[k]), other, int(found.via[k]))
            bridges.append(Bridge(relation, paths[other], self._id(group) if group >= 0 else None))
        return tuple(bridges)

    def _member(self, keeper: int, at: int) -> Member:
        from twinlens.matching.keeper import explain_reject
        from twinlens.matching.reasons import describe

        photos = self.data.photos
        row, via, to = int(self._rows.rows[at]), int(self._rows.via[at]), int(self._rows.to[at])
        relation = tie(self.data, to, row, via)
        suggestion = Suggestion.REJECT if self.goes[at] else Suggestion.NONE
        reason = explain_reject(photos, keeper, row, None if via < 0 else relation)
        if photos.file_key[row] >= 0:
            is_keeper = photos.file_key[row] == photos.file_key[keeper]
            reason = SAME_FILE if is_keeper else SEVERAL_NAMES
        elif photos.managed[row]:
            reason = MANAGED_ELSEWHERE
        elif photos.protected[row]:
            reason = PROTECTED
        elif to != keeper:
            reason = f"{UNPROVEN} {shown(os.path.basename(photos.paths[to]))}: {describe(relation)}"
        return Member(PhotoId(int(photos.photo_id[row])), suggestion, reason, relation)


def find_groups(data: ReviewData, query: GroupQuery, *, under: Sequence[str] = ()) -> GroupList:
    """The groups of one class, among the photos under these folders (absolute; all photos when there are none).

    Lookalikes are not stored and have none here: see ``review.lookalikes``.
    """
    from twinlens.matching.clustering import group_rows

    if under:
        data = narrowed(data, _is_under(data, under))
    return GroupList(data, group_rows(data.ground, query))


def _part(member: Member, reason: str) -> str:
    from twinlens.matching.reasons import describe

    return reason if member.relation is None else f"{describe(member.relation)}; {reason}"


def _is_under(data: ReviewData, folders: Sequence[str]) -> BoolArray:
    prefixes = tuple(folder.rstrip(os.sep) + os.sep for folder in folders)
    exact = set(folders)
    paths = data.photos.paths
    return np.fromiter((path.startswith(prefixes) or path in exact for path in paths), np.bool_, len(paths))


def _reclaimable_bytes(data: ReviewData, rows: GroupRows) -> Int64Array:
    """Bytes of all that have a relation to the keeper; nothing for lookalikes, nor for what cannot be reached or stays
    under another name.
    """
    if len(rows) == 0 or rows.query.photo_class is PhotoClass.LOOKALIKE:
        return np.zeros(len(rows), np.int64)
    starts = rows.starts[:-1]
    is_tied = rows.to == np.repeat(rows.rows[starts], np.diff(rows.starts))
    goes = is_tied & data.photos.online[rows.rows] & data.photos.may_go(rows.rows)
    sizes = np.where(goes, data.photos.size_bytes[rows.rows], 0)
    sizes[starts] = 0
    keeper_is_here = data.photos.online[rows.rows[starts]]
    totals: Int64Array = np.add.reduceat(sizes, starts)
    return np.where(keeper_is_here, totals, 0)
