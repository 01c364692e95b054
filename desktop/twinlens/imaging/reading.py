"""Reading a photo's bytes together with the stamp that belongs to them, however busy the folder is."""

import errno
import os
import stat

from twinlens.domain.errors import PhotoUnreadable
from twinlens.domain.photo import FileStamp
from twinlens.imaging.bounds import DEFAULT_BOUNDS, DecodeBounds, check_bytes

ATTEMPTS = 3


def read_with_stamp(path: str, bounds: DecodeBounds = DEFAULT_BOUNDS) -> tuple[bytes, FileStamp]:
    """All bytes of a regular file within bounds, and what ``stat`` said of the file before and after they were read.

    A file that changes while it is read is read again at once, a few times; the stamp never belongs to other bytes than
    those returned. Raises PhotoUnreadable for anything but a regular file (a pipe would wait for ever), for one that
    cannot be read and for one that keeps changing; the system's ``OSError`` is then the cause.
    """
    try:
        for _ in range(ATTEMPTS):
            read = _read_once(path, bounds)
            if read is not None:
                return read
        # With a cause that has a number, as the system's refusals have one: the same file is worth another attempt.
        raise PhotoUnreadable("the file is being written: it changed while it was read") from OSError(
            errno.EBUSY, os.strerror(errno.EBUSY)
        )
    except OSError as error:
        raise PhotoUnreadable(f"the file cannot be read ({error.strerror or error})") from error


def _read_once(path: str, bounds: DecodeBounds) -> tuple[bytes, FileStamp] | None:
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise PhotoUnreadable("it is not a regular file")
        check_bytes(before.st_size, bounds)
        data = _read_all(descriptor, before.st_size)
        after = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    if len(data) != before.st_size or _state(before) != _state(after):
        return None
    return data, FileStamp(before.st_size, before.st_mtime_ns, before.st_ino)


def _read_all(descriptor: int, size_bytes: int) -> bytes:
    """So many bytes and one more, so that growth shows. Exactly sized: asking for 2 GB costs more than reading 4 MB."""
    data = os.read(descriptor, size_bytes + 1)
    if len(data) >= size_bytes or not data:
        return data
    pieces, left = [data], size_bytes + 1 - len(data)  # network drives give less, and no system more than 2 GiB
    while left and (piece := os.read(descriptor, left)):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _state(facts: os.stat_result) -> tuple[int, int, int]:
    # The change time tells of a write whose time was set back afterwards, as copying programs do.
    return facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns
