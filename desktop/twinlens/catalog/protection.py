"""The protected folders of a library, by volume and path, so that the lock goes with the drive."""

import json
import os
from collections.abc import Sequence

from twinlens.catalog.connection import Connection
from twinlens.catalog.paths import absolute, relative
from twinlens.domain.folders import FolderPlace
from twinlens.domain.photo import PhotoId, VolumeId
from twinlens.domain.protection import NOTHING_PROTECTED, ProtectedFolder, Protection


class ProtectionTable:
    """Folders whose photos are never removed."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, place: FolderPlace) -> bool:
        """Protect a folder of a volume that is remembered; whether it was not protected before."""
        with self._db.transaction():
            before = self._db.number("SELECT count(*) FROM protected_folders")
            self._db.run(
                "INSERT INTO protected_folders (volume, relative_path, folds_case) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (place.volume, os.fsencode(place.relative_path), int(place.folds_case)),
            )
            return self._db.number("SELECT count(*) FROM protected_folders") > before

    def remove(self, place: FolderPlace) -> None:
        """Protect this folder no more; those above and below stay as they are."""
        with self._db.transaction():
            self._db.run(
                "DELETE FROM protected_folders WHERE volume = ? AND relative_path = ?",
                (place.volume, os.fsencode(place.relative_path)),
            )

    def all(self) -> tuple[ProtectedFolder, ...]:
        """All of them, by volume and path."""
        return _all(self._db)

    def among(self, ids: Sequence[PhotoId]) -> set[PhotoId]:
        """Which of these photos are protected."""
        protection = self.now() if ids else NOTHING_PROTECTED
        if not protection:
            return set()
        query = "SELECT id, volume, relative_path FROM photos WHERE id IN (SELECT value FROM json_each(?))"
        known: dict[tuple[str, bytes], bool] = {}
        found = set()
        for id_, volume, path in self._db.rows(query, (json.dumps([int(id_) for id_ in ids]),)):
            folder = (volume, path.rpartition(b"/")[0])
            if folder not in known:
                known[folder] = protection.covers(VolumeId(volume), os.fsdecode(folder[1]))
            if known[folder]:
                found.add(PhotoId(id_))
        return found

    def now(self) -> Protection:
        """What is protected, with the volumes as they are mounted now."""
        return read_protection(self._db)


def read_protection(connection: Connection) -> Protection:
    """What is protected at this moment."""
    folders = _all(connection)
    if not folders:
        return NOTHING_PROTECTED
    places = tuple(folder.place for folder in folders)
    volumes = connection.rows("SELECT id, mount_point FROM volumes WHERE online = 1 ORDER BY id")
    here = [folder for folder in folders if folder.online]
    inside = tuple(
        FolderPlace(VolumeId(id_), "")
        for id_, mount_point in volumes
        if any(
            folder.place.volume != id_ and relative(os.fsdecode(mount_point), folder.path) is not None
            for folder in here
        )
    )
    return Protection(places, inside)


def _all(connection: Connection) -> tuple[ProtectedFolder, ...]:
    rows = connection.rows(
        "SELECT p.volume, p.relative_path, p.folds_case, v.mount_point, v.online"
        " FROM protected_folders p JOIN volumes v ON v.id = p.volume ORDER BY p.volume, p.relative_path"
    )
    return tuple(
        ProtectedFolder(
            FolderPlace(VolumeId(volume), os.fsdecode(path), bool(folds)),
            absolute(os.fsdecode(mount_point), os.fsdecode(path)),
            bool(online),
        )
        for volume, path, folds, mount_point, online in rows
    )
