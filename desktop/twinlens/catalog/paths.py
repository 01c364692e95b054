"""Paths in the catalog: bytes, relative to the root of a volume, separated by slashes."""

import os
import unicodedata

from twinlens.domain.photo import FileStamp

_SIGNED = 1 << 63


def absolute(mount_point: str, relative_path: str) -> str:
    """The path a file has while its volume is mounted here; "" is the mount point itself."""
    if not relative_path:
        return mount_point
    return mount_point.rstrip("/") + "/" + relative_path


def relative(path: str, mount_point: str) -> str | None:
    """The part of ``path`` below ``mount_point``; None if it is not below."""
    if path == mount_point:
        return ""
    root = mount_point.rstrip("/") + "/"
    return path[len(root) :] if path.startswith(root) else None


def under(folder: str) -> tuple[str, tuple[bytes, ...]]:
    """An SQL condition on ``relative_path`` (and its values) for everything in ``folder``, and for itself as a file.

    The byte after the slash is the digit 0, so that a range of the index answers it.
    """
    if not folder:
        return "1", ()
    start = os.fsencode(folder.rstrip("/"))
    return "(relative_path = ? OR (relative_path > ? AND relative_path < ?))", (start, start + b"/", start + b"0")


def directly_in(folder: str) -> tuple[str, tuple[bytes | int, ...]]:
    """An SQL condition on ``relative_path`` (and its values) for what lies in ``folder`` itself, not in folders below."""
    if not folder:
        return "instr(relative_path, X'2F') = 0", ()
    start = os.fsencode(folder.rstrip("/"))
    condition = "(relative_path > ? AND relative_path < ? AND instr(substr(relative_path, ?), X'2F') = 0)"
    return condition, (start + b"/", start + b"0", len(start) + 2)


def name_key(name: str) -> bytes:
    """What names are searched by: without case, and accented letters in one form."""
    return os.fsencode(folded(os.path.basename(name)))


def folded(text: str) -> str:
    """A text without case, and with accented letters in one form."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def stamp_values(stamp: FileStamp) -> tuple[int, int, int]:
    """A stamp as SQLite's signed integers: an inode may use all 64 bits."""
    return stamp.size_bytes, stamp.mtime_ns, (stamp.inode + _SIGNED) % (2 * _SIGNED) - _SIGNED


def stamp_from(size_bytes: int, mtime_ns: int, inode: int) -> FileStamp:
    """The reverse of ``stamp_values``."""
    return FileStamp(size_bytes, mtime_ns, inode % (2 * _SIGNED))
