"""Which groups of a list are shown: by folder, camera, day, name, and whether they wait for a decision."""

import os
from collections.abc import Sequence
from datetime import date

import numpy as np

from twinlens.catalog.path_column import PathColumn
from twinlens.catalog.paths import folded
from twinlens.domain.arrangement import GroupFilter
from twinlens.domain.columns import BoolArray, Int32Array
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.photo import PhotoId
from twinlens.review.data import ReviewData
from twinlens.review.duplicates import GroupList
from twinlens.review.suggestions import undecided

_EPOCH = date(1970, 1, 1).toordinal()
_DAY_S = 86400


def passing(groups: GroupList, wanted: GroupFilter, marked: Int64Array, held: int | None = None) -> BoolArray:
    """Which groups are shown. ``marked``: the ids of the photos that have a mark; ``held``: a photo whose group waits anyway."""
    shown = np.ones(len(groups), np.bool_)
    if not len(groups):
        return shown
    if wanted.undecided_only:
        shown &= undecided(groups, marked)
        if held is not None and (at := groups.group_of(PhotoId(held))) is not None:
            shown[at] = True
    if (photos := _photos(groups.data, wanted)) is not None:
        shown &= np.logical_or.reduceat(photos[groups.rows.rows], groups.rows.starts[:-1])
    return shown


def _photos(data: ReviewData, wanted: GroupFilter) -> BoolArray | None:
    """Which photos meet all that is asked of a photo; None where nothing is."""
    photos, conditions = data.photos, list[BoolArray]()
    if wanted.folder is not None:
        at, folders = folders_of(photos.paths)
        inside = wanted.folder.rstrip(os.sep) + os.sep
        conditions.append(np.array([f"{folder}{os.sep}".startswith(inside) for folder in folders], np.bool_)[at])
    if wanted.camera is not None:
        key = data.cameras.index(wanted.camera) if wanted.camera in data.cameras else -2
        conditions.append(photos.camera_key == key)
    if wanted.first_day is not None:
        conditions.append(photos.taken_s >= (wanted.first_day.toordinal() - _EPOCH) * _DAY_S)
    if wanted.last_day is not None:
        conditions.append(photos.taken_s < (wanted.last_day.toordinal() + 1 - _EPOCH) * _DAY_S)
    for word in folded(wanted.text).split():
        texts = photos.paths.folded if isinstance(photos.paths, PathColumn) else map(folded, photos.paths)
        conditions.append(np.fromiter((word in text for text in texts), np.bool_, len(photos)))
    return np.logical_and.reduce(conditions) if conditions else None


def folders_of(paths: Sequence[str]) -> tuple[Int32Array, tuple[str, ...]]:
    """The folder of every path, int32 [n], as its place among all the folders there are, and these."""
    if isinstance(paths, PathColumn):
        return paths.folders
    found: dict[str, int] = {}
    at = [found.setdefault(os.path.dirname(path), len(found)) for path in paths]
    return np.array(at, np.int32), tuple(found)
