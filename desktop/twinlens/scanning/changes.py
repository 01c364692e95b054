"""Comparing what a walk found with what the catalog knows: new, changed, moved, unchanged, gone."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from twinlens.catalog import Catalog, KnownFile
from twinlens.catalog.folders import FolderState
from twinlens.catalog.paths import absolute
from twinlens.domain.events import ProblemFound
from twinlens.domain.photo import FileStamp, PhotoId, VolumeId
from twinlens.scanning.signatures import Compared, files_digest
from twinlens.scanning.walk import FoundFile, Listing

AT_ONCE = 64  # files met between two questions whether to go on: about a millisecond's work

Place = tuple[VolumeId, str]


@dataclass
class Changes:
    """What a scan has to do. ``to_study`` are new and changed files, ``moved`` pairs of a photo and where it is now.

    ``to_embed`` are photos that lack nothing but the vector of the network in use: they count as unchanged.
    ``missing`` are not at their place, but new files of their size are there: they may turn up among those. ``unsettled``
    are left to the next scan if they do not turn up in this one.
    ``compared`` are the folders whose files were looked at singly.
    """

    to_study: list[FoundFile] = field(default_factory=list)
    to_embed: list[PhotoId] = field(default_factory=list)
    changed_places: set[Place] = field(default_factory=set)
    unchanged: int = 0
    unreadable: list[ProblemFound] = field(default_factory=list)
    moved: list[tuple[PhotoId, FoundFile]] = field(default_factory=list)
    returned: list[PhotoId] = field(default_factory=list)
    gone: list[PhotoId] = field(default_factory=list)
    missing: list[PhotoId] = field(default_factory=list)
    unsettled: set[PhotoId] = field(default_factory=set)
    settled: list[Place] = field(default_factory=list)  # places whose noted problem is history
    emptied: list[Place] = field(default_factory=list)  # folders that are no longer there
    compared: list[Compared] = field(default_factory=list)


class Comparison:
    """Takes the folders of one walk one by one; ``finish`` says what became of the photos that were not met.

    What is missing where a folder changed after ``unsettled_since_ns`` is not gone yet: it may come elsewhere just now.
    """

    def __init__(self, catalog: Catalog, model_sha256: str | None, unsettled_since_ns: int) -> None:
        self._catalog = catalog
        self._model_sha256 = model_sha256
        self._unsettled_since_ns = unsettled_since_ns
        self._left: dict[VolumeId, dict[str, FolderState]] = {}  # known folders that were not met yet
        self._met: dict[VolumeId, set[str]] = {}  # folders that were listed
        self._single: dict[Place, set[str]] = {}  # files that were asked for singly, by folder
        self._problems: dict[Place, dict[str, FileStamp | None]] = {}
        self._unmet: list[tuple[VolumeId, str, KnownFile]] = []
        self._has_problems: bool | None = None
        self._away: set[PhotoId] | None = None
        self._errors: dict[str, str] | None = None
        self.changes = Changes()

    def begin(self, volume: VolumeId, relative_folder: str) -> None:
        """Load which folders are known in a folder of a volume."""
        met, left = self._met.setdefault(volume, set()), self._left.setdefault(volume, {})
        known = self._catalog.folders.under(volume, relative_folder, self._model_sha256)
        left.update({folder: state for folder, state in known.items() if folder not in met} if met else known)
        if self._has_problems is None:
            self._has_problems = self._catalog.problems.any()
        noted = self._catalog.problems.known_under(volume, relative_folder) if self._has_problems else {}
        for relative, stamp in noted.items():
            if (folder := os.path.dirname(relative)) not in met:
                self._problems.setdefault((volume, folder), {})[relative] = stamp

    def passes(self, listing: Listing) -> bool:
        """Whether nothing in this folder has to be compared: it was met before, or all is as it was."""
        volume, relative = listing.volume.id, listing.relative_path
        if volume not in self._met:  # another volume mounted below the root
            self.begin(volume, "")
        met = self._met[volume]
        if relative in met:
            return True
        state = self._left[volume].get(relative)
        if state is None and not listing.count and not self._problems:  # it holds folders only, and always did
            met.add(relative)
            return True
        if state is None or state.signature is None or state.signature != listing.signature:
            return False
        if self._single and (volume, relative) in self._single:
            return False
        met.add(relative)
        del self._left[volume][relative]
        self.changes.unchanged += state.photo_count
        if self._problems:
            for known in self._problems.pop((volume, relative), ()):
                self._note_unreadable(os.path.join(listing.path, os.path.basename(known)))
        return True

    def compare(self, listing: Listing, leave: Callable[[FoundFile], bool] = lambda _file: False) -> Iterator[int]:
        """Sort the files of a folder into the changes; yields how many at a time.

        What ``leave`` says is to be left is neither met nor missing.
        """
        volume, folder = listing.volume.id, listing.relative_path
        place = (volume, folder)
        state = self._left[volume].get(folder)
        known = self._catalog.photos.known_in(volume, folder, self._model_sha256) if state or not listing.whole else {}
        problems = self._problems.get(place, {})
        before = self._single.get(place, set())
        files: list[tuple[str, FileStamp]] = []
        for file in listing.files():
            name = os.path.basename(file.path)
            files.append((name, file.stamp))
            if name not in before and not leave(file):
                self._meet(file, known.get(file.relative_path), problems)
            known.pop(file.relative_path, None)
            problems.pop(file.relative_path, None)
            if len(files) % AT_ONCE == 0:
                yield AT_ONCE
        yield len(files) % AT_ONCE
        if not listing.whole:
            self._single.setdefault(place, set()).update(name for name, _ in files)
            return
        self._met[volume].add(folder)
        self._left[volume].pop(folder, None)
        self._miss(volume, known, listing.path)
        if listing.signature is not None and (listing.count or state):
            inodes = listing.volume.inodes_last
            self.changes.compared.append(
                Compared(volume, folder, listing.signature, files_digest(files, inodes), inodes)
            )

    def _meet(self, file: FoundFile, known: KnownFile | None, problems: dict[str, FileStamp | None]) -> None:
        if _is_same(problems.get(file.relative_path), file.stamp):
            self._note_unreadable(file.path)
        elif known is None:
            self.changes.to_study.append(file)
        elif not _is_same(known.stamp, file.stamp):
            self.changes.changed_places.add((file.volume.id, file.relative_path))
            self.changes.to_study.append(file)
        else:
            self._meet_unchanged(known)

    def _meet_unchanged(self, known: KnownFile) -> None:
        self.changes.unchanged += 1
        if self._model_sha256 is not None and not known.has_embedding:
            self.changes.to_embed.append(known.photo_id)
        if self._is_away(known.photo_id):
            self.changes.returned.append(known.photo_id)

    def _note_unreadable(self, path: str) -> None:
        if self._errors is None:
            self._errors = {problem.path: problem.error for problem in self._catalog.problems.all()}
        self.changes.unreadable.append(ProblemFound(path, self._errors.get(path, "it cannot be read")))

    def _is_away(self, photo_id: PhotoId) -> bool:
        if self._away is None:
            self._away = set(self._catalog.away.ids())
        return photo_id in self._away

    def _miss(self, volume: VolumeId, known: dict[str, KnownFile], folder: str) -> None:
        self._unmet.extend((volume, relative, photo) for relative, photo in known.items())
        if known and self._is_unsettled(folder):
            self.changes.unsettled.update(photo.photo_id for photo in known.values())

    def _is_unsettled(self, place: str) -> bool:
        """Whether this folder, or what is left of the path to it, changed too late for this scan. A later time than now is
        that of another clock and tells nothing.
        """
        while True:
            try:
                return self._unsettled_since_ns < os.stat(place).st_mtime_ns <= time.time_ns()
            except (FileNotFoundError, NotADirectoryError):
                place = os.path.dirname(place)
            except OSError:
                return False

    def leave_alone(self, volume: VolumeId) -> None:
        """Read nothing of a volume that does not answer any more."""
        self.changes.to_study = [file for file in self.changes.to_study if file.volume.id != volume]
        self.changes.compared = [folder for folder in self.changes.compared if folder.volume != volume]

    def finish(self, unlisted: set[str], below: dict[VolumeId, list[str]]) -> Changes:
        """Settle which photos moved and which are gone.

        ``unlisted``: absolute paths that were not looked into; what lies below them is not gone. ``below``: the folders
        of each volume that were walked to the end, relative, "" for all of it.
        """
        mount_points = {volume.id: volume.mount_point for volume, online in self._catalog.volumes.all() if online}
        hidden = _relative_forms(unlisted, mount_points.values())
        walked = {volume: set(folders) for volume, folders in below.items()}
        for volume, folders in walked.items():
            for folder in self._left[volume]:
                if _was_looked_into(folder, folders, hidden):
                    known = self._catalog.photos.known_in(volume, folder, self._model_sha256)
                    self._miss(volume, known, absolute(mount_points[volume], folder))
                    self.changes.emptied.append((volume, folder))
        for (volume, _), problems in self._problems.items():
            for relative in problems:
                if _was_looked_into(relative, walked.get(volume, set()), hidden):
                    self.changes.settled.append((volume, relative))
        self._settle_moves(hidden, walked)
        return self.changes

    def _settle_moves(self, hidden: set[str], walked: dict[VolumeId, set[str]]) -> None:
        missing: dict[tuple[VolumeId, FileStamp], list[KnownFile]] = {}
        for volume, relative, known in self._unmet:
            looked = _was_looked_into(relative, walked.get(volume, set()), hidden)
            if looked and not self._is_away(known.photo_id):
                missing.setdefault((volume, known.stamp), []).append(known)
        if missing:
            self.changes.to_study = [file for file in self.changes.to_study if not self._was_moved(file, missing)]
            sizes = {file.stamp.size_bytes for file in self.changes.to_study}
            for (_, stamp), left in missing.items():
                turns_up = stamp.size_bytes in sizes
                for known in left:
                    if turns_up and (known.has_embedding or self._model_sha256 is None):
                        self.changes.missing.append(known.photo_id)
                    elif known.photo_id not in self.changes.unsettled:
                        self.changes.gone.append(known.photo_id)

    def _was_moved(self, file: FoundFile, missing: dict[tuple[VolumeId, FileStamp], list[KnownFile]]) -> bool:
        """Whether the file is a missing photo under another name, so that nothing of it has to be studied.

        The same inode, size and time on one volume: renamed, and still the same bytes. File systems without inodes
        give 0, which proves nothing. At a place that is known already stands what was there before, changed.
        """
        place = (file.volume.id, file.relative_path)
        left = missing.get((file.volume.id, file.stamp))
        if not left or not file.stamp.inode or place in self.changes.changed_places:
            return False
        known = left.pop()
        self.changes.moved.append((known.photo_id, file))
        self.changes.settled.append(place)
        self._meet_unchanged(known)
        return True


def _is_same(known: FileStamp | None, found: FileStamp) -> bool:
    """Whether a file is as it was; an inode of 0 stands for none that could be compared."""
    if known is None or known.inode == found.inode:
        return known == found
    return not found.inode and (known.size_bytes, known.mtime_ns) == (found.size_bytes, found.mtime_ns)


def _relative_forms(paths: set[str], mount_points: Iterable[str]) -> set[str]:
    roots = [mount_point.rstrip(os.sep) + os.sep for mount_point in mount_points]
    return {path[len(root) :] for path in paths for root in roots if (path + os.sep).startswith(root)}


def _was_looked_into(relative: str, walked: set[str], hidden: set[str]) -> bool:
    """Whether the nearest of these at or above a path is one that was walked; "" is the whole volume."""
    while relative not in hidden:
        if relative in walked or not relative:
            return relative in walked
        relative = relative.rpartition("/")[0]
    return False
