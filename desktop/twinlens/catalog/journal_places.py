"""The journal follows its volumes: the paths of its steps are those that the files have today."""

import os

from twinlens.catalog.connection import Connection
from twinlens.catalog.paths import absolute, relative


def volume_at(connection: Connection, path: str) -> str | None:
    """The volume that holds a path now: of those that are here, the one mounted deepest above it."""
    if not path:
        return None
    rows = connection.rows("SELECT id, mount_point FROM volumes ORDER BY online DESC, length(mount_point) DESC")
    return next((id_ for id_, mount_point in rows if relative(path, os.fsdecode(mount_point)) is not None), None)


def follow(connection: Connection, volume: str, before: str, now: str) -> None:
    """Let all steps on a volume say where it is mounted now. Call it inside a transaction."""
    rows = connection.rows(
        "SELECT id, volume, path, resting_path, keeper_volume, keeper_path FROM steps"
        " WHERE volume = ?1 OR keeper_volume = ?1",
        (volume,),
    )
    connection.run_many(
        "UPDATE steps SET path = ?, resting_path = ?, keeper_path = ? WHERE id = ?",
        [
            (
                _moved(path, before, now) if of == volume else path,
                _moved(resting, before, now) if of == volume and resting is not None else resting,
                _moved(keeper, before, now) if keeper_of == volume else keeper,
                id_,
            )
            for id_, of, path, resting, keeper_of, keeper in rows
        ],
    )


def _moved(path: bytes, before: str, now: str) -> bytes:
    below = relative(os.fsdecode(path), before)
    return path if below is None else os.fsencode(absolute(now, below))
