"""Photos that were removed and may come back: hidden from everything, with all that is known of them kept."""

import os
from collections.abc import Sequence

from twinlens.catalog import photo_rows
from twinlens.catalog.connection import Connection
from twinlens.catalog.paths import relative
from twinlens.catalog.protection import read_protection
from twinlens.domain.photo import Photo, PhotoId


class AwayTable:
    """Which photos are away. One that is found at its place again by a scan is no longer away."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def set(self, ids: Sequence[PhotoId], away: bool) -> None:
        """Hide photos, which takes their marks away, or show them again."""
        with self._db.transaction():
            self._db.run_many("UPDATE photos SET away = ? WHERE id = ?", [(int(away), int(id_)) for id_ in ids])
            if away:
                self._db.run_many("DELETE FROM marks WHERE photo_id = ?", [(int(id_),) for id_ in ids])
            # A vector index has to follow: one step for each photo, as for vectors that come and go.
            self._db.run("UPDATE embedding_change SET value = value + ?", (len(ids),))

    def ids(self) -> list[PhotoId]:
        """All photos that are away."""
        return [PhotoId(id_) for (id_,) in self._db.rows("SELECT id FROM photos WHERE away = 1 ORDER BY id")]

    def by_path(self, path: str) -> Photo | None:
        """The hidden photo that belongs at this absolute path."""
        for volume, mount_point in self._db.rows(
            "SELECT id, mount_point FROM volumes ORDER BY online DESC, length(mount_point) DESC"
        ):
            below = relative(path, os.fsdecode(mount_point))
            if below:
                where = f"{photo_rows.SELECT} WHERE p.volume = ? AND p.relative_path = ? AND p.away = 1"
                row = self._db.row(where, (volume, os.fsencode(below)))
                if row is not None:
                    return photo_rows.photo_from(row, read_protection(self._db))
        return None
