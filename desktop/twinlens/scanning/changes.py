"""Comparing what a walk found with what the catalog knows: new, changed, moved, unchanged, gone."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from twinlens.catalog import Catalog, KnownFile
from twinlens.domain.events import ProblemFound
from twinlens.domain.photo import FileStamp, PhotoId, VolumeId
from twinlens.scanning.walk import FoundFile

Place = TypeVar("Place")


@dataclass
class Changes:
    """What a scan has to do. ``to_study`` are new and changed files, ``moved`` pairs of a photo and where it is now."""

    to_study: list[FoundFile] = field(default_factory=list)
    changed_places: set[tuple[VolumeId, str]] = field(default_factory=set)
    unchanged: int = 0
    unreadable: list[ProblemFound] = field(default_factory=list)
    moved: list[tuple[PhotoId, FoundFile]] = field(default_factory=list)
    returned: list[PhotoId] = field(default_factory=list)
    gone: list[PhotoId] = field(default_factory=list)
    settled: list[tuple[VolumeId, str]] = field(default_factory=list)  # places whose noted problem is history


class Comparison:
    """Takes the files of one walk one by one; ``finish`` says what became of the photos that were not met."""

    def __init__(self, catalog: Catalog, model_sha256: str | None) -> None:
        self._catalog = catalog
        self._model_sha256 = model_sha256
        self._known: dict[VolumeId, dict[str, KnownFile]] = {}
        self._problems: dict[VolumeId, dict[str, FileStamp | None]] = {}
        self._errors = {problem.path: problem.error for problem in catalog.problems.all()}
        self._away = set(catalog.away.ids())
        self._seen: dict[VolumeId, set[str]] = {}
        self.changes = Changes()

    def begin(self, volume: VolumeId, relative_folder: str) -> None:
        """Load what is known below a folder of a volume."""
        self._known.setdefault(volume, {}).update(
            self._catalog.photos.known_under(volume, relative_folder, self._model_sha256, with_away=True)
        )
        self._problems.setdefault(volume, {}).update(self._catalog.problems.known_under(volume, relative_folder))
        self._seen.setdefault(volume, set())

    def meet(self, file: FoundFile) -> None:
        """Sort one file into the changes; a file met twice (by overlapping roots) counts once."""
        volume, relative = file.volume.id, file.relative_path
        if volume not in self._known:  # another volume mounted below the root
            self.begin(volume, "")
        seen = self._seen[volume]
        if relative in seen:
            return
        seen.add(relative)
        known = self._known[volume].get(relative)
        if _is_same(self._problems[volume].get(relative), file.stamp):
            error = self._errors.get(file.path, "it cannot be read")
            self.changes.unreadable.append(ProblemFound(file.path, error))
        elif known is None:
            self.changes.to_study.append(file)
        else:
            self._meet_known(file, known)

    def _meet_known(self, file: FoundFile, known: KnownFile) -> None:
        if _is_same(known.stamp, file.stamp) and self._is_complete(known):
            self.changes.unchanged += 1
            if known.photo_id in self._away:
                self.changes.returned.append(known.photo_id)
        else:
            self.changes.changed_places.add((file.volume.id, file.relative_path))
            self.changes.to_study.append(file)

    def _is_complete(self, known: KnownFile) -> bool:
        return known.has_embedding or self._model_sha256 is None

    def leave_alone(self, volume: VolumeId) -> None:
        """Read nothing of a volume that does not answer any more."""
        self.changes.to_study = [file for file in self.changes.to_study if file.volume.id != volume]

    def finish(self, unlisted: set[str], below: dict[VolumeId, list[str]]) -> Changes:
        """Settle which photos moved and which are gone.

        ``unlisted``: absolute paths that were not looked into; what lies below them is not gone. ``below``: the folders
        of each volume that were walked to the end, relative, "" for all of it.
        """
        hidden = self._relative_forms(unlisted)
        missing: dict[tuple[VolumeId, FileStamp], list[tuple[PhotoId, KnownFile]]] = {}
        for volume, folders in below.items():
            for _, known in self._unmet(self._known[volume], volume, folders, hidden):
                if known.photo_id not in self._away:
                    missing.setdefault((volume, known.stamp), []).append((known.photo_id, known))
            for relative, _ in self._unmet(self._problems[volume], volume, folders, hidden):
                self.changes.settled.append((volume, relative))
        self.changes.to_study = [file for file in self.changes.to_study if not self._was_moved(file, missing)]
        self.changes.gone = [photo_id for left in missing.values() for photo_id, _ in left]
        return self.changes

    def _unmet(
        self, places: Mapping[str, Place], volume: VolumeId, folders: list[str], hidden: set[str]
    ) -> Iterator[tuple[str, Place]]:
        walked = set(folders)
        for relative in places.keys() - self._seen[volume]:
            if _was_looked_into(relative, walked, hidden):
                yield relative, places[relative]

    def _was_moved(
        self, file: FoundFile, missing: dict[tuple[VolumeId, FileStamp], list[tuple[PhotoId, KnownFile]]]
    ) -> bool:
        """Whether the file is a missing photo under another name; True when nothing of it has to be studied.

        The same inode, size and time on one volume: renamed, and still the same bytes. File systems without inodes
        give 0, which proves nothing. At a place that is known already stands what was there before, changed.
        """
        place = (file.volume.id, file.relative_path)
        left = missing.get((file.volume.id, file.stamp))
        if not left or not file.stamp.inode or place in self.changes.changed_places:
            return False
        photo_id, known = left.pop()
        self.changes.moved.append((photo_id, file))
        self.changes.settled.append(place)
        if self._is_complete(known):
            self.changes.unchanged += 1
            return True
        self.changes.changed_places.add(place)
        return False

    def _relative_forms(self, paths: set[str]) -> set[str]:
        roots = [volume.mount_point.rstrip(os.sep) + os.sep for volume, online in self._catalog.volumes.all() if online]
        return {path[len(root) :] for path in paths for root in roots if (path + os.sep).startswith(root)}


def _is_same(known: FileStamp | None, found: FileStamp) -> bool:
    """Whether a file is as it was; an inode of 0 stands for none that could be compared."""
    if known is None or known.inode == found.inode:
        return known == found
    return not found.inode and (known.size_bytes, known.mtime_ns) == (found.size_bytes, found.mtime_ns)


def _was_looked_into(relative: str, walked: set[str], hidden: set[str]) -> bool:
    """Whether the nearest of these at or above a path is one that was walked; "" is the whole volume."""
    while relative not in hidden:
        if relative in walked or not relative:
            return relative in walked
        relative = relative.rpartition("/")[0]
    return False
