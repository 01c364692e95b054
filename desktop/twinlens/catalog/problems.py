"""Files that could not be read, so that they are shown, and not read again while they stay the same."""

import os
from collections.abc import Sequence

from twinlens.catalog.connection import Connection
from twinlens.catalog.paths import absolute, stamp_from, stamp_values, under
from twinlens.domain.events import ProblemFound
from twinlens.domain.photo import FileStamp, VolumeId


class ProblemTable:
    """One line for each file that could not be read."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def replace(
        self, path: str, error: str, stamp: FileStamp | None, volume: VolumeId, relative_path: str
    ) -> ProblemFound:
        """Remember the problem of a file, instead of an earlier one. Without a stamp it is tried again next time."""
        values = (None, None, None) if stamp is None else stamp_values(stamp)
        with self._db.transaction():
            self._db.run(
                "INSERT OR REPLACE INTO problems (volume, relative_path, error, size_bytes, mtime_ns, inode)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (volume, os.fsencode(relative_path), error, *values),
            )
        return ProblemFound(path, error)

    def clear(self, volume: VolumeId, relative_paths: Sequence[str]) -> None:
        """Forget the problems of these files."""
        with self._db.transaction():
            self._db.run_many(
                "DELETE FROM problems WHERE volume = ? AND relative_path = ?",
                [(volume, os.fsencode(path)) for path in relative_paths],
            )

    def clear_under(self, volume: VolumeId, relative_folder: str) -> None:
        """Forget the problems of all files in a folder and below."""
        condition, values = under(relative_folder)
        with self._db.transaction():
            self._db.run(f"DELETE FROM problems WHERE volume = ? AND {condition}", (volume, *values))  # noqa: S608 - fixed text

    def any(self) -> bool:
        """Whether there is one."""
        return self._db.row("SELECT 1 FROM problems LIMIT 1") is not None

    def all(self) -> list[ProblemFound]:
        """All problems, by volume and path."""
        rows = self._db.rows(
            "SELECT v.mount_point, p.relative_path, p.error"
            " FROM problems p JOIN volumes v ON v.id = p.volume ORDER BY p.volume, p.relative_path"
        )
        return [
            ProblemFound(absolute(os.fsdecode(mount_point), os.fsdecode(relative_path)), error)
            for mount_point, relative_path, error in rows
        ]

    def known_under(self, volume: VolumeId, relative_folder: str) -> dict[str, FileStamp | None]:
        """The stamps of the unreadable files in a folder and below, by relative path; None where it is to be tried again."""
        condition, values = under(relative_folder)
        rows = self._db.rows(
            "SELECT relative_path, size_bytes, mtime_ns, inode FROM problems"  # noqa: S608 - fixed text
            f" WHERE volume = ? AND {condition}",
            (volume, *values),
        )
        return {os.fsdecode(path): None if stamp[0] is None else stamp_from(*stamp) for path, *stamp in rows}
