"""The best shot of every series: scored from measures once for each group, however often a slider regroups."""

from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from twinlens.domain.columns import BoolArray, PhotoColumns
from twinlens.domain.fingerprint import Int64Array, UInt64Array
from twinlens.domain.group import GroupRows, Member
from twinlens.domain.measures import MeasureColumns
from twinlens.domain.relation import PhotoClass
from twinlens.domain.signs import Sign
from twinlens.matching.best_shot import Shots, ShotScores, best_shots, no_scores
from twinlens.matching.clustering import led_by
from twinlens.matching.groundwork import Groundwork
from twinlens.matching.series import WHOLE, kinds_of

_MOST_REMEMBERED = 1 << 20  # frames in groups: a few positions of the sliders
_MIXER = np.uint64(0x9E3779B97F4A7C15)


class ShotJudge:
    """Scores of one state of a library. May be asked from any thread: what is remembered is replaced, never changed."""

    def __init__(self, photos: PhotoColumns, measures: MeasureColumns) -> None:
        self._photos = photos
        self._measures = measures
        self._known: tuple[UInt64Array, ShotScores] = (np.zeros(0, np.uint64), no_scores(0))

    def scores(self, groups: GroupRows) -> ShotScores:
        """The scores of all members, end to end; NaN in groups with a member that was not measured."""
        scores = no_scores(len(groups.rows))
        if not len(groups) or not self._measures.is_known or groups.query.photo_class is not PhotoClass.BURST:
            return scores
        lengths = np.diff(groups.starts)
        places = self._measures.places(self._photos.photo_id[groups.rows])
        judged = np.repeat(np.minimum.reduceat(places, groups.starts[:-1]) >= 0, lengths)
        names = _mixed(groups.rows.astype(np.uint64))
        sums = np.add.reduceat(names, groups.starts[:-1])
        keys = _mixed(np.repeat(sums, lengths)) ^ names  # of a frame in just this group
        at, found = _looked_up(self._known[0], keys)
        if found.any():
            scores.put(found, self._known[1].of(at[found]))
        fresh = judged & ~found
        if fresh.any():
            counts = np.add.reduceat(fresh.astype(np.int64), groups.starts[:-1])
            starts = np.concatenate([[0], np.cumsum(counts[counts > 0])])
            made = best_shots(self._shots(starts, groups.rows[fresh], places[fresh]))
            scores.put(fresh, made)
            self._remember(keys[fresh], made)
        return scores

    def _shots(self, starts: Int64Array, rows: Int64Array, places: Int64Array) -> Shots:
        photos = self._photos
        area = photos.width_px[rows].astype(np.int64) * photos.height_px[rows]
        sent = (photos.signs[rows] & int(Sign.SENT)) != 0
        return Shots(starts, self._measures.values[places], area, photos.is_raw[rows], np.asarray(sent))

    def _remember(self, keys: UInt64Array, made: ShotScores) -> None:
        known_keys, known = self._known
        if len(known_keys) > _MOST_REMEMBERED:
            known_keys, known = np.zeros(0, np.uint64), no_scores(0)
        merged = np.concatenate([known_keys, keys])
        order = np.argsort(merged, kind="stable")
        self._known = merged[order], known.followed_by(made).of(order)


def led_by_best_shots(
    ground: Groundwork, judge: ShotJudge, groups: GroupRows, order: Int64Array
) -> tuple[GroupRows, ShotScores]:
    """The groups with the best frame of each plain series as keeper, and the scores of all members.

    ``order``: the rank of each row as keeper, which decides between equals. Where a frame was not measured, and where all
    frames belong together, the keeper stays who it was.
    """
    scores = judge.scores(groups)
    if np.isnan(scores.total).all():
        return groups, scores
    first = groups.starts[:-1]
    group = np.repeat(np.arange(len(groups)), np.diff(groups.starts))
    best_first = np.lexsort((order[groups.rows], -np.nan_to_num(scores.total, nan=0.0), group))
    stays = np.isnan(scores.total[first]) | np.isin(kinds_of(ground.photos, ground.relations, groups), WHOLE)
    keepers = np.where(stays, groups.rows[first], groups.rows[best_first[first]])
    if np.array_equal(keepers, groups.rows[first]):
        return groups, scores
    groups, sequence = led_by(ground, groups, keepers)
    return groups, scores.of(sequence)


def judged_members(members: Sequence[Member], scores: ShotScores) -> tuple[Member, ...]:
    """The members of a judged group, the keeper first, with what the measures say of them."""
    from twinlens.matching.best_shot_words import explain_best, explain_other, traits
    from twinlens.matching.reasons import describe

    told = traits(scores)
    judged = [replace(members[0], reason=explain_best(scores, 0), traits=told[0])]
    for at, member in enumerate(members[1:], 1):
        reason = member.reason
        if member.relation is not None and reason.startswith(describe(member.relation)):
            reason = describe(member.relation)  # without what the small pictures say of sharpness
        reason = f"{reason}; {explain_other(scores, at, 0)}"
        judged.append(replace(member, reason=reason, traits=told[at]))
    return tuple(judged)


def _mixed(numbers: UInt64Array) -> UInt64Array:
    """Other numbers that have nothing to do with each other, equal ones for equal ones."""
    numbers = (numbers + np.uint64(1)) * _MIXER
    numbers ^= numbers >> np.uint64(31)
    numbers *= np.uint64(0xBF58476D1CE4E5B9)
    return numbers ^ (numbers >> np.uint64(29))


def _looked_up(known: NDArray[np.uint64], keys: UInt64Array) -> tuple[Int64Array, BoolArray]:
    """Where each key is among the known ones, which ascend, and whether it is there."""
    if not len(known):
        return np.zeros(len(keys), np.int64), np.zeros(len(keys), np.bool_)
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return at, np.asarray(known[at] == keys)
