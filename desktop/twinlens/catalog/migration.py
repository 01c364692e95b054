"""Bring a catalog up to date: numbered SQL files, each one transaction, after a copy of the database."""

import logging
import sqlite3
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from twinlens.catalog.connection import Connection
from twinlens.domain.errors import LibraryUnusable

logger = logging.getLogger(__name__)

APPLICATION_ID = 0x54776C6E  # "Twln"


def shipped_migrations() -> dict[int, Traversable]:
    """The migrations this program knows, by the format they lead to, ascending."""
    folder = resources.files("twinlens.catalog").joinpath("migrations")
    files = [entry for entry in folder.iterdir() if entry.name.endswith(".sql")]
    return {int(entry.name[:4]): entry for entry in sorted(files, key=lambda entry: entry.name)}


def check_format(connection: Connection, latest: int) -> int:
    """The format of this database, 0 for an empty one.

    Raises:
        LibraryUnusable: it belongs to another program or to a newer Twinlens.
    """
    application = connection.number("PRAGMA application_id")
    found = connection.number("PRAGMA user_version")
    if application not in (0, APPLICATION_ID) or (
        application == 0 and connection.number("SELECT count(*) FROM sqlite_schema")
    ):
        raise LibraryUnusable(f"{connection.path} is a database of another program, not a Twinlens catalog.")
    if found > latest:
        raise LibraryUnusable(
            f"{connection.path} was written by a newer Twinlens (catalog format {found}; this one knows up to {latest})."
        )
    return found


def check_readable(connection: Connection) -> None:
    """Raise LibraryUnusable unless this database can be read as it is, for a reader cannot bring it up to date."""
    latest = max(shipped_migrations())
    found = check_format(connection, latest)
    if found < latest:
        raise LibraryUnusable(
            f"{connection.path} is of an older Twinlens (catalog format {found}); "
            "open it once for writing to bring it up to date."
        )


def migrate(connection: Connection) -> None:
    """Apply what is missing. A catalog that already has photos is copied to ``catalog.db.format-N`` first."""
    migrations = shipped_migrations()
    latest = max(migrations)
    before = check_format(connection, latest)
    connection.keep_log()  # only now: a file of another program stays as it is
    if before == latest:
        return
    if before:
        copy = Path(f"{connection.path}.format-{before}")
        logger.info("copying %s to %s before bringing it up to date", connection.path, copy)
        connection.copy_to(copy)
    connection.run("PRAGMA foreign_keys = OFF")  # tables may be rebuilt; checked before the commit
    try:
        for number, file in migrations.items():
            if number > before:
                _apply(connection, number, file.read_text(encoding="utf-8"))
    finally:
        connection.run("PRAGMA foreign_keys = ON")


def _apply(connection: Connection, number: int, script: str) -> None:
    with connection.transaction():
        if connection.number("PRAGMA user_version") >= number:
            return  # another connection was quicker
        for statement in _statements(script):
            connection.run(statement)
        broken = connection.rows("PRAGMA foreign_key_check")
        if broken:
            raise LibraryUnusable(
                f"{connection.path} cannot be brought up to format {number}: {len(broken)} rows of {broken[0][0]} "
                "refer to rows that are not there; nothing was changed."
            )
        connection.run(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.run(f"PRAGMA user_version = {number:d}")


def _statements(script: str) -> Iterator[str]:
    """Split at the semicolons that end a statement, which those inside a trigger do not."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        raise ValueError(f"a migration ends in the middle of a statement: {statement.strip()[:80]}")
