"""What has changed since a moment: rows that triggers write beside every change of a photo or a relation."""

from twinlens.catalog.connection import Connection

# Conditions for the rows that a change after ?1 speaks of.
CHANGED_PHOTOS = "IN (SELECT photo_id FROM changes WHERE id > ?1)"
CHANGED_FIRSTS = "IN (SELECT relations_of FROM changes WHERE id > ?1)"


class ChangeTable:
    """Moments by number. The log is bounded: of a moment that is long ago it can no longer tell."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def newest(self) -> int:
        """The moment of the last change."""
        return self._db.number("SELECT max(id) FROM changes")

    def knows(self, moment: int) -> bool:
        """Whether all changes after this moment are still there."""
        return self._db.row("SELECT 1 FROM changes WHERE id = ?", (moment,)) is not None

    def photos(self, since: int) -> list[int]:
        """The ids of photos that came, changed or went after this moment, ascending."""
        rows = self._db.rows(
            "SELECT DISTINCT photo_id FROM changes WHERE id > ? AND photo_id NOT NULL ORDER BY 1", (since,)
        )
        return [id_ for (id_,) in rows]

    def relations_of(self, since: int) -> list[int]:
        """The ids of photos of whose relations to later photos any came, changed or went after this moment, ascending."""
        rows = self._db.rows(
            "SELECT DISTINCT relations_of FROM changes WHERE id > ? AND relations_of NOT NULL ORDER BY 1", (since,)
        )
        return [id_ for (id_,) in rows]
