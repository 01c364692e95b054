"""One SQLite connection: pragmas, transactions, and errors turned into sentences."""

import logging
import shutil
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from twinlens.domain.errors import LibraryUnusable

logger = logging.getLogger(__name__)

Value = bytes | float | int | str | None
Row = tuple[Any, ...]

BUSY_TIMEOUT_MS = 10_000
CLOSE_PATIENCE_S = 5.0
BLOCK_ROWS = 2048
SMALLEST_ROOM_BYTES = 64 * 1024

_SENTENCES = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "it may not be written to",
    sqlite3.SQLITE_PERM: "permission was denied",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
    sqlite3.SQLITE_IOERR: "the disk reported an error",
    sqlite3.SQLITE_CORRUPT: "it is damaged",
    sqlite3.SQLITE_NOTADB: "it is not a database",
    sqlite3.SQLITE_BUSY: "another program has kept it locked",
    sqlite3.SQLITE_INTERRUPT: "it was closed meanwhile",
}


def unusable(error: sqlite3.Error, path: Path) -> LibraryUnusable | None:
    """The sentence for a fault of the disk or the file; None for a fault of the program, which must stay as it is."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    if primary == sqlite3.SQLITE_IOERR and _is_full(path.parent):
        primary = sqlite3.SQLITE_FULL  # so it is said of the memory that connections share, which is a file too
    why = _SENTENCES.get(primary) if primary is not None else None
    if why is None:
        return None
    return LibraryUnusable(f"{path} cannot be used: {why}.")


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < SMALLEST_ROOM_BYTES
    except OSError:
        return False


class Connection:
    """One connection to one database file, for the thread that made it unless ``shared``.

    Every statement runs to its end under a lock, so that another thread can close the connection at any time: that is
    how a library closes the connections of its workers.
    """

    def __init__(self, path: Path, *, read_only: bool = False, shared: bool = False) -> None:
        self.path = path
        self._owner = None if shared else threading.get_ident()
        self._lock = threading.RLock()
        self._depth = 0
        self._closed = False
        with self._errors():
            self._raw = _connect(path, read_only=read_only)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            sentence = unusable(error, self.path)
            if sentence is None:
                raise
            raise sentence from error

    @contextmanager
    def _guarded(self) -> Iterator[sqlite3.Connection]:
        if self._owner is not None and self._owner != threading.get_ident():
            raise RuntimeError("a catalog may only be used by the thread that opened it")
        with self._lock, self._errors():
            if self._closed:
                raise LibraryUnusable(f"{self.path} has been closed.")
            yield self._raw

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """All rows of a query."""
        with self._guarded() as raw:
            return raw.execute(sql, values).fetchall()

    def blocks(self, sql: str, values: Sequence[Value] = (), size: int = BLOCK_ROWS) -> Iterator[list[Row]]:
        """The rows of a query, so many at a time: no single call keeps the other threads waiting for long."""
        with self._guarded() as raw:
            cursor = raw.execute(sql, values)
            while block := cursor.fetchmany(size):
                yield block

    def row(self, sql: str, values: Sequence[Value] = ()) -> Row | None:
        """The first row of a query, None when there is none."""
        with self._guarded() as raw:
            cursor = raw.execute(sql, values)
            found: Row | None = cursor.fetchone()
            cursor.close()
            return found

    def number(self, sql: str, values: Sequence[Value] = ()) -> int:
        """The single whole number that a query answers; 0 for NULL."""
        found = self.row(sql, values)
        return int(found[0] or 0) if found else 0

    def run(self, sql: str, values: Sequence[Value] = ()) -> int:
        """Carry out one statement; returns the rowid of the last inserted row."""
        with self._guarded() as raw:
            return raw.execute(sql, values).lastrowid or 0

    def run_many(self, sql: str, values: Iterable[Sequence[Value]]) -> None:
        """Carry out one statement for each set of values; call it inside a transaction."""
        with self._guarded() as raw:
            raw.executemany(sql, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. A nested use joins the outer transaction."""
        with self._guarded() as raw:
            if self._depth:
                yield
                return
            raw.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
                raw.execute("COMMIT")
            finally:
                self._depth -= 1
                if raw.in_transaction:
                    raw.execute("ROLLBACK")

    @contextmanager
    def synced_transaction(self) -> Iterator[None]:
        """A transaction that is on the disk itself, not only handed to the system, when it ends.

        Raises:
            RuntimeError: inside another transaction, which could still be rolled back.
        """
        with self._guarded() as raw:
            if self._depth:
                raise RuntimeError("what has to be on disk at once needs a transaction of its own")
            raw.execute("PRAGMA synchronous = FULL")
            try:
                with self.transaction():
                    yield
            finally:
                raw.execute("PRAGMA synchronous = NORMAL")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several queries that see the same moment, whatever other connections write meanwhile."""
        with self._guarded() as raw:
            if raw.in_transaction:
                yield
                return
            raw.execute("BEGIN")
            try:
                yield
            finally:
                raw.execute("COMMIT")

    def keep_log(self) -> None:
        """Switch the file to a write-ahead log, so that readers and the writer do not wait for each other."""
        self.row("PRAGMA journal_mode = WAL")

    def copy_to(self, path: Path) -> None:
        """Copy the whole database, as SQLite's own backup does it."""
        with self._guarded() as raw:
            target = sqlite3.connect(path)
            try:
                raw.backup(target)
            finally:
                target.close()

    def close(self) -> None:
        """Close from any thread; waits for the statement or transaction that is running. Twice does no harm."""
        if not self._lock.acquire(timeout=CLOSE_PATIENCE_S):
            self._raw.interrupt()
            if not self._lock.acquire(timeout=CLOSE_PATIENCE_S):
                logger.warning("%s is still in use by another thread and was left open", self.path)
                return
        try:
            if not self._closed:
                self._closed = True
                self._raw.close()
        finally:
            self._lock.release()


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    if not read_only:
        return _open(path, "rwc", "PRAGMA synchronous = NORMAL")
    try:
        return _open(path, "ro", "PRAGMA query_only = ON")
    except sqlite3.OperationalError:
        # On a disk that may not be written to, not even the WAL's shared memory can be made. Without a log beside it
        # nobody is writing, and the file may be read as it stands.
        if not path.exists() or Path(f"{path}-wal").exists():
            raise
        return _open(path, "ro&immutable=1", "PRAGMA query_only = ON")


def _open(path: Path, mode: str, *pragmas: str) -> sqlite3.Connection:
    # check_same_thread is off because Connection does its own, stricter check and must let other threads close.
    raw = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        for pragma in (f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}", "PRAGMA foreign_keys = ON", *pragmas):
            raw.execute(pragma)
        raw.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # opening alone does not read the file
    except BaseException:
        raw.close()
        raise
    return raw
