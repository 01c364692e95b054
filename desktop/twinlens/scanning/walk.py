"""Listing folders: which photos are there, as the file system tells it without opening one."""

import errno
import functools
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from twinlens.domain.photo import FileStamp, Volume, VolumeId
from twinlens.imaging.formats import HEAD_BYTES, is_photo_name, looks_like_photo
from twinlens.scanning.ignore import IgnoreRules, rules
from twinlens.scanning.signatures import listing_signature, rules_seed
from twinlens.volumes.device_faults import DYING, MOST_IN_A_ROW, is_device_fault
from twinlens.volumes.identity import relative_to_mount, resolved, volume_at, volume_of

AT_ONCE = 8192  # files asked for their facts between two questions whether to go on: some 20 ms


class FoundFile(Struct, frozen=True):
    """A photo file as listed. ``path`` is absolute; ``relative_path`` is relative to the volume's root.

    ``names``: how many names the file has on its volume (hard links).
    """

    path: str
    volume: Volume
    relative_path: str
    stamp: FileStamp
    names: int = 1


@dataclass(slots=True)
class Listing:
    """One folder as listed. ``files`` gives its photo files by name; it opens those without a suffix.

    ``signature``: equal for two listings only if no file came, went or changed; None where that cannot be told.
    ``whole``: False where only one file of the folder was asked for. ``count``: all files in it, photos or not.
    """

    path: str
    volume: Volume
    relative_path: str
    signature: bytes | None
    count: int
    whole: bool
    files: Callable[[], Iterator[FoundFile]]


@dataclass(slots=True)
class _Folder:
    path: str
    volume: Volume
    relative_path: str
    device: int


@dataclass
class Walk:
    """One walk over one root. Iterate it once; then ``unlisted`` has the folders that could not be listed, and why.

    A volume that reports nothing but errors is left alone: its mount point is in ``unlisted`` and its id in ``lost``.
    ``leaves``: where there is one, folders are entered only if they are on the root's volume and it says no to them, by
    volume and relative path. ``passed``: what was seen and left alone, such folders among it.
    ``place``: the root with its links resolved.
    ``go_on`` is asked while a long listing is read; what it ends is ``stopped``.
    """

    root: str
    ignored_names: Sequence[str]
    ignored_paths: Sequence[str] = ()
    leaves: Callable[[VolumeId, str], bool] | None = None
    go_on: Callable[[], bool] = lambda: True
    passed: set[str] = field(default_factory=set)
    unlisted: dict[str, str] = field(default_factory=dict)
    volumes: dict[str, Volume] = field(default_factory=dict)
    lost: set[VolumeId] = field(default_factory=set)
    stopped: bool = False
    _faulty: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.place = resolved(self.root)

    def __iter__(self) -> Iterator[FoundFile]:
        """Files in the order of the folders, depth first; hidden ones are left out. Links are not followed: no loops."""
        for listing in self.listings():
            yield from listing.files()

    def listings(self) -> Iterator[Listing]:
        """The folders, depth first, each before those in it."""
        root = self.place
        if not os.path.isdir(root):
            yield from self._single(root)
            return
        wanted = (tuple(self.ignored_names), tuple(self.ignored_paths))
        ignored, seed = rules(*wanted), rules_seed(*wanted)
        volume = volume_at(root)
        pending = [_Folder(root, volume, relative_to_mount(root, volume), os.stat(root).st_dev)]
        while pending:
            folder = pending.pop()
            if folder.volume.id in self.lost:
                continue
            self.volumes[folder.volume.id] = folder.volume
            entries = self._entries(folder)
            if entries is None:
                continue
            below, entries = _parted(entries)
            signature = self._signature(seed, folder, entries)
            if self.stopped:
                return
            files = functools.partial(self._files, folder, entries, ignored)
            yield Listing(folder.path, folder.volume, folder.relative_path, signature, len(entries), True, files)
            if below:
                below.sort(key=_name, reverse=True)
                for entry in below:
                    if not (ignored.name(entry.name) or ignored.folder_path(entry.path)):
                        pending.extend(self._subfolder(entry, folder))

    def _entries(self, folder: _Folder) -> list[os.DirEntry[str]] | None:
        try:
            with os.scandir(folder.path) as listing:
                entries = list(listing)
        except OSError as error:
            self._note(folder.path, "the folder cannot be listed", error, folder.volume)
            return None
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

    def _signature(self, seed: bytes, folder: _Folder, entries: list[os.DirEntry[str]]) -> bytes | None:
        try:
            if len(entries) <= AT_ONCE:
                facts = [entry.stat(follow_symlinks=False) for entry in entries]
            else:
                facts = []
                for start in range(0, len(entries), AT_ONCE):
                    if not self.go_on():
                        self.stopped = True
                        return None
                    facts += [entry.stat(follow_symlinks=False) for entry in entries[start : start + AT_ONCE]]
        except OSError:
            return None  # which file it was, and whether that is a problem, is found out singly
        names = [entry.name for entry in entries]
        return listing_signature(seed, folder.path, names, facts, inodes=folder.volume.inodes_last)

    def _subfolder(self, entry: os.DirEntry[str], parent: _Folder) -> list[_Folder]:
        relative = f"{parent.relative_path}/{entry.name}" if parent.relative_path else entry.name
        try:
            device = entry.stat(follow_symlinks=False).st_dev
            is_here = device == parent.device
            if self.leaves is not None and (not is_here or self.leaves(parent.volume.id, relative)):
                self.passed.add(entry.path)
                return []
            if is_here:
                return [_Folder(entry.path, parent.volume, relative, device)]
            volume = volume_at(entry.path)
        except OSError as error:
            self._note(entry.path, "the folder cannot be reached", error, parent.volume)
            return []
        return [_Folder(entry.path, volume, relative_to_mount(entry.path, volume), device)]

    def _files(self, folder: _Folder, entries: list[os.DirEntry[str]], ignored: IgnoreRules) -> Iterator[FoundFile]:
        prefix = folder.relative_path + "/" if folder.relative_path else ""
        for entry in sorted(entries, key=_name):
            name = entry.name
            if ignored.name(name) or not (is_photo_name(name) or "." not in name) or ignored.file_path(entry.path):
                continue
            try:
                facts = entry.stat(follow_symlinks=False)
            except OSError as error:
                if error.errno != errno.ENOENT:  # gone between listing and looking is no problem
                    self._note(entry.path, "the file cannot be reached", error, folder.volume)
                continue
            found = _found(entry.path, facts, folder.volume, prefix + name)
            if found is not None:
                yield found

    def _single(self, path: str) -> Iterator[Listing]:
        try:
            facts = os.lstat(path)
        except OSError as error:
            self.unlisted[path] = f"there is no such file or folder ({error.strerror})"
            return
        if not stat.S_ISREG(facts.st_mode):
            what = "a symbolic link: scan what it leads to" if stat.S_ISLNK(facts.st_mode) else "no file and no folder"
            self.unlisted[path] = f"this is {what}"
            return
        volume = volume_of(path)
        self.volumes[volume.id] = volume
        folder, name = os.path.split(path)
        below = relative_to_mount(folder, volume)
        found = _found(path, facts, volume, f"{below}/{name}" if below else name)
        if found is not None:
            yield Listing(folder, volume, below, None, 1, False, lambda: iter([found]))


def _parted(entries: list[os.DirEntry[str]]) -> tuple[list[os.DirEntry[str]], list[os.DirEntry[str]]]:
    """Folders and files. Where even this cannot be told, it is a file, whose facts cannot be had either."""
    try:
        is_folder = [entry.is_dir(follow_symlinks=False) for entry in entries]
    except OSError:
        is_folder = [_is_folder(entry) for entry in entries]
    if True not in is_folder:
        return [], entries
    parted = list(zip(entries, is_folder, strict=True))
    return [entry for entry, yes in parted if yes], [entry for entry, yes in parted if not yes]


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _found(path: str, facts: os.stat_result, volume: Volume, relative: str) -> FoundFile | None:
    if not stat.S_ISREG(facts.st_mode):
        return None
    if "." not in os.path.basename(path) and not _sniffed(path):
        return None
    inode = facts.st_ino if volume.inodes_last else 0
    stamp = FileStamp(facts.st_size, facts.st_mtime_ns, inode)
    return FoundFile(path, volume, relative, stamp, facts.st_nlink if inode else 1)


def _sniffed(path: str) -> bool:
    """Whether a file without a suffix begins like a photo."""
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            return looks_like_photo(file.read(HEAD_BYTES))
    except OSError:
        return False  # a file that has no photo's name and cannot be read is not ours to complain about
