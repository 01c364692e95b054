"""Photos that turned up elsewhere: their rows move, and with them all that is known of them."""

import os

from twinlens.catalog.connection import Connection
from twinlens.catalog.paths import name_key, stamp_values
from twinlens.domain.photo import FileStamp, PhotoId, VolumeId


class Relocations:
    """Moves of photos to other places, on other volumes too."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def note(self, photo_id: PhotoId, volume: VolumeId, relative_path: str, stamp: FileStamp) -> None:
        """Note that a photo is there now, with the same bytes; what was catalogued at that place gives way."""
        path = os.fsencode(relative_path)
        with self._db.transaction():
            self._db.run(
                "DELETE FROM photos WHERE volume = ? AND relative_path = ? AND id != ?", (volume, path, int(photo_id))
            )
            self._db.run(
                "UPDATE photos SET volume = ?, relative_path = ?, name_key = ?, size_bytes = ?, mtime_ns = ?, inode = ?"
                " WHERE id = ?",
                (volume, path, name_key(relative_path), *stamp_values(stamp), int(photo_id)),
            )
