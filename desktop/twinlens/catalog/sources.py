"""Volumes the library knows, and the folders on them that were scanned."""

import json
import os
from collections.abc import Collection

from msgspec import Struct

from twinlens.catalog.connection import Connection
from twinlens.catalog.journal_places import follow
from twinlens.catalog.paths import absolute
from twinlens.domain.photo import Volume, VolumeId


class Source(Struct, frozen=True):
    """A folder the user has scanned. ``path`` is absolute, where its volume is or last was mounted."""

    volume: VolumeId
    relative_path: str
    path: str
    online: bool


class VolumeTable:
    """Every volume that ever held a photo of this library."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def remember(self, volume: Volume) -> None:
        """Note a volume that is here now, at this mount point; another one known there has gone away.

        What the journal says of its files follows it to the new mount point.
        """
        mount_point = os.fsencode(volume.mount_point)
        with self._db.transaction():
            before = self._db.row("SELECT mount_point FROM volumes WHERE id = ?", (volume.id,))
            if before is not None and before[0] != mount_point:
                follow(self._db, volume.id, os.fsdecode(before[0]), volume.mount_point)
            self._db.run("UPDATE volumes SET online = 0 WHERE mount_point = ? AND id != ?", (mount_point, volume.id))
            self._db.run(
                "INSERT INTO volumes (id, label, mount_point, online) VALUES (?, ?, ?, 1) ON CONFLICT (id) DO UPDATE"
                " SET label = excluded.label, mount_point = excluded.mount_point, online = 1",
                (volume.id, volume.label, mount_point),
            )

    def set_online(self, ids: Collection[VolumeId]) -> None:
        """These volumes are here, all others are not."""
        with self._db.transaction():
            self._db.run(
                "UPDATE volumes SET online = id IN (SELECT value FROM json_each(?))", (json.dumps(sorted(ids)),)
            )

    def set_offline(self, id_: VolumeId) -> None:
        """This volume does not answer any more."""
        with self._db.transaction():
            self._db.run("UPDATE volumes SET online = 0 WHERE id = ?", (id_,))

    def all(self) -> list[tuple[Volume, bool]]:
        """Each volume with whether it is online."""
        rows = self._db.rows("SELECT id, label, mount_point, online FROM volumes ORDER BY id")
        return [(Volume(VolumeId(id_), label, os.fsdecode(mount)), bool(online)) for id_, label, mount, online in rows]


class SourceTable:
    """The folders that were scanned."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, volume: VolumeId, relative_path: str) -> None:
        """Remember a folder of a volume that is remembered; "" is the whole volume."""
        with self._db.transaction():
            self._db.run(
                "INSERT INTO sources (volume, relative_path) VALUES (?, ?) ON CONFLICT DO NOTHING",
                (volume, os.fsencode(relative_path)),
            )

    def remove(self, volume: VolumeId, relative_path: str) -> None:
        """Forget the folder; its photos stay in the catalog."""
        with self._db.transaction():
            self._db.run(
                "DELETE FROM sources WHERE volume = ? AND relative_path = ?", (volume, os.fsencode(relative_path))
            )

    def all(self) -> list[Source]:
        """All folders, by volume and path."""
        rows = self._db.rows(
            "SELECT s.volume, s.relative_path, v.mount_point, v.online"
            " FROM sources s JOIN volumes v ON v.id = s.volume ORDER BY s.volume, s.relative_path"
        )
        return [
            Source(
                VolumeId(volume),
                os.fsdecode(relative_path),
                absolute(os.fsdecode(mount_point), os.fsdecode(relative_path)),
                bool(online),
            )
            for volume, relative_path, mount_point, online in rows
        ]
