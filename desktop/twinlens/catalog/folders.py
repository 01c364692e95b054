"""Folders and how they looked when everything in them was catalogued, so that a rescan need not compare their files."""

import os

from msgspec import Struct

from twinlens.catalog.connection import Connection, Row
from twinlens.catalog.paths import directly_in, stamp_from, under
from twinlens.domain.photo import FileStamp, VolumeId

_FILE = "relative_path, size_bytes, mtime_ns, inode"


class FolderState(Struct, frozen=True):
    """``signature``: of the listing that agreed with the catalog, None where it has to be compared. ``photo_count``: with it."""

    signature: bytes | None
    photo_count: int


class FolderTable:
    """Every folder that holds photos or problems; triggers keep it so, and take a signature away when it no longer holds."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def under(self, volume: VolumeId, relative_folder: str, model_sha256: str | None) -> dict[str, FolderState]:
        """The folders in a folder of a volume, itself too, by relative path.

        A signature is there only if all photos of the folder have a vector of this network, where one is named.
        """
        condition, values = under(relative_folder)
        rows = self._db.rows(
            "SELECT relative_path, CASE WHEN ?2 IS NULL OR model = ?2 THEN signature END, photo_count"  # noqa: S608 - fixed text
            f" FROM folders WHERE volume = ?1 AND {condition}",
            (volume, model_sha256, *values),
        )
        return {os.fsdecode(path): FolderState(signature, count) for path, signature, count in rows}

    def knows(self, volume: VolumeId, relative_folder: str) -> bool:
        """Whether anything in a folder of a volume, or below it, is catalogued."""
        condition, values = under(relative_folder)
        query = f"SELECT EXISTS (SELECT 1 FROM folders WHERE volume = ? AND {condition})"  # noqa: S608 - fixed text
        return bool(self._db.number(query, (volume, *values)))

    def settled_files(
        self, volume: VolumeId, relative_folder: str, model_sha256: str | None
    ) -> tuple[list[tuple[str, FileStamp]], int]:
        """The files of one folder that need not be read again, by name, and how many of them are photos.

        These are the photos that are not away and have a vector of the network, where one is named, and the files that
        will fail again.
        """
        condition, values = directly_in(relative_folder)
        complete = (
            "(?1 IS NULL OR EXISTS (SELECT 1 FROM embeddings e"
            " WHERE e.photo_id = photos.id AND e.model = (SELECT id FROM models WHERE sha256 = ?1)))"
        )
        photos = self._db.rows(
            f"SELECT {_FILE} FROM photos WHERE {complete} AND away = 0 AND volume = ?2 AND {condition}",  # noqa: S608 - fixed text
            (model_sha256, volume, *values),
        )
        problems = self._db.rows(
            f"SELECT {_FILE} FROM problems WHERE size_bytes IS NOT NULL AND volume = ? AND {condition}",  # noqa: S608 - fixed text
            (volume, *values),
        )
        return sorted(map(_named, photos + problems)), len(photos)

    def sign(
        self, volume: VolumeId, relative_folder: str, signature: bytes, model_sha256: str | None, photo_count: int
    ) -> None:
        """Note how a folder looks while all in it is as catalogued; call it in the transaction that made sure of it."""
        self._db.run(
            "INSERT INTO folders (volume, relative_path, signature, model, photo_count) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET signature = excluded.signature, model = excluded.model,"
            " photo_count = excluded.photo_count",
            (volume, os.fsencode(relative_folder), signature, model_sha256, photo_count),
        )

    def forget(self, volume: VolumeId, relative_folder: str) -> None:
        """Let a folder go in which nothing is catalogued any more; one that still holds something stays."""
        condition, values = directly_in(relative_folder)
        holds = f"WHERE volume = ? AND {condition}"
        with self._db.transaction():
            if not self._db.number(
                f"SELECT EXISTS (SELECT 1 FROM photos {holds}) OR EXISTS (SELECT 1 FROM problems {holds})",  # noqa: S608 - fixed text
                (volume, *values, volume, *values),
            ):
                self._db.run(
                    "DELETE FROM folders WHERE volume = ? AND relative_path = ?", (volume, os.fsencode(relative_folder))
                )


def _named(row: Row) -> tuple[str, FileStamp]:
    path, size, mtime, inode = row
    return os.path.basename(os.fsdecode(path)), stamp_from(size, mtime, inode)
