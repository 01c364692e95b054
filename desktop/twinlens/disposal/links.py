"""Instead of removing: the same bytes are stored once, and every path stays."""

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from twinlens.disposal.manifest import Move
from twinlens.disposal.mounts import mount_of
from twinlens.disposal.regular_file import (
    FileIdentity,
    begins_with,
    identity_at,
    is_same_content,
    open_regular,
    sync_folder,
)
from twinlens.disposal.rename import exchange
from twinlens.disposal.wording import shown, why
from twinlens.domain.errors import StepRefused

_FICLONE = 0x40049409  # linux/fs.h: _IOW(0x94, 9, int)
_WITHOUT_HARD_LINKS = frozenset({"vfat", "exfat", "msdos", "fuseblk.exfat"})
_WITH_CLONES = frozenset({"btrfs", "xfs", "bcachefs", "ocfs2", "zfs", "nfs4", "cifs", "smb3", "overlay"})


class Link:
    """What all kinds share: made beside, then exchanged with the photo in one step, so that no path is ever missing."""

    def __init__(self) -> None:
        self._unsynced: set[str] = set()

    def check(self, path: str) -> None:
        """Raise StepRefused if this cannot work for the file, or in the folder, at ``path``."""
        folder = path if os.path.isdir(path) else os.path.dirname(path)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise StepRefused(f"The folder {shown(folder)} may not be written, so nothing in it can be linked.")
        self._check_kind(folder, mount_of(folder).kind)
        if folder is not path:
            with open_regular(path):
                pass

    def destination(self, path: str, session_id: int) -> None:
        """None: the path stays where it is."""
        return

    def announce(self, moves: Sequence[Move]) -> None:
        """Nothing to write: nothing moves."""

    def dispose(self, path: str, destination: str | None, keeper_path: str) -> None:
        """Compare byte for byte, make the link beside, exchange."""
        with open_regular(path) as old, open_regular(keeper_path) as keeper:
            seen = FileIdentity.of(os.fstat(old))
            _refuse_unequal(path, old, keeper_path, keeper)
            self._refuse(path, old, keeper)
            with name_held_beside(path) as new_path:
                self._make(new_path, old, keeper, keeper_path)
                put_in_place(path, new_path, seen)
        self._unsynced.add(os.path.dirname(path))

    def restore(self, path: str, destination: str | None) -> None:
        """Give ``path`` a copy of its own again, with the permissions and times it has now."""
        with open_regular(path) as shared, name_held_beside(path) as new_path:
            seen = FileIdentity.of(os.fstat(shared))
            try:
                copy_to(shared, new_path)
            except OSError as error:
                raise StepRefused(f"{shown(path)} cannot be given its own copy again: {why(error)}.") from error
            put_in_place(path, new_path, seen)
        self._unsynced.add(os.path.dirname(path))

    def sync(self) -> None:
        """Make all exchanges since the last call durable."""
        for folder in sorted(self._unsynced):
            sync_folder(folder)
        self._unsynced.clear()

    def _check_kind(self, folder: str, kind: str) -> None:
        raise NotImplementedError

    def _refuse(self, path: str, old: int, keeper: int) -> None:
        raise NotImplementedError

    def _make(self, new_path: str, old: int, keeper: int, keeper_path: str) -> None:
        raise NotImplementedError


class HardLink(Link):
    """Both paths become names of one file. Times are then the keeper's: who restores sets them from the journal."""

    def _check_kind(self, folder: str, kind: str) -> None:
        if kind in _WITHOUT_HARD_LINKS:
            raise StepRefused(f"The file system of {shown(folder)} ({kind}) has no hard links.")

    def _refuse(self, path: str, old: int, keeper: int) -> None:
        mine, other = os.fstat(old), os.fstat(keeper)
        if (mine.st_mode, mine.st_uid, mine.st_gid) != (other.st_mode, other.st_uid, other.st_gid):
            raise StepRefused(f"{shown(path)} has another owner or other permissions than the copy that is kept.")

    def _make(self, new_path: str, old: int, keeper: int, keeper_path: str) -> None:
        try:
            os.link(keeper_path, new_path, follow_symlinks=False)
        except OSError as error:
            raise StepRefused(f"{shown(keeper_path)} cannot be linked: {why(error)}.") from error
        made = identity_at(new_path)
        if made is None or not made.is_same_file(FileIdentity.of(os.fstat(keeper))):
            raise StepRefused(f"{shown(keeper_path)} was exchanged for another file at the last moment.")


class Reflink(Link):
    """Both files share their blocks until one of them is written (ioctl_ficlone(2)). Owner, mode and times stay."""

    def _check_kind(self, folder: str, kind: str) -> None:
        if kind and kind not in _WITH_CLONES:
            raise StepRefused(f"The file system of {shown(folder)} ({kind}) cannot share blocks between files.")

    def _refuse(self, path: str, old: int, keeper: int) -> None:
        """Nothing stands against it."""

    def _make(self, new_path: str, old: int, keeper: int, keeper_path: str) -> None:
        new = os.open(new_path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            fcntl.ioctl(new, _FICLONE, keeper)
            if not is_same_content(old, new):
                raise StepRefused(f"{shown(keeper_path)} changed while it was being cloned.")
            _copy_status(old, new)
            os.fsync(new)
        except OSError as error:
            reason = "the file system cannot share blocks" if error.errno in _NO_CLONE else why(error)
            raise StepRefused(f"{shown(keeper_path)} cannot be cloned: {reason}.") from error
        finally:
            os.close(new)


_NO_CLONE = frozenset({errno.EOPNOTSUPP, errno.ENOTTY, errno.EXDEV, errno.EINVAL, errno.ENOSYS})


def _refuse_unequal(path: str, old: int, keeper_path: str, keeper: int) -> None:
    mine, other = os.fstat(old), os.fstat(keeper)
    if (mine.st_dev, mine.st_ino) == (other.st_dev, other.st_ino):
        raise StepRefused(f"{shown(path)} and {shown(keeper_path)} are one file already: nothing would become free.")
    if mine.st_dev != other.st_dev:
        raise StepRefused(
            f"{shown(path)} and {shown(keeper_path)} lie on different volumes and cannot share their bytes."
        )
    if not is_same_content(old, keeper):
        raise StepRefused(
            f"{shown(path)} and {shown(keeper_path)} are not the same byte for byte, so they cannot be linked."
        )


class _LeftBeside(StepRefused):
    """A file that is not ours could not be put back and stays at the name beside."""


@contextmanager
def name_held_beside(path: str) -> Iterator[str]:
    """A name in the same folder for what is being made; whatever lies there at the end is removed.

    The name follows from the path, so that one left over by a crash is found again. It never holds the only copy: before
    the exchange it is the new link, after it a file that was compared with the keeper byte for byte.
    """
    forget_beside(path)
    name = _name_beside(path)
    keep = False
    try:
        yield name
    except _LeftBeside:
        keep = True
        raise
    finally:
        if not keep and os.path.lexists(name):
            os.unlink(name)


def _name_beside(path: str) -> str:
    digest = hashlib.blake2b(os.fsencode(os.path.basename(path)), digest_size=8).hexdigest()
    return os.path.join(os.path.dirname(path), f".twinlens-{digest}.part")


def forget_beside(path: str, original: str | None = None) -> None:
    """Remove what an interruption left beside ``path``; raises StepRefused where it is no mere copy of ``original``, or of it."""
    name = _name_beside(path)
    if os.path.islink(name):
        os.unlink(name)  # holds no photo: one that was being made, or the one whose place a copy has taken
    like = original or (os.path.realpath(path) if os.path.islink(path) else path)
    remove_leftover(like, name)


def remove_leftover(path: str, name: str) -> None:
    """Remove what a crash left at ``name``, but only if ``path`` begins with the same bytes; otherwise raise StepRefused."""
    if not os.path.lexists(name):
        return
    with open_regular(path) as current, open_regular(name) as leftover:
        is_copy = begins_with(current, leftover)  # a copy may have been cut short
    if not is_copy:
        raise StepRefused(
            f"{shown(name)} is left over from an interruption and differs from {shown(path)}: look at both."
        )
    os.unlink(name)


def put_in_place(path: str, new_path: str, expected: FileIdentity) -> None:
    """Exchange both names; a file found at ``path`` that is another one, or was written to, goes straight back there."""
    if identity_at(path) != expected:
        raise StepRefused(f"{shown(path)} changed at the last moment.")
    try:
        if not exchange(path, new_path):
            os.replace(new_path, path)
            return
    except OSError as error:
        raise StepRefused(f"{shown(path)} cannot be replaced by a link: {why(error)}.") from error
    if identity_at(new_path) != expected:
        try:
            exchange(path, new_path)
        except OSError as error:
            message = f"{shown(path)} changed at the last moment and lies at {shown(new_path)} now: {why(error)}."
            raise _LeftBeside(message) from error
        raise StepRefused(f"{shown(path)} changed at the last moment.")


def copy_to(source: int, new_path: str) -> None:
    """Write the bytes of an open file into a new one, with owner, permissions and times, down to the disk."""
    target = os.open(new_path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(target, "r+b") as new, os.fdopen(os.dup(source), "rb") as old:
        old.seek(0)
        shutil.copyfileobj(
            old, new, 1 << 20
        )  # through memory: a clone or a sparse copy would still share or change blocks
        new.flush()
        _copy_status(source, new.fileno())
        os.fsync(new.fileno())


def _copy_status(source: int, target: int) -> None:
    """Owner, permissions, extended attributes and times, in the order in which they do not undo each other."""
    status = os.fstat(source)
    if (status.st_uid, status.st_gid) != (os.geteuid(), os.getegid()):
        os.fchown(target, status.st_uid, status.st_gid)
    os.fchmod(target, status.st_mode & 0o7777)
    for name in os.listxattr(source):
        if name.startswith("user."):
            os.setxattr(target, name, os.getxattr(source, name))
    os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))
