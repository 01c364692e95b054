"""Every write of the engine, made to fail: the process ends before or after it, the disk is full, a folder may not be written.

What counts as a write: whatever changes a file, a folder or the catalog. Each is two moments, before and after. Once the
process is "dead", no later write happens either, whatever ``finally`` tries.
"""

import errno
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from twinlens.catalog.connection import Connection
from twinlens.disposal import rename

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_PATH_CALLS = (
    "rename", "replace", "link", "symlink", "unlink", "mkdir", "rmdir", "chmod", "utime", "truncate",
)  # fmt: skip
_DESCRIPTOR_CALLS = ("fsync", "fchmod", "fchown", "setxattr", "ftruncate")
_NEEDS_ROOM = frozenset({"write", "mkdir", "open", "link", "symlink", "rename", "replace", "fsync", "renameat2"})


class Crash(BaseException):
    """Stands for the end of the process."""


@dataclass
class Faults:
    """What is to go wrong. Nothing does until it is armed."""

    crash_at: int = 0  # the process ends at this moment, counted from 1; 0 for never
    fail_at: int = 0  # the write at which the disk is full from then on
    fails_for: int = 0  # how many writes fail from then on
    code: int = errno.ENOSPC
    locked: set[str] = field(default_factory=set)  # folders that may not be written now
    volume_of: Callable[[str], str] = lambda path: ""  # no name can be given to a file on another volume
    moments: int = 0
    is_dead: bool = False
    crashes: int = 0
    failures: int = 0
    _armed: bool = False
    _thread: int = field(default_factory=threading.get_ident)

    @contextmanager
    def armed(
        self, crash_at: int = 0, fail_at: int = 0, fails_for: int = 1, code: int = errno.ENOSPC
    ) -> Iterator[None]:
        """Let it go wrong within the block; a crash ends the block without an error."""
        self.crash_at, self.fail_at, self.fails_for, self.code = crash_at, fail_at, fails_for, code
        self.moments, self.is_dead, self._armed = 0, False, True
        self._thread = threading.get_ident()
        try:
            yield
        except Crash:
            self.crashes += 1
        finally:
            self._armed = False

    def moment(self) -> None:
        """One more moment has come."""
        if not self._armed or threading.get_ident() != self._thread:
            return
        self.moments += 1
        if self.is_dead or self.moments == self.crash_at:
            self.is_dead = True
            raise Crash

    def fails_now(self, call: str) -> bool:
        """Whether the disk is full for this call."""
        if not self._armed or not self.fail_at or call not in _NEEDS_ROOM or threading.get_ident() != self._thread:
            return False
        first = 2 * self.fail_at
        failing = first <= self.moments < first + 2 * self.fails_for
        self.failures += failing
        return failing

    def crosses(self, arguments: tuple[Any, ...]) -> bool:
        """Whether two paths lie on different volumes."""
        first, second = (self.volume_of(os.fsdecode(argument)) for argument in arguments[:2])
        return self._armed and first != second

    def is_locked(self, path: object) -> bool:
        """Whether the folder of ``path`` may not be written."""
        if not self._armed or not self.locked or not isinstance(path, str | bytes):
            return False
        return os.path.dirname(os.fsdecode(path)) in self.locked


@contextmanager
def injected(faults: Faults) -> Iterator[None]:
    """Put the faults between the engine and the system."""
    with ExitStack() as stack:
        for name in (*_PATH_CALLS, *_DESCRIPTOR_CALLS):
            stack.enter_context(mock.patch.object(os, name, _between(faults, name, getattr(os, name))))
        stack.enter_context(mock.patch.object(os, "open", _opening(faults, os.open)))
        stack.enter_context(mock.patch.object(os, "write", _writing(faults, os.write)))
        stack.enter_context(mock.patch.object(os, "access", _asking(faults, os.access)))
        stack.enter_context(mock.patch.object(rename, "_rename_with", _renaming(faults, rename._rename_with)))
        stack.enter_context(mock.patch.object(Connection, "__init__", _connecting(faults, Connection.__init__)))
        yield


def _between(faults: Faults, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(*arguments: Any, **named: Any) -> Any:
        faults.moment()
        if any(faults.is_locked(argument) for argument in arguments[:2]) and name not in ("chmod", "utime"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), arguments[0])
        if name in ("rename", "replace", "link") and faults.crosses(arguments):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), arguments[0])
        if faults.fails_now(name):
            raise OSError(faults.code, os.strerror(faults.code))
        result = call(*arguments, **named)
        faults.moment()
        return result

    return wrapped


def _opening(faults: Faults, call: Callable[..., int]) -> Callable[..., int]:
    def wrapped(path: Any, flags: int, *arguments: Any, **named: Any) -> int:
        if not flags & _WRITING:
            return call(path, flags, *arguments, **named)
        faults.moment()
        if flags & os.O_CREAT and faults.is_locked(path):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        if faults.fails_now("open"):
            raise OSError(faults.code, os.strerror(faults.code), path)
        descriptor = call(path, flags, *arguments, **named)
        try:
            faults.moment()
        except Crash:
            os.close(descriptor)
            raise
        return descriptor

    return wrapped


def _writing(faults: Faults, call: Callable[..., int]) -> Callable[..., int]:
    """A write that fails, or is cut short by the end, has written the first half."""

    def wrapped(descriptor: int, data: Any) -> int:
        half = bytes(data)[: len(data) // 2]
        try:
            faults.moment()
        except Crash:
            if half and faults.moments == faults.crash_at:
                call(descriptor, half)
            raise
        if faults.fails_now("write"):
            if half:
                call(descriptor, half)
            raise OSError(faults.code, os.strerror(faults.code))
        written = call(descriptor, data)
        faults.moment()
        return written

    return wrapped


def _asking(faults: Faults, call: Callable[..., bool]) -> Callable[..., bool]:
    def wrapped(path: Any, mode: int, **named: Any) -> bool:
        if faults._armed and mode & os.W_OK and os.fsdecode(path) in faults.locked:
            return False
        return call(path, mode, **named)

    return wrapped


def _renaming(faults: Faults, call: Callable[[int, str, str], None]) -> Callable[[int, str, str], None]:
    def wrapped(flag: int, source: str, target: str) -> None:
        faults.moment()
        if faults.is_locked(source) or faults.is_locked(target):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), source)
        if faults.crosses((source, target)):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), source)
        if faults.fails_now("renameat2"):
            raise OSError(faults.code, os.strerror(faults.code), source)
        call(flag, source, target)
        faults.moment()

    return wrapped


class _RawConnection:
    """SQLite's connection; beginning and committing are moments, and a full disk is met when committing."""

    def __init__(self, raw: sqlite3.Connection, faults: Faults) -> None:
        self._raw = raw
        self._faults = faults
        self._writes = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)

    def execute(self, sql: str, values: Any = ()) -> sqlite3.Cursor:
        if sql.startswith("BEGIN"):
            self._writes = sql == "BEGIN IMMEDIATE"
        if sql == "COMMIT" and self._writes:
            self._faults.moment()
            if self._faults.fails_now("write"):
                error = sqlite3.OperationalError("database or disk is full")
                error.sqlite_errorcode = sqlite3.SQLITE_FULL  # type: ignore[misc]
                raise error
            cursor = self._raw.execute(sql, values)
            self._faults.moment()
            return cursor
        return self._raw.execute(sql, values)


def _connecting(faults: Faults, call: Callable[..., None]) -> Callable[..., None]:
    def wrapped(self: Connection, *arguments: Any, **named: Any) -> None:
        call(self, *arguments, **named)
        self._raw = _RawConnection(self._raw, faults)  # type: ignore[assignment]

    return wrapped
