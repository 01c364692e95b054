"""What a rule would do, folder by folder, before anything is marked."""

from collections import Counter

import numpy as np
from msgspec import Struct

from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.folders import FolderColumns
from twinlens.review.rules.outcome import Outcome


class FolderEffect(Struct, frozen=True):
    """One folder. ``path`` absolute. ``staying_count``: photos of the decided groups that stay there."""

    path: str
    going_count: int
    going_bytes: int
    staying_count: int


def effect_by_folder(outcome: Outcome, folders: FolderColumns) -> list[FolderEffect]:
    """Every folder with a photo of a decided group, the most bytes first."""
    touched = _touched_rows(outcome)
    goes = outcome.goes[touched]
    folder, count = folders.folder[touched], len(folders.paths)
    going = np.bincount(folder[goes], minlength=count)
    staying = np.bincount(folder[~goes], minlength=count)
    sizes = np.bincount(folder[goes], outcome.photos.size_bytes[touched[goes]], count)
    rows = [
        FolderEffect(folders.paths[at], int(going[at]), int(sizes[at]), int(staying[at]))
        for at in np.flatnonzero(going + staying).tolist()
    ]
    return sorted(rows, key=lambda row: (-row.going_bytes, -row.going_count, row.path))


def decided_by(outcome: Outcome) -> Counter[str]:
    """How many of the photos that go each criterion put behind."""
    counts: Counter[str] = Counter()
    for one in outcome.classes:
        numbers = np.bincount(one.parted_by[one.goes & (one.parted_by >= 0)], minlength=len(one.steps))
        for step, number in zip(one.steps, numbers.tolist(), strict=True):
            counts[step.criterion] += number
    return counts


def _touched_rows(outcome: Outcome) -> Int64Array:
    """The photos of all groups in which something goes, each once."""
    parts = [one.rows[np.isin(one.group, one.groups_with(one.goes))] for one in outcome.classes]
    return np.unique(np.concatenate([np.zeros(0, np.int64), *parts]))
