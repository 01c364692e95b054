"""The order in which groups are shown, and which of them are: columns in, a list of the same groups out."""

import re

import numpy as np

from twinlens.catalog.paths import folded
from twinlens.domain.arrangement import Arrangement, Sort
from twinlens.domain.columns import Float64Array
from twinlens.domain.fingerprint import Int64Array
from twinlens.review.duplicates import GroupList
from twinlens.review.group_filter import folders_of, passing

_DIGITS = re.compile(r"(\d+)")


def arrange(groups: GroupList, arrangement: Arrangement, marked: Int64Array, *, held: int | None = None) -> GroupList:
    """The groups that pass the filter, in order; from memory, and quickly enough for a slider.

    Args:
        groups: all groups of a class.
        arrangement: order and filter.
        marked: the ids of the photos that have a mark, in any order; asked only for ``undecided_only``.
        held: a photo whose group counts as undecided, because it is being looked at.
    """
    numbers = np.flatnonzero(passing(groups, arrangement.wanted, marked, held))
    keys = sort_keys(groups, arrangement.sort)[numbers]
    order = np.argsort(-keys if arrangement.descending else keys, kind="stable")  # what is not known, NaN, comes last
    return groups.arranged(numbers[order])


def sort_keys(groups: GroupList, sort: Sort) -> Float64Array:
    """What each group is sorted by, float64 [groups]; NaN where it is not known."""
    rows, photos = groups.rows, groups.data.photos
    starts = rows.starts[:-1]
    if not len(rows):
        return np.zeros(0)
    match sort:
        case Sort.BYTES:
            return groups.reclaimable_bytes.astype(np.float64)
        case Sort.PHOTOS:
            return np.diff(rows.starts).astype(np.float64)
        case Sort.SIMILARITY:
            score = np.ones(len(rows.rows))
            score[rows.via >= 0] = groups.data.relations.score[rows.via[rows.via >= 0]]
            return np.minimum.reduceat(score, starts)
        case Sort.TAKEN:
            return np.fmin.reduceat(photos.taken_s[rows.rows], starts)
        case Sort.FOLDER:
            at, folders = folders_of(photos.paths)
            order = sorted(range(len(folders)), key=lambda number: natural_key(folders[number]))
            place = np.empty(len(folders))
            place[order] = np.arange(len(folders))
            return place[at[rows.rows[starts]]]


def natural_key(text: str) -> list[tuple[int, int, str]]:
    """Sorts as people count: "2" before "10"."""
    parts = _DIGITS.split(folded(text))
    return [(0, int(part), "") if at % 2 else (1, 0, part) for at, part in enumerate(parts)]
