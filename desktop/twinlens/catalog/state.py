"""Small things to remember: a text for a key."""

from twinlens.catalog.connection import Connection


class StateTable:
    """Texts by key: the last view, the window's place, the library's own identity."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def get(self, key: str) -> str | None:
        """What was set for ``key``; None if nothing."""
        row = self._db.row("SELECT value FROM state WHERE key = ?", (key,))
        return None if row is None else str(row[0])

    def set(self, key: str, value: str) -> None:
        """Remember ``value`` for ``key``."""
        with self._db.transaction():
            self._db.run(
                "INSERT INTO state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, value),
            )

    @property
    def library_id(self) -> str:
        """A random name given to this catalog when it was made; caches beside it carry it."""
        return self.get("library_id") or ""
