"""What a group of exposures is: a plain burst, an exposure bracket, a focus stack or a time-lapse."""

import numpy as np

from twinlens.domain.columns import BoolArray, Int8Array, PhotoColumns, RelationColumns
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.group import GroupRows, SeriesKind
from twinlens.domain.relation import PhotoClass, Transform

KINDS = tuple(SeriesKind)
WHOLE = [at for at, kind in enumerate(KINDS) if kind.belongs_together]
FEWEST_PARTS = 3  # two exposures are an afterthought, three a bracket
FEWEST_OF_A_LAPSE = 6
SHORTEST_INTERVAL_S = 1.5  # faster is a burst, however regular
_REGULAR_PART, _IRREGULAR_S, _IRREGULARITY = 0.8, 0.6, 0.15


def kinds_of(photos: PhotoColumns, relations: RelationColumns, groups: GroupRows) -> Int8Array:
    """The kind of every group as a place in ``KINDS``, int8 [groups]; all bursts in a class that is none.

    Members are tied to their keeper by relations that say what changed between the two: what most of them say, holds.
    """
    kinds = np.full(len(groups), KINDS.index(SeriesKind.BURST), np.int8)
    if groups.query.photo_class is not PhotoClass.BURST or not len(groups):
        return kinds
    sizes = np.diff(groups.starts)
    tied = groups.via >= 0
    via = groups.via[tied]
    group = np.repeat(np.arange(len(groups)), sizes)[tied]
    spokes = np.bincount(group, minlength=len(groups))

    def most(says: BoolArray) -> BoolArray:
        return np.asarray((2 * np.bincount(group[says], minlength=len(groups)) >= spokes) & (spokes > 0))

    transform = relations.transform_code[via]
    parts = sizes >= FEWEST_PARTS
    exposed = most(transform == Transform.EXPOSED.code) & parts
    focused = most(transform == Transform.FOCUSED.code) & parts & ~exposed
    steady = most(~np.isnan(relations.aligned_error[via])) & (sizes >= FEWEST_OF_A_LAPSE) & ~exposed & ~focused
    kinds[exposed] = KINDS.index(SeriesKind.EXPOSURE_BRACKET)
    kinds[focused] = KINDS.index(SeriesKind.FOCUS_STACK)
    for at in np.flatnonzero(steady).tolist():
        if _is_regular(photos, groups.rows[groups.starts[at] : groups.starts[at + 1]]):
            kinds[at] = KINDS.index(SeriesKind.TIME_LAPSE)
    return kinds


def explain_part(kind: SeriesKind, count: int) -> str:
    """Why every photo of a group that belongs together is kept, one sentence without a full stop."""
    if kind is SeriesKind.EXPOSURE_BRACKET:
        return f"one of {count} exposures of a bracket, which belong together"
    return f"one of {count} frames of a focus stack, which belong together"


def _is_regular(photos: PhotoColumns, rows: Int64Array) -> bool:
    """Whether nearly all intervals are the usual one, give or take what whole seconds round away."""
    intervals = np.diff(np.sort(photos.taken_s[rows]))
    usual = float(np.median(intervals))
    if not usual >= SHORTEST_INTERVAL_S:  # a time that is unknown is NaN
        return False
    off = max(_IRREGULAR_S, _IRREGULARITY * usual)
    return bool(np.mean(np.abs(intervals - usual) <= off) >= _REGULAR_PART)
