"""How well photos came out: by content, of the frames of bursts only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from twinlens.catalog.connection import Connection
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.measures import MEASURE, MEASURES_VERSION, MeasureColumns, no_measures
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
_MEASURED = (
    "SELECT p.id, m.id FROM measures m JOIN photos p ON p.content = m.content"
    " WHERE m.version = ? AND p.away = 0 ORDER BY p.id"
)


@dataclass(frozen=True)
class LoadedMeasures(MeasureColumns):
    """The same with what the catalog gave, for reading on: ``numbers``, ascending, and their ``rows``."""

    numbers: Int64Array = field(default_factory=lambda: np.zeros(0, np.int64))
    rows: NDArray[np.void] = field(default_factory=lambda: no_measures(0))


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
        rows = self._db.rows(_WITHOUT, (PhotoClass.BURST.rank, MEASURES_VERSION))
        return [PhotoId(id_) for id_, lowest in rows if id_ == lowest]

    def columns(self, before: MeasureColumns | None = None) -> MeasureColumns:
        """All measures of photos of this moment; given those of an earlier one, only what came since is read.

        Where nothing has changed, what was given is returned.
        """
        earlier = (
            before if isinstance(before, LoadedMeasures) else LoadedMeasures(np.zeros(0, np.int64), no_measures(0))
        )
        with self._db.snapshot():
            numbers, rows = [earlier.numbers], [earlier.rows]
            sql = "SELECT id, numbers FROM measures WHERE id > ? AND version = ? ORDER BY id"
            for block in self._db.blocks(sql, (earlier.newest, MEASURES_VERSION)):
                whole = [row for row in block if len(row[1]) == MEASURE.itemsize]
                numbers.append(_whole_numbers(id_ for id_, _ in whole))
                rows.append(np.frombuffer(b"".join(values for _, values in whole), MEASURE))
            ties = self._db.rows(_MEASURED, (MEASURES_VERSION,))
        photo_id, number = _columns_of(ties)
        known, values = np.concatenate(numbers), np.concatenate(rows)
        place = np.searchsorted(known, number)
        held = place < len(known)
        held[held] = known[place[held]] == number[held]
        photo_id, place = photo_id[held], place[held]
        newest = int(known[-1]) if len(known) else earlier.newest
        if before is not None and newest == earlier.newest and np.array_equal(photo_id, before.photo_id):
            return before
        return LoadedMeasures(photo_id, values[place], newest, known, values)


def _whole_numbers(values: Iterable[int]) -> Int64Array:
    return np.array(list(values), np.int64)


def _columns_of(rows: Sequence[tuple[int, int]]) -> tuple[Int64Array, Int64Array]:
    both = np.array(rows, np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]
