"""What a list of groups can be filtered by: the folders and cameras that its photos have, and the days between which they lie."""

import os
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from msgspec import Struct

from twinlens.review.arrangement import natural_key
from twinlens.review.duplicates import GroupList
from twinlens.review.group_filter import folders_of

_EPOCH = date(1970, 1, 1)


class FilterChoices(Struct, frozen=True):
    """``folders`` and ``cameras`` with the number of photos that each would show, in the order in which people look for them.

    A folder counts what lies in the folders below it too. ``above``: the folder that holds all of them.
    """

    folders: tuple[tuple[str, int], ...] = ()
    cameras: tuple[tuple[str, int], ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    above: str = ""


def filter_choices(lists: Sequence[GroupList]) -> FilterChoices:
    """What these lists, which show one library, can be filtered by."""
    if not any(len(groups) for groups in lists):
        return FilterChoices()
    data = lists[0].data
    rows = np.unique(np.concatenate([groups.rows.rows for groups in lists]))
    key = data.photos.camera_key[rows]
    counts = np.bincount(key[key >= 0], minlength=len(data.cameras)).tolist()
    cameras = [(name, count) for name, count in zip(data.cameras, counts, strict=False) if count]
    taken_s = data.photos.taken_s[rows]
    days = taken_s[~np.isnan(taken_s)]
    folders, above = _folders(data.photos.paths, rows)
    return FilterChoices(
        folders,
        tuple(sorted(cameras, key=lambda each: natural_key(each[0]))),
        _day(days.min()) if len(days) else None,
        _day(days.max()) if len(days) else None,
        above,
    )


def _folders(
    paths: Sequence[str], rows: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> tuple[tuple[tuple[str, int], ...], str]:
    at, names = folders_of(paths)
    counted = np.bincount(at[rows], minlength=len(names))
    direct = {names[number]: int(counted[number]) for number in np.flatnonzero(counted).tolist()}
    above = os.path.commonpath(list(direct))
    total: Counter[str] = Counter()
    for folder, count in direct.items():
        while folder != above:
            total[folder] += count
            folder = os.path.dirname(folder)
    return tuple(sorted(total.items(), key=lambda each: natural_key(each[0]))), above


def _day(taken_s: float) -> date:
    return _EPOCH + timedelta(days=int(taken_s // 86400))
