"""How well photos came out: by content, of the frames of bursts only."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from twinlens.catalog.connection import Connection
from twinlens.domain.measures import MEASURE, MEASURES_VERSION, StoredMeasures, nothing_stored
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import PhotoClass

# Frames of a series: on both sides of the relations of that class.
_FRAMES = (
    "SELECT first AS id FROM relations WHERE class_rank = ?1 UNION SELECT second FROM relations WHERE class_rank = ?1"
)
_WITHOUT = (
    f"SELECT p.id, min(p.id) OVER (PARTITION BY p.content) FROM ({_FRAMES}) AS f JOIN photos p USING (id)"  # noqa: S608 - fixed text
    " JOIN volumes v ON v.id = p.volume LEFT JOIN measures m ON m.content = p.content AND m.version = ?2"
    " WHERE p.away = 0 AND v.online = 1 AND m.id IS NULL ORDER BY p.taken_us, p.id"
)

_AFTER = "SELECT id, content, numbers FROM measures WHERE id > ? AND version = ? ORDER BY id"


class MeasureTable:
    """One row for each content that was measured."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def save(self, measured: Mapping[bytes, NDArray[np.void]]) -> None:
        """Store measures, a row of ``MEASURE`` for each content, instead of earlier ones."""
        with self._db.transaction():
            self._db.run_many(
                "INSERT OR REPLACE INTO measures (content, version, numbers) VALUES (?, ?, ?)",
                [(content, MEASURES_VERSION, row.tobytes()) for content, row in measured.items()],
            )

    def forget_lost(self) -> None:
        """Drop the measures of contents that no photo has any more."""
        with self._db.transaction():
            self._db.run("DELETE FROM measures WHERE content NOT IN (SELECT content FROM photos)")

    def missing(self) -> list[PhotoId]:
        """The frames of series that can be read now and have no measures, one for each content, by time."""
        blocks = self._db.blocks(_WITHOUT, (PhotoClass.BURST.rank, MEASURES_VERSION))
        return [PhotoId(id_) for block in blocks for id_, lowest in block if id_ == lowest]

    def stored(self, before: StoredMeasures | None = None) -> StoredMeasures:
        """All measures; given those of an earlier moment, only what came since is read: where nothing did, they themselves."""
        earlier = before if before is not None else nothing_stored()
        newest, contents, values = earlier.newest, [earlier.content], [earlier.values]
        for block in self._db.blocks(_AFTER, (earlier.newest, MEASURES_VERSION)):
            whole = [row for row in block if len(row[2]) == MEASURE.itemsize]
            contents.append(np.frombuffer(b"".join(content for _, content, _ in whole), np.int64).reshape(-1, 2))
            values.append(np.frombuffer(b"".join(numbers for _, _, numbers in whole), MEASURE))
            newest = int(block[-1][0])
        if newest == earlier.newest:
            return earlier
        return StoredMeasures(np.concatenate(contents), np.concatenate(values), newest)
