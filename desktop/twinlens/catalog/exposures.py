"""When and with which camera photos were taken: what bursts need, and no more."""

import json
from collections.abc import Sequence

from twinlens.catalog.connection import Connection
from twinlens.domain.photo import PhotoId

_DATED = (
    "SELECT id, taken_us * 1e-6, camera, content FROM photos"
    " WHERE away = 0 AND taken_us IS NOT NULL AND camera IS NOT NULL"
)


class ExposureTable:
    """The dated photos of known cameras. Written by ``PhotoTable.save``."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of(self, ids: Sequence[PhotoId] | None = None) -> list[tuple[int, float, str, bytes]]:
        """Id, seconds since 1970 in camera time, camera and content hash of these photos, or of all; ascending by id.

        Photos without a time or a camera, and those that are away, are left out.
        """
        if ids is None:
            return [row for block in self._db.blocks(f"{_DATED} ORDER BY id") for row in block]
        wanted = json.dumps([int(id_) for id_ in ids])
        sql = f"{_DATED} AND id IN (SELECT value FROM json_each(?)) ORDER BY id"  # noqa: S608 - fixed text
        return list(self._db.rows(sql, (wanted,)))
