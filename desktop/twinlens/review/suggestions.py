"""What Twinlens suggests of whole lists of groups, and which of them the user has decided, without making a group."""

from typing import TYPE_CHECKING

import numpy as np

from twinlens.domain.columns import BoolArray
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.group import GroupRows
from twinlens.domain.relation import PhotoClass
from twinlens.review.data import ReviewData

if TYPE_CHECKING:
    from twinlens.review.duplicates import GroupList

_RANKS = [photo_class.rank for photo_class in PhotoClass if photo_class.may_be_preselected]


def suggested_to_go(data: ReviewData, rows: GroupRows) -> BoolArray:
    """Which of ``rows.rows`` may go beside their keeper: copies proven by a relation to it, both within reach."""
    if not rows.query.photo_class.may_be_preselected:
        return np.zeros(len(rows.rows), np.bool_)
    photos, keeper = data.photos, np.repeat(rows.rows[rows.starts[:-1]], np.diff(rows.starts))
    tied = (rows.to == keeper) & (rows.rows != keeper)
    stored = rows.via >= 0
    tied[stored] &= np.isin(data.relations.class_rank[rows.via[stored]], _RANKS)
    here = photos.online[keeper] & photos.online[rows.rows]
    return np.asarray(tied & here & photos.may_go(rows.rows))


def undecided(groups: "GroupList", marked: Int64Array) -> BoolArray:
    """Which groups wait for a decision: some photo of which something is suggested has no mark. Where nothing is suggested to go,
    any mark is a decision.

    ``marked``: the ids of all marked photos, in any order.
    """
    rows = groups.rows
    if not len(rows):
        return np.zeros(0, np.bool_)
    asked = groups.goes | np.repeat(groups.belongs_together, np.diff(rows.starts))
    asked[rows.starts[:-1]] = True
    has_mark = np.zeros(len(groups.data.photos), np.bool_)
    known = groups.data.photos.photo_id
    at = np.minimum(np.searchsorted(known, marked), len(known) - 1)
    has_mark[at[known[at] == marked]] = True
    waits = np.logical_or.reduceat(asked & ~has_mark[rows.rows], rows.starts[:-1])
    is_bare = np.add.reduceat(asked.astype(np.int64), rows.starts[:-1]) < 2
    answered = np.logical_or.reduceat(has_mark[rows.rows], rows.starts[:-1])
    return np.asarray(waits & ~(is_bare & answered))
