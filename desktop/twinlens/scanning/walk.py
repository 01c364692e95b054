"""Listing folders: which photos are there, as the file system tells it without opening one."""

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from twinlens.domain.photo import FileStamp, Volume, VolumeId
from twinlens.imaging.formats import HEAD_BYTES, is_photo_name, looks_like_photo
from twinlens.scanning.ignore import rules
from twinlens.volumes.device_faults import DYING, MOST_IN_A_ROW, is_device_fault
from twinlens.volumes.identity import relative_to_volume, resolved, volume_of


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A photo file as listed. ``path`` is absolute; ``relative_path`` is relative to the volume's root."""

    path: str
    volume: Volume
    relative_path: str
    stamp: FileStamp


@dataclass
class Walk:
    """One walk over one root. Iterate it once; then ``unlisted`` has the folders that could not be listed, and why.

    A volume that reports nothing but errors is left alone: its mount point is in ``unlisted`` and its id in ``lost``.
    ``alone``: the folders in the root are not entered. ``passed``: what was seen and left alone, those folders among it.
    """

    root: str
    ignored_names: Sequence[str]
    ignored_paths: Sequence[str] = ()
    alone: bool = False
    passed: set[str] = field(default_factory=set)
    unlisted: dict[str, str] = field(default_factory=dict)
    volumes: dict[str, Volume] = field(default_factory=dict)
    lost: set[VolumeId] = field(default_factory=set)
    _faulty: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[FoundFile]:
        """Files in the order of the folders, depth first; hidden ones are left out. Links are not followed: no loops."""
        ignored = rules(tuple(self.ignored_names), tuple(self.ignored_paths))
        root = resolved(self.root)
        if not os.path.isdir(root):
            yield from self._single(root)
            return
        pending = [(root, volume_of(root), os.stat(root).st_dev)]
        while pending:
            folder, volume, device = pending.pop()
            if volume.id in self.lost:
                continue
            self.volumes[volume.id] = volume
            prefix = _prefix(folder, volume)
            below: list[tuple[str, Volume, int]] = []
            for entry in self._entries(folder, volume):
                name = entry.name
                if ignored.name(name):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if not ignored.folder_path(entry.path):
                        below.extend(self._subfolder(entry, volume, device))
                elif (is_photo_name(name) or "." not in name) and not ignored.file_path(entry.path):
                    found = self._file(entry, volume, prefix + name)
                    if found is not None:
                        yield found
            pending.extend(reversed(below))

    def _entries(self, folder: str, volume: Volume) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            self._note(folder, "the folder cannot be listed", error, volume)
            return []
        self._faulty.clear()
        return entries

    def _note(self, path: str, what: str, error: OSError, volume: Volume) -> None:
        self.unlisted[path] = f"{what} ({error.strerror})"
        if is_device_fault(error):
            self._faulty.append(path)
            if len(self._faulty) >= MOST_IN_A_ROW:
                for faulty in self._faulty:
                    self.unlisted.pop(faulty, None)
                self._faulty.clear()
                self.unlisted[volume.mount_point] = DYING
                self.lost.add(volume.id)

    def _subfolder(self, entry: os.DirEntry[str], volume: Volume, device: int) -> list[tuple[str, Volume, int]]:
        if self.alone:
            self.passed.add(entry.path)
            return []
        try:
            found = entry.stat(follow_symlinks=False).st_dev
            return [(entry.path, volume if found == device else volume_of(entry.path), found)]
        except OSError as error:
            self._note(entry.path, "the folder cannot be reached", error, volume)
            return []

    def _file(self, entry: os.DirEntry[str], volume: Volume, relative: str) -> FoundFile | None:
        try:
            facts = entry.stat(follow_symlinks=False)
        except OSError as error:
            if error.errno != errno.ENOENT:  # gone between listing and looking is no problem
                self._note(entry.path, "the file cannot be reached", error, volume)
            return None
        return _found(entry.path, facts, volume, relative)

    def _single(self, path: str) -> Iterator[FoundFile]:
        try:
            facts = os.lstat(path)
        except OSError as error:
            self.unlisted[path] = f"there is no such file or folder ({error.strerror})"
            return
        volume = volume_of(path)
        self.volumes[volume.id] = volume
        found = _found(path, facts, volume, _prefix(os.path.dirname(path), volume) + os.path.basename(path))
        if found is not None:
            yield found


def _prefix(folder: str, volume: Volume) -> str:
    """What stands before a name in ``folder`` to make its path on the volume."""
    root = volume.mount_point.rstrip(os.sep) + os.sep
    below = folder + os.sep  # a walked folder is resolved already
    relative = below[len(root) :] if below.startswith(root) else relative_to_volume(folder, volume) + os.sep
    return relative.replace(os.sep, "/").lstrip("/")


def _found(path: str, facts: os.stat_result, volume: Volume, relative: str) -> FoundFile | None:
    if not stat.S_ISREG(facts.st_mode):
        return None
    if "." not in os.path.basename(path) and not _sniffed(path):
        return None
    inode = facts.st_ino if volume.inodes_last else 0
    return FoundFile(path, volume, relative, FileStamp(facts.st_size, facts.st_mtime_ns, inode))


def _sniffed(path: str) -> bool:
    """Whether a file without a suffix begins like a photo."""
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            return looks_like_photo(file.read(HEAD_BYTES))
    except OSError:
        return False  # a file that has no photo's name and cannot be read is not ours to complain about
