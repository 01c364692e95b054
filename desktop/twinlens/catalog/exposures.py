"""When and how photos were taken: what bursts need, and no more."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from twinlens.catalog.connection import Connection
from twinlens.domain.photo import PhotoId

_SELECT = (
    "SELECT id, content, volume, relative_path, max(width_px, height_px), taken_us * 1e-6, camera,"
    " exposure_s, aperture_f, iso, exposure_bias_ev FROM photos WHERE away = 0"
)


class ExposureRow(NamedTuple):
    """One photo. ``path`` is relative to its volume; ``taken_s``: seconds since 1970 in camera time. Unknown is None."""

    photo_id: int
    content: bytes
    volume: str
    path: bytes
    side_px: int
    taken_s: float | None
    camera: str | None
    exposure_s: float | None
    aperture_f: float | None
    iso: int | None
    exposure_bias_ev: float | None


class ExposureTable:
    """The photos as exposures, dated or not. Written by ``PhotoTable.save``."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of(self, ids: Sequence[PhotoId] | None = None) -> list[ExposureRow]:
        """These photos, or all, ascending by id; those that are away are left out."""
        if ids is None:
            return [ExposureRow._make(row) for block in self._db.blocks(f"{_SELECT} ORDER BY id") for row in block]
        wanted = json.dumps([int(id_) for id_ in ids])
        sql = f"{_SELECT} AND id IN (SELECT value FROM json_each(?)) ORDER BY id"  # noqa: S608 - fixed text
        return [ExposureRow._make(row) for row in self._db.rows(sql, (wanted,))]
