import sqlite3
import threading
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from tests.catalog.synthetic import MODEL, MOUNTED, photo_record
from twinlens.catalog import Catalog, migration
from twinlens.domain.errors import LibraryUnusable

SHIPPED = max(migration.shipped_migrations())


def fill(folder: Path, count: int = 3) -> None:
    with Catalog.open(folder) as catalog:
        catalog.volumes.remember(MOUNTED)
        catalog.photos.save([photo_record(k) for k in range(count)], MODEL)


def read_columns(folder: Path) -> None:
    with Catalog.open(folder) as catalog:
        catalog.photos.columns()


def change(folder: Path, statement: str) -> None:
    raw = sqlite3.connect(folder / "catalog.db")
    raw.execute(statement)
    raw.commit()
    raw.close()


@pytest.fixture
def with_another_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make the program know one more migration than it ships."""

    def know(script: str) -> None:
        file = tmp_path / "more.sql"
        file.write_text(script)
        shipped = migration.shipped_migrations()
        monkeypatch.setattr(migration, "shipped_migrations", lambda: {**shipped, max(shipped) + 1: file})

    return know


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    fill(tmp_path)
    raw = sqlite3.connect(tmp_path / "catalog.db")
    pragmas = [
        raw.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version", "journal_mode")
    ]
    tables = raw.execute("SELECT name FROM pragma_table_list WHERE strict = 0 AND name NOT LIKE 'sqlite%'").fetchall()
    raw.close()
    assert pragmas == [migration.APPLICATION_ID, max(migration.shipped_migrations()), "wal"]
    assert tables == []


def test_an_older_catalog_is_copied_and_brought_up_to_date(
    tmp_path: Path, with_another_migration: Callable[[str], None]
) -> None:
    fill(tmp_path)
    with_another_migration(
        "-- two statements, one with a semicolon inside\n"
        "ALTER TABLE photos ADD COLUMN note TEXT;\n"
        "CREATE TRIGGER noted AFTER UPDATE ON photos BEGIN\n  SELECT 1;\n  SELECT 2;\nEND;\n"
        "UPDATE photos SET note = 'seen';\n"
    )
    with pytest.raises(LibraryUnusable, match="open it once for writing"):
        Catalog.open(tmp_path, read_only=True)
    with Catalog.open(tmp_path) as catalog:
        assert catalog.photos.count() == 3
        assert catalog._connection.rows("SELECT DISTINCT note FROM photos") == [("seen",)]
    copy = sqlite3.connect(tmp_path / f"catalog.db.format-{SHIPPED}")
    assert copy.execute("SELECT count(*) FROM photos").fetchone() == (3,)
    assert copy.execute("PRAGMA user_version").fetchone() == (SHIPPED,)
    copy.close()


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ("DELETE FROM photos;\nINSERT INTO nowhere VALUES (1);\n", sqlite3.OperationalError),
        ("DELETE FROM volumes;\n", LibraryUnusable),
        ("DELETE FROM photos;\nCREATE TABLE half (", ValueError),
    ],
)
def test_a_migration_that_fails_changes_nothing(
    tmp_path: Path, with_another_migration: Callable[[str], None], script: str, error: type[Exception]
) -> None:
    fill(tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        with_another_migration(script)
        with pytest.raises(error):
            Catalog.open(tmp_path)
        patch.undo()
    raw = sqlite3.connect(tmp_path / "catalog.db")
    assert raw.execute("SELECT count(*), (SELECT count(*) FROM volumes) FROM photos").fetchone() == (3, 1)
    assert raw.execute("PRAGMA user_version").fetchone() == (SHIPPED,)
    raw.close()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_catalog_is_refused_by_name(tmp_path: Path, read_only: bool) -> None:
    fill(tmp_path)
    change(tmp_path, "PRAGMA user_version = 99")
    with pytest.raises(LibraryUnusable, match=r"catalog\.db was written by a newer Twinlens \(catalog format 99"):
        Catalog.open(tmp_path, read_only=read_only)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    change(tmp_path, "CREATE TABLE notes (text TEXT)")
    before = (tmp_path / "catalog.db").read_bytes()
    with pytest.raises(LibraryUnusable, match="of another program"):
        Catalog.open(tmp_path)
    assert (tmp_path / "catalog.db").read_bytes() == before


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "catalog.db").write_bytes(b"no database at all, but long enough" * 100)
    with pytest.raises(LibraryUnusable, match="it is not a database"):
        Catalog.open(tmp_path)


def test_a_file_damaged_inside_is_named(tmp_path: Path) -> None:
    fill(tmp_path, 500)
    path = tmp_path / "catalog.db"
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xa5" * (len(data) - 8192)
    path.write_bytes(data)
    with pytest.raises(LibraryUnusable, match=r"catalog\.db cannot be used: it is damaged"):
        read_columns(tmp_path)


def test_a_full_disk_is_a_sentence_and_loses_nothing(tmp_path: Path) -> None:
    fill(tmp_path)
    with Catalog.open(tmp_path) as catalog:
        pages = catalog._connection.number("PRAGMA page_count")
        catalog._connection.run(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(LibraryUnusable, match=r"catalog\.db cannot be used: the disk is full"):
            catalog.photos.save([photo_record(k) for k in range(3, 500)], MODEL)
        assert catalog.photos.count() == 3
        catalog._connection.run("PRAGMA max_page_count = 100000")
        catalog.photos.save([photo_record(k) for k in range(3, 500)], MODEL)
        assert catalog.photos.count() == 500


def save_two_and_fail(catalog: Catalog) -> None:
    with catalog.transaction():
        catalog.photos.save([photo_record(5)], MODEL)
        with catalog.transaction():
            catalog.photos.save([photo_record(6)], MODEL)
        raise ZeroDivisionError


def test_a_nested_transaction_joins_the_outer_one(tmp_path: Path) -> None:
    fill(tmp_path, 1)
    with Catalog.open(tmp_path) as catalog:
        with pytest.raises(ZeroDivisionError):
            save_two_and_fail(catalog)
        assert catalog.photos.count() == 1


def test_reading_goes_on_while_another_connection_writes(tmp_path: Path) -> None:
    fill(tmp_path)
    with Catalog.open(tmp_path) as writer, Catalog.open(tmp_path, read_only=True) as reader:
        with writer.transaction():
            writer.photos.save([photo_record(9)], MODEL)
            assert reader.photos.count() == 3
        assert reader.photos.count() == 4
        with pytest.raises(LibraryUnusable, match="may not be written"):
            reader.photos.save([photo_record(10)], MODEL)


def test_reading_only_changes_nothing_in_the_file(tmp_path: Path) -> None:
    fill(tmp_path)
    before = (tmp_path / "catalog.db").read_bytes()
    with Catalog.open(tmp_path, read_only=True) as reader:
        assert len(reader.photos.columns()) == 3
    assert (tmp_path / "catalog.db").read_bytes() == before
    with pytest.raises(LibraryUnusable, match="There is no library"):
        Catalog.open(tmp_path / "nowhere", read_only=True)


def test_a_catalog_belongs_to_its_thread_and_can_be_closed_by_any(tmp_path: Path) -> None:
    fill(tmp_path)
    catalog = Catalog.open(tmp_path)
    seen: list[Exception] = []

    def elsewhere() -> None:
        try:
            catalog.photos.count()
        except RuntimeError as error:
            seen.append(error)
        catalog.close()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert "by the thread that opened it" in str(seen[0])
    with pytest.raises(LibraryUnusable, match="has been closed"):
        catalog.photos.count()
    catalog.close()


def test_closing_waits_for_the_transaction_of_another_thread(tmp_path: Path) -> None:
    fill(tmp_path)
    inside, closing = threading.Event(), threading.Event()
    catalogs: list[Catalog] = []

    def work() -> None:
        catalogs.append(Catalog.open(tmp_path))
        with catalogs[0].transaction():
            inside.set()
            closing.wait(10)
            catalogs[0].photos.save([photo_record(k) for k in range(10, 40)], MODEL)

    thread = threading.Thread(target=work)
    thread.start()
    assert inside.wait(10)
    closing.set()
    catalogs[0].close()
    thread.join()
    with Catalog.open(tmp_path) as catalog:
        assert catalog.photos.count() == 33


def test_every_migration_has_a_number_of_its_own():
    """Two with one number: the second is skipped without a word, and every scan fails on a missing column."""
    names = sorted(entry.name for entry in files("twinlens.catalog").joinpath("migrations").iterdir())
    assert [int(name[:4]) for name in names if name.endswith(".sql")] == list(range(1, SHIPPED + 1))
