"""Holding a file by its descriptor, so that a path swapped behind our back is noticed."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct

from twinlens.disposal.wording import shown, why
from twinlens.domain.errors import StepRefused, VolumeFailing

BLOCK_BYTES = 1 << 20


class FileIdentity(Struct, frozen=True):
    """Which file this is and in which state: what ``stat`` says of it."""

    device: int
    inode: int
    size_bytes: int
    mtime_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> "FileIdentity":
        """The identity in a stat result."""
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)

    def is_same_file(self, other: "FileIdentity") -> bool:
        """Whether both are one file, in whatever state."""
        return (self.device, self.inode) == (other.device, other.inode)


@contextmanager
def open_regular(path: str) -> Iterator[int]:
    """A descriptor of the regular file at ``path``; raises StepRefused for a link, a folder, a pipe, or nothing there.

    The last part of the path is never followed through a symbolic link, and a pipe does not block.
    """
    try:
        entry = os.lstat(path)
        if stat.S_ISLNK(entry.st_mode):
            raise StepRefused(f"{shown(path)} is a symbolic link, not a photo.")
        if not stat.S_ISREG(entry.st_mode):
            raise StepRefused(f"{shown(path)} is not a regular file.")
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise StepRefused(f"{shown(path)} cannot be opened: {why(error)}.") from error
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise StepRefused(f"{shown(path)} is not a regular file.")
        yield descriptor
    finally:
        os.close(descriptor)


def refuse_detour(path: str) -> None:
    """Raise StepRefused when a folder above ``path`` is a symbolic link: it leads to another place than the one planned."""
    folder = os.path.dirname(path)
    if os.path.realpath(folder) != os.path.normpath(folder):
        raise StepRefused(f"A folder above {shown(path)} has become a link that leads elsewhere; nothing was touched.")


def identity_at(path: str) -> FileIdentity | None:
    """The identity of what lies at ``path`` itself, links not followed; None when nothing does."""
    try:
        return FileIdentity.of(os.lstat(path))
    except (FileNotFoundError, NotADirectoryError):
        return None


def is_same_content(first: int, second: int) -> bool:
    """Whether two open files hold the same bytes, compared block by block from their beginnings."""
    if os.fstat(first).st_size != os.fstat(second).st_size:
        return False
    offset = 0
    while True:
        block = os.pread(first, BLOCK_BYTES, offset)
        if block != os.pread(second, len(block) or BLOCK_BYTES, offset):
            return False
        if not block:
            return True
        offset += len(block)


def begins_with(whole: int, part: int) -> bool:
    """Whether the bytes of the second open file are the beginning, or all, of those of the first."""
    offset = 0
    while block := os.pread(part, BLOCK_BYTES, offset):
        if block != os.pread(whole, len(block), offset):
            return False
        offset += len(block)
    return True


def sync_folder(path: str) -> None:
    """Make the entries of a folder durable. File systems that cannot do so for folders are left to their own ways.

    Raises:
        VolumeFailing: the drive reports an error.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except FileNotFoundError:
        return  # removed since: its parent is synced for that
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _UNSYNCABLE:
            raise VolumeFailing(
                f"The drive of {shown(path)} reports an error ({why(error)}): the work was ended there. What happened is"
                " looked up on the drive before anything else is done."
            ) from error
    finally:
        os.close(descriptor)


_UNSYNCABLE = frozenset({errno.EINVAL, errno.EOPNOTSUPP})  # FUSE and network file systems without fsync for folders
