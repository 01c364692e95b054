"""What the user decided: "not duplicates" for pairs of pictures, keep and reject for photos."""

import time
from collections.abc import Sequence

import numpy as np

from twinlens.catalog.connection import Connection
from twinlens.domain.columns import PhotoColumns
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.group import Mark
from twinlens.domain.photo import PhotoId, VolumeId
from twinlens.domain.relation import Verdict


class VerdictTable:
    """Verdicts on pairs, by content: they hold wherever the files are moved. The order of a pair does not matter."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, first_content: bytes, second_content: bytes, verdict: Verdict) -> None:
        """Remember a verdict; raises ValueError for one content twice."""
        first, second = _ordered(first_content, second_content)
        with self._db.transaction():
            self._db.run(
                "INSERT INTO verdicts (first, second, verdict, at_us) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (first, second, int(verdict), time.time_ns() // 1000),
            )

    def remove(self, first_content: bytes, second_content: bytes, verdict: Verdict) -> None:
        """Take a verdict back."""
        first, second = _ordered(first_content, second_content)
        with self._db.transaction():
            self._db.run(
                "DELETE FROM verdicts WHERE first = ? AND second = ? AND verdict = ?", (first, second, int(verdict))
            )

    def all(self) -> list[tuple[bytes, bytes, Verdict]]:
        """All verdicts, the smaller content first in each."""
        rows = self._db.rows("SELECT first, second, verdict FROM verdicts ORDER BY first, second")
        return [(first, second, Verdict(verdict)) for first, second, verdict in rows]

    def refused_rows(self, photos: PhotoColumns) -> Int64Array:
        """The pairs that are no duplicates, int64 [k, 2], as ``content_key`` of these columns; absent contents left out."""
        rows = self._db.rows(
            "SELECT min(a.id), min(b.id) FROM verdicts v JOIN photos a ON a.content = v.first AND a.away = 0"
            " JOIN photos b ON b.content = v.second AND b.away = 0 WHERE v.verdict = ? GROUP BY v.first, v.second",
            (int(Verdict.NOT_DUPLICATES),),
        )
        ids = np.array(rows, dtype=np.int64).reshape(-1, 2)
        known = np.isin(ids, photos.photo_id).all(axis=1)  # the columns may be a moment older than this query
        if not known.any():
            return np.empty((0, 2), dtype=np.int64)
        return photos.content_key[photos.rows_of(ids[known].ravel())].reshape(-1, 2)


class MarkTable:
    """Keep and reject, not yet carried out. A photo's mark goes when its file changes or leaves the catalog."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def set(self, ids: Sequence[PhotoId], mark: Mark | None) -> None:
        """Mark these photos, or take their marks away. Photos no longer in the catalog are passed over."""
        with self._db.transaction():
            if mark is None:
                self._db.run_many("DELETE FROM marks WHERE photo_id = ?", [(int(id_),) for id_ in ids])
            else:
                self._db.run_many(
                    "INSERT INTO marks (photo_id, mark) SELECT id, ? FROM photos WHERE id = ?"
                    " ON CONFLICT (photo_id) DO UPDATE SET mark = excluded.mark",
                    [(mark.value, int(id_)) for id_ in ids],
                )

    def drop(self, ids: Sequence[PhotoId], mark: Mark) -> None:
        """Take this mark from those of these photos that have it."""
        with self._db.transaction():
            self._db.run_many(
                "DELETE FROM marks WHERE photo_id = ? AND mark = ?", [(int(id_), mark.value) for id_ in ids]
            )

    def all(self) -> dict[PhotoId, Mark]:
        """The mark of every marked photo."""
        rows = self._db.rows("SELECT photo_id, mark FROM marks ORDER BY photo_id")
        return {PhotoId(id_): Mark(mark) for id_, mark in rows}

    def on_volumes(self, mark: Mark, *, online: bool) -> dict[PhotoId, VolumeId]:
        """The photos with this mark on volumes that are here, or that are not, and where each is."""
        rows = self._db.rows(
            "SELECT p.id, p.volume FROM marks m JOIN photos p ON p.id = m.photo_id JOIN volumes v ON v.id = p.volume"
            " WHERE m.mark = ? AND v.online = ? AND p.away = 0 ORDER BY p.id",
            (mark.value, int(online)),
        )
        return {PhotoId(id_): VolumeId(volume) for id_, volume in rows}


def _ordered(first: bytes, second: bytes) -> tuple[bytes, bytes]:
    if first == second:
        raise ValueError("two files of the same content cannot be declared different")
    return min(first, second), max(first, second)
