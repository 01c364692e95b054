"""Renames that never replace anything by accident, from the strongest the system offers to the plainest."""

import ctypes
import errno
import os
from collections.abc import Callable
from functools import cache

_AT_FDCWD = -100
_NO_REPLACE = 1  # linux/fs.h: RENAME_NOREPLACE
_EXCHANGE = 2  # linux/fs.h: RENAME_EXCHANGE
_UNSUPPORTED = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP})
_NO_HARD_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES})


def rename_new(source: str, target: str) -> None:
    """Rename within a file system; raises FileExistsError, with both untouched, when ``target`` is taken.

    Uses renameat2(2) with RENAME_NOREPLACE. Where that is not offered: a second name, then the first one is dropped,
    which is safe as long as nobody exchanges ``source`` in between; where there are no hard links, an empty
    placeholder made exclusively and renamed over.
    """
    try:
        _rename_with(_NO_REPLACE, source, target)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
        _rename_by_link(source, target)


def exchange(first: str, second: str) -> bool:
    """Swap two files in one step; False when the file system cannot."""
    try:
        _rename_with(_EXCHANGE, first, second)
    except OSError as error:
        if error.errno in _UNSUPPORTED:
            return False
        raise
    return True


def _rename_by_link(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        _rename_over_placeholder(source, target)
        return
    os.unlink(source)


def _rename_over_placeholder(source: str, target: str) -> None:
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    try:
        os.rename(source, target)
    except OSError:
        os.unlink(target)
        raise


def _rename_with(flag: int, source: str, target: str) -> None:
    call = _renameat2()
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), source)
    if call(_AT_FDCWD, os.fsencode(source), _AT_FDCWD, os.fsencode(target), flag) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), source, None, target)


@cache
def _renameat2() -> Callable[..., int] | None:
    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is None:
        return None
    function.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    function.restype = ctypes.c_int
    return function  # type: ignore[no-any-return]
