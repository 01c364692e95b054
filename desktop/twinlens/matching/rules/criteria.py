"""The criteria: each gives every photo a number, and the photo with the smallest goes before the others."""

from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from twinlens.domain.columns import Float64Array
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.folders import FolderPlace
from twinlens.matching.rules.facts import Facts

_SAME_TIME_S = 2.0  # FAT keeps no finer times
_SAME_SHARPNESS = 1.1  # a tenth more or less is the same to the eye

Key = Callable[[Facts, Int64Array, Sequence[FolderPlace]], NDArray[np.generic]]


class Criterion(Struct, frozen=True):
    """One question. ``words`` complete "the rule keeps X, ..."; the ``opposite`` ones where the direction may be turned."""

    id: str
    title: str
    words: str
    key: Key
    opposite_title: str = ""
    opposite_words: str = ""

    @property
    def has_direction(self) -> bool:
        """Whether it can be turned."""
        return bool(self.opposite_title)

    def numbers(self, facts: Facts, rows: Int64Array, folders: Sequence[FolderPlace], *, turned: bool) -> Float64Array:
        """float64 [len(rows)], the smallest first, never NaN. What is unknown comes last either way."""
        numbers = np.asarray(self.key(facts, rows, folders), np.float64)
        numbers = np.where(np.isnan(numbers), np.inf, -numbers if turned and self.has_direction else numbers)
        return np.asarray(numbers)


def _preferred(facts: Facts, rows: Int64Array, folders: Sequence[FolderPlace]) -> NDArray[np.generic]:
    return facts.preference(folders)[rows]


def _area(facts: Facts, rows: Int64Array, _: Sequence[FolderPlace]) -> NDArray[np.generic]:
    return -facts.photos.width_px[rows].astype(np.int64) * facts.photos.height_px[rows].astype(np.int64)


def _bytes(facts: Facts, rows: Int64Array, _: Sequence[FolderPlace]) -> NDArray[np.generic]:
    return -facts.photos.size_bytes[rows]


def _age(facts: Facts, rows: Int64Array, _: Sequence[FolderPlace]) -> NDArray[np.generic]:
    return np.floor(facts.photos.mtime_s[rows] / _SAME_TIME_S)


def _capture(facts: Facts, rows: Int64Array, _: Sequence[FolderPlace]) -> NDArray[np.generic]:
    return facts.photos.taken_s[rows]


def _metadata(facts: Facts, rows: Int64Array, _: Sequence[FolderPlace]) -> NDArray[np.generic]:
    return -facts.photos.field_count[rows].astype(np.int64)


def _rating(facts: Facts, rows: Int64Array, _: Sequence[FolderPlace]) -> NDArray[np.generic]:
    return -facts.photos.rating[rows].astype(np.int64)


def _raw(facts: Facts, rows: Int64Array, _: Sequence[FolderPlace]) -> NDArray[np.generic]:
    return np.where(facts.photos.is_raw[rows], -1, 1)


def _name(facts: Facts, rows: Int64Array, _: Sequence[FolderPlace]) -> NDArray[np.generic]:
    return facts.folders.name_length[rows]


def _path(facts: Facts, rows: Int64Array, _: Sequence[FolderPlace]) -> NDArray[np.generic]:
    return facts.folders.path_length[rows]


def _original(facts: Facts, rows: Int64Array, _: Sequence[FolderPlace]) -> NDArray[np.generic]:
    return facts.originality[rows]


def _sharpness(facts: Facts, rows: Int64Array, _: Sequence[FolderPlace]) -> NDArray[np.generic]:
    measured = facts.photos.sharpness[rows].astype(np.float64)
    known = np.where(measured > 0, measured, np.nan)
    return np.asarray(-np.floor(np.log(known) / np.log(_SAME_SHARPNESS)))


def _best_shot(facts: Facts, rows: Int64Array, _: Sequence[FolderPlace]) -> NDArray[np.generic]:
    return -facts.shots[rows]


def _suggestion(facts: Facts, rows: Int64Array, _: Sequence[FolderPlace]) -> NDArray[np.generic]:
    return facts.order[rows]


def _protected(facts: Facts, rows: Int64Array, _: Sequence[FolderPlace]) -> NDArray[np.generic]:
    return ~facts.photos.protected[rows]


PROTECTED = "protected"
FOLDERS = "folders"
SUGGESTION = "suggestion"
BEST_SHOT = "best-shot"

CRITERIA: dict[str, Criterion] = {
    criterion.id: criterion
    for criterion in (
        Criterion(PROTECTED, "In a protected folder", "in a protected folder", _protected),
        Criterion(FOLDERS, "Folders in this order", "in a preferred folder", _preferred),
        Criterion("original", "Original before re-encode", "more likely the original", _original),
        Criterion("raw", "RAW before JPEG", "a RAW", _raw, "JPEG before RAW", "not a RAW"),
        Criterion("pixels", "Larger in pixels", "larger in pixels", _area, "Smaller in pixels", "smaller in pixels"),
        Criterion("bytes", "Larger in bytes", "larger in bytes", _bytes, "Smaller in bytes", "smaller in bytes"),
        Criterion("rating", "Better rated", "better rated", _rating),
        Criterion("metadata", "More metadata", "richer in metadata", _metadata),
        Criterion("sharpness", "Sharper", "sharper", _sharpness),
        Criterion(BEST_SHOT, "Best shot of a burst", "the better shot", _best_shot),
        Criterion("capture", "Taken earlier", "taken earlier", _capture, "Taken later", "taken later"),
        Criterion("file-date", "Older file", "the older file", _age, "Newer file", "the newer file"),
        Criterion("name", "Shorter name", "shorter in name", _name, "Longer name", "longer in name"),
        Criterion("path", "Shorter path", "shorter in path", _path, "Longer path", "longer in path"),
        Criterion(SUGGESTION, "Twinlens' own suggestion", "suggested", _suggestion),
    )
}
