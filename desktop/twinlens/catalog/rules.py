"""The user's own rules, by name: texts that ``matching.rules.document`` writes and reads."""

import json

from twinlens.catalog.connection import Connection


class RuleTable:
    """Rules as documents. The built-in ones are not here."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def save(self, name: str, document: object) -> None:
        """Keep a rule, in place of the one of this name."""
        with self._db.transaction():
            self._db.run(
                "INSERT INTO rules (name, document) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET document = excluded.document",
                (name, json.dumps(document)),
            )

    def remove(self, name: str) -> None:
        """Forget a rule."""
        with self._db.transaction():
            self._db.run("DELETE FROM rules WHERE name = ?", (name,))

    def rename(self, name: str, other: str) -> None:
        """Give a rule another name, in place of the one that has that name."""
        with self._db.transaction():
            if name != other:
                self._db.run("DELETE FROM rules WHERE name = ?", (other,))
                self._db.run("UPDATE rules SET name = ? WHERE name = ?", (other, name))

    def all(self) -> dict[str, object]:
        """Every rule's document, by name."""
        return {
            name: json.loads(text) for name, text in self._db.rows("SELECT name, document FROM rules ORDER BY name")
        }
