"""The answers to one query as a list that can be filtered and sorted like any other."""

import os.path
from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from twinlens.catalog.database import Catalog
from twinlens.domain.group import Match
from twinlens.domain.photo import Photo
from twinlens.domain.relation import PhotoClass


class ResultOrder(StrEnum):
    """What the list is sorted by."""

    SIMILARITY = "similarity"  # best first
    TIME = "time"  # newest first
    FOLDER = "folder"
    SIZE = "size"  # largest first


class ResultRow(Struct, frozen=True):
    """One match and its photo."""

    match: Match
    photo: Photo

    @property
    def folder(self) -> str:
        """Where the photo lies."""
        return os.path.dirname(self.photo.path)


class ResultFilter(Struct, frozen=True):
    """What is shown. ``text``: a part of name or folder; ``folder``: this one and all below; the empty filter shows all."""

    text: str = ""
    photo_class: PhotoClass | None = None
    folder: str = ""
    minimum_score: float = 0.0

    def passes(self, row: ResultRow) -> bool:
        """Whether this match is shown."""
        if row.match.score < self.minimum_score:
            return False
        if self.photo_class is not None and row.match.photo_class is not self.photo_class:
            return False
        if self.folder and not (row.folder + "/").startswith(self.folder.rstrip("/") + "/"):
            return False
        return self.text.casefold() in row.photo.path.casefold()


def rows_of(catalog: Catalog, matches: Sequence[Match]) -> tuple[ResultRow, ...]:
    """The photos of these matches, in their order; those that have left the library are left out."""
    photos = {photo.id: photo for photo in catalog.photos.get_many([match.photo_id for match in matches])}
    return tuple(ResultRow(match, photos[match.photo_id]) for match in matches if match.photo_id in photos)


def arranged(rows: Sequence[ResultRow], wanted: ResultFilter, order: ResultOrder) -> list[ResultRow]:
    """What passes, in this order; equal ones by their similarity."""
    shown = [row for row in rows if wanted.passes(row)]
    if order is ResultOrder.TIME:
        shown.sort(key=lambda row: -_time_s(row.photo))
    elif order is ResultOrder.FOLDER:
        shown.sort(key=lambda row: row.folder.casefold())
    elif order is ResultOrder.SIZE:
        shown.sort(key=lambda row: -row.photo.stamp.size_bytes)
    return shown


def folders_of(rows: Sequence[ResultRow]) -> list[tuple[str, int]]:
    """The folders in which results lie, with how many, most first."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.folder] = counts.get(row.folder, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0].casefold()))


def classes_of(rows: Sequence[ResultRow]) -> list[tuple[PhotoClass, int]]:
    """The classes among the results, with how many, strongest first."""
    counts: dict[PhotoClass, int] = {}
    for row in rows:
        counts[row.match.photo_class] = counts.get(row.match.photo_class, 0) + 1
    return sorted(counts.items(), key=lambda item: item[0].rank)


def _time_s(photo: Photo) -> float:
    taken = photo.metadata.taken
    return taken.timestamp() if taken is not None else photo.stamp.mtime_ns / 1e9
