"""Thumbnails: a cache in a database of its own, which may be thrown away at any time."""

import json
import logging
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from twinlens.catalog.connection import Connection
from twinlens.domain.errors import LibraryUnusable
from twinlens.domain.photo import PhotoId

logger = logging.getLogger(__name__)

THUMBNAILS_NAME = "thumbnails.db"
APPLICATION_ID = 0x54776C74  # "Twlt"
FORMAT = 1

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS thumbnails (photo_id INTEGER PRIMARY KEY, jpeg BLOB NOT NULL) STRICT",
    "CREATE TABLE IF NOT EXISTS owner (library_id TEXT NOT NULL) STRICT",
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {FORMAT}",
)


class ThumbnailStore:
    """JPEG thumbnails by photo, safe to use from several threads: readers do not wait for the writer."""

    def __init__(self, reader: Connection | None, writer: Connection | None) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False, library_id: str = "") -> "ThumbnailStore":
        """Open ``thumbnails.db``; one that is damaged, of another format or of another library is begun anew.

        Read-only, such a file counts as empty.

        Raises:
            LibraryUnusable: the disk is full or refuses.
        """
        path = folder / THUMBNAILS_NAME
        if read_only:
            return cls(_reader_if_fit(path, library_id), None)
        try:
            writer = _writer(path, library_id)
        except _Unfit as reason:
            logger.info("beginning %s anew: %s", path, reason)
            for stale in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
                stale.unlink(missing_ok=True)
            writer = _writer(path, library_id)
        return cls(Connection(path, read_only=True, shared=True), writer)

    def put_many(self, items: Sequence[tuple[PhotoId, bytes]]) -> None:
        """Store thumbnails, each instead of an earlier one; raises LibraryUnusable when the store is read-only."""
        writer = self._writing()
        with writer.transaction():
            writer.run_many(
                "INSERT OR REPLACE INTO thumbnails (photo_id, jpeg) VALUES (?, ?)",
                [(int(id_), jpeg) for id_, jpeg in items],
            )

    def get(self, photo_id: PhotoId) -> bytes | None:
        """The JPEG of a photo, None if there is none."""
        if self._reader is None:
            return None
        row = self._reader.row("SELECT jpeg FROM thumbnails WHERE photo_id = ?", (int(photo_id),))
        return None if row is None else bytes(row[0])

    def get_many(self, ids: Sequence[PhotoId]) -> dict[PhotoId, bytes]:
        """The JPEGs of these photos; those without one are left out."""
        if self._reader is None:
            return {}
        rows = self._reader.rows(
            "SELECT photo_id, jpeg FROM thumbnails WHERE photo_id IN (SELECT value FROM json_each(?))",
            (json.dumps([int(id_) for id_ in ids]),),
        )
        return {PhotoId(id_): jpeg for id_, jpeg in rows}

    def remove(self, ids: Sequence[PhotoId]) -> None:
        """Forget thumbnails."""
        writer = self._writing()
        with writer.transaction():
            writer.run_many("DELETE FROM thumbnails WHERE photo_id = ?", [(int(id_),) for id_ in ids])

    def _writing(self) -> Connection:
        if self._writer is None:
            raise LibraryUnusable("The thumbnails were opened for reading only.")
        return self._writer

    def close(self) -> None:
        """Close the file; may be called from any thread, and twice."""
        for connection in (self._reader, self._writer):
            if connection is not None:
                connection.close()


class _Unfit(Exception):
    """The file is there and cannot serve."""


def _writer(path: Path, library_id: str) -> Connection:
    try:
        connection = Connection(path, shared=True)
    except LibraryUnusable as error:
        if path.exists() and _is_damage(error):
            raise _Unfit(str(error)) from error
        raise
    try:
        connection.keep_log()
        if connection.number("SELECT count(*) FROM sqlite_schema") == 0:
            with connection.transaction():
                for statement in _SCHEMA:
                    connection.run(statement)
                connection.run("INSERT INTO owner VALUES (?)", (library_id,))
        _check(connection, library_id)
    except BaseException as error:
        connection.close()
        if isinstance(error, LibraryUnusable) and _is_damage(error):
            raise _Unfit(str(error)) from error
        raise
    return connection


def _reader_if_fit(path: Path, library_id: str) -> Connection | None:
    if not path.exists():
        return None
    connection: Connection | None = None
    try:
        connection = Connection(path, read_only=True, shared=True)
        _check(connection, library_id)
    except (LibraryUnusable, _Unfit) as reason:
        logger.info("going without thumbnails: %s", reason)
        if connection is not None:
            connection.close()
        return None
    return connection


def _check(connection: Connection, library_id: str) -> None:
    found = (connection.number("PRAGMA application_id"), connection.number("PRAGMA user_version"))
    if found != (APPLICATION_ID, FORMAT):
        raise _Unfit(f"it has format {found[1]} of application {found[0]:#x}")
    owner = connection.row("SELECT library_id FROM owner")
    if owner is None or owner[0] != library_id:
        raise _Unfit("it belongs to another library")


def _is_damage(error: LibraryUnusable) -> bool:
    code = getattr(error.__cause__, "sqlite_errorcode", 0)
    return code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
