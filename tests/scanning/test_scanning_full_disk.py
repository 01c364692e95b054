"""The disk of the library fills up in the middle of a scan: one sentence, what is done is kept, the next scan goes on."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real_mounts import RealMounts, real_mounts
from tests.scanning.scenes import WITH_NETWORK, look_of, put, scanned, ties_of
from twinlens.catalog.connection import Connection
from twinlens.domain.errors import LibraryUnusable
from twinlens.library import vectors
from twinlens.library.open import Library
from twinlens.scanning import batches

__all__ = ["real_mounts"]

COUNT = 40


@pytest.fixture
def many(photos: Path) -> Path:
    for number in range(COUNT):
        put(photos / f"{number // 10}/{number:03}.jpg", number % 30)
    return photos


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "FULL_BATCH", 6)
    monkeypatch.setattr(batches, "FIRST_BATCH", 3)


def raw(connection: Connection) -> sqlite3.Connection:
    return connection._raw


def files_of(library: Library) -> Iterator[sqlite3.Connection]:
    """The connections that write: SQLite itself reports a full disk when a file may not grow."""
    yield raw(library.catalog()._connection)
    writer = library.thumbnails._writer
    assert writer is not None
    yield raw(writer)


def allow_pages(connection: sqlite3.Connection, more: int) -> None:
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + more}")


@pytest.mark.parametrize("which", [0, 1], ids=["catalog", "thumbnails"])
def test_a_disk_that_fills_up_at_any_write_loses_nothing(tmp_path: Path, many: Path, which: int) -> None:
    with Library.open(tmp_path / "undisturbed") as library:
        scanned(library, many)
        expected = look_of(library), ties_of(library)
    told: list[str] = []
    kept = -1
    while kept < COUNT:
        with Library.open(tmp_path / "library") as library:
            allow_pages(list(files_of(library))[which], len(told))  # each time the user makes a little more room
            try:
                assert scanned(library, many).photos == COUNT
            except LibraryUnusable as error:
                told.append(str(error))
            ids = library.catalog().photos.columns().photo_id.tolist()
            assert len(ids) >= kept
            assert len(library.thumbnails.get_many(ids)) == len(ids)  # no photo without its picture
            kept = len(ids)
    assert len(told) >= 3
    assert all(sentence.endswith("cannot be used: the disk is full.") for sentence in told)
    with Library.open(tmp_path / "library") as library:
        assert scanned(library, many).unchanged == COUNT  # and matches what was not matched yet
        assert (look_of(library), ties_of(library)) == expected


@pytest.mark.parametrize("size_kib", [200, 400, 500])
def test_a_disk_that_is_really_full(tmp_path: Path, many: Path, real_mounts: RealMounts, size_kib: int) -> None:
    disk = real_mounts.memory(tmp_path / "disk", size_kib)
    with pytest.raises(LibraryUnusable, match="the disk is full") as raised, Library.open(disk / "library") as library:
        scanned(library, many)
    assert "\n" not in str(raised.value)
    real_mounts.resize(disk, 20_000)
    with Library.open(disk / "library") as library:
        known = library.catalog().photos.count()
        report = scanned(library, many)
        assert (report.photos, report.unchanged, report.problems) == (COUNT, known, ())


def test_a_library_on_a_full_disk_can_still_be_opened(tmp_path: Path, many: Path, real_mounts: RealMounts) -> None:
    disk = real_mounts.memory(tmp_path / "disk", 4_000)
    with Library.open(disk / "library") as library:
        scanned(library, many)
    (disk / "ballast").write_bytes(bytes(shutil.disk_usage(disk).free - 150_000))  # SQLite's own files need some room
    with Library.open(disk / "library") as library:
        assert library.catalog().photos.count() == COUNT
        assert scanned(library, many).unchanged == COUNT


def test_an_index_that_cannot_be_saved_is_made_again(
    tmp_path: Path, photos: Path, real_mounts: RealMounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "EXACT_LIMIT", 8)
    for number in range(12):
        put(photos / f"{number}.jpg", number)
    folder = tmp_path / "library"
    real_mounts.memory(folder / "index", 8)
    with Library.open(folder) as library:
        with pytest.raises(LibraryUnusable, match=r"index.* cannot be written: No space left"):
            scanned(library, photos, options=WITH_NETWORK)
        assert library.catalog().photos.count() == len(library.vectors) == 12
    assert list((folder / "index").iterdir()) == []  # closing tried again, in vain and without a word
    real_mounts.resize(folder / "index", 20_000)
    put(photos / "one more.jpg", 20)
    with Library.open(folder) as library:
        assert scanned(library, photos, options=WITH_NETWORK).unchanged == 12
    assert {path.name for path in (folder / "index").iterdir()} >= {"index.rows", "index.json"}
