"""Which photos still wait to be compared with the others. A trigger notes them when their fingerprints are stored."""

from collections.abc import Sequence

from twinlens.catalog.connection import Connection
from twinlens.domain.photo import PhotoId


class UnmatchedTable:
    """Photos that are catalogued but not yet matched."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def ids(self) -> list[PhotoId]:
        """All of them that are not away, ascending."""
        rows = self._db.rows(
            "SELECT photo_id FROM unmatched JOIN photos ON id = photo_id WHERE away = 0 ORDER BY photo_id"
        )
        return [PhotoId(id_) for (id_,) in rows]

    def remove(self, ids: Sequence[PhotoId]) -> None:
        """Note that these were matched."""
        with self._db.transaction():
            self._db.run_many("DELETE FROM unmatched WHERE photo_id = ?", [(int(id_),) for id_ in ids])
