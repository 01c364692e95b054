import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from tests.catalog.synthetic import MODEL, MOUNTED, photo_record
from tests.without_privileges import run_without_privileges
from twinlens.catalog import Catalog
from twinlens.domain.errors import LibraryUnusable
from twinlens.domain.photo import PhotoId, Volume, VolumeId
from twinlens.domain.settings import THEME
from twinlens.imaging.thumbnail import encode_thumbnail
from twinlens.library import Library
from twinlens.volumes import volume_of

ROOT = Path(__file__).resolve().parents[2]
HOLDER = f"""
import sys
sys.path.insert(0, {str(ROOT / "desktop")!r})
from pathlib import Path
from twinlens.library import Library
library = Library.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


def test_a_library_is_made_where_there_is_none(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "library"
    with Library.open(folder) as library:
        assert library.folder == folder
        assert library.catalog().photos.count() == 0
    assert {"catalog.db", "thumbnails.db"} <= {path.name for path in folder.iterdir()}
    assert not (folder / "catalog.db-wal").exists()


def test_the_environment_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWINLENS_LIBRARY", str(tmp_path / "chosen"))
    with Library.open() as library:
        assert library.folder == tmp_path / "chosen"
    monkeypatch.delenv("TWINLENS_LIBRARY")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with pytest.raises(LibraryUnusable, match=r"twinlens yet"):
        Library.open(read_only=True)


def test_another_process_keeps_the_library_until_it_dies(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        assert process.stdout.readline() == "open\n"
        with pytest.raises(LibraryUnusable, match="is open in another Twinlens"):
            Library.open(tmp_path)
        with Library.open(tmp_path, read_only=True) as reader:
            assert reader.catalog().photos.count() == 0
        process.kill()
    Library.open(tmp_path).close()


def test_a_reader_sees_what_the_writer_commits(tmp_path: Path) -> None:
    with Library.open(tmp_path) as writer, Library.open(tmp_path, read_only=True) as reader:
        writer.catalog().volumes.remember(MOUNTED)
        with writer.catalog().transaction():
            writer.catalog().photos.save([photo_record(1)], MODEL)
            assert reader.catalog().photos.count() == 0
        assert reader.catalog().photos.count() == 1
        with pytest.raises(LibraryUnusable):
            reader.catalog().photos.save([photo_record(2)], MODEL)
        with pytest.raises(LibraryUnusable):
            reader.preferences.set(THEME, "dark")


def test_a_reader_writes_no_file(tmp_path: Path) -> None:
    Library.open(tmp_path).close()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with Library.open(tmp_path, read_only=True) as reader:
        reader.catalog().photos.columns()
        reader.thumbnails.get(PhotoId(1))
    after = {path.name: path.read_bytes() for path in tmp_path.iterdir() if not path.name.endswith(("-shm", "-wal"))}
    assert after == before


def test_no_library_is_a_sentence_and_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(LibraryUnusable, match=r"There is no library in .*absent yet"):
        Library.open(tmp_path / "absent", read_only=True)
    assert not (tmp_path / "absent").exists()


def test_a_place_that_is_no_folder_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(LibraryUnusable, match="cannot be opened for writing"):
        Library.open(tmp_path / "file")
    with pytest.raises(LibraryUnusable, match="cannot be opened for writing"):
        Library.open(tmp_path / "file" / "below")


READ_WHERE_NOTHING_MAY_BE_WRITTEN = """
import sys
from pathlib import Path
from twinlens.domain.errors import LibraryUnusable
from twinlens.library import Library
try:
    Library.open(Path(sys.argv[1]))
except LibraryUnusable as error:
    print(error)
with Library.open(Path(sys.argv[1]), read_only=True) as reader:
    print(reader.catalog().photos.count())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="rights are another matter there")
def test_a_folder_that_may_not_be_written_can_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    Library.open(folder).close()
    folder.chmod(0o500)
    try:
        refused, count = run_without_privileges(READ_WHERE_NOTHING_MAY_BE_WRITTEN, folder).splitlines()
    finally:
        folder.chmod(0o700)
    assert refused.endswith("cannot be used: it may not be written to.")
    assert count == "0"


def test_a_failed_opening_gives_the_lock_back(tmp_path: Path) -> None:
    (tmp_path / "catalog.db").write_bytes(b"not a database" * 1000)
    for _ in range(2):
        with pytest.raises(LibraryUnusable, match="not a database"):
            Library.open(tmp_path)
    (tmp_path / "catalog.db").unlink()
    Library.open(tmp_path).close()


def test_each_thread_has_its_own_catalog_and_closing_closes_all(tmp_path: Path) -> None:
    library = Library.open(tmp_path)
    mine = library.catalog()
    assert library.catalog() is mine
    theirs: list[Catalog] = []

    both_open = threading.Barrier(2)

    def work(release: bool) -> None:
        theirs.append(library.catalog())
        assert library.catalog().photos.count() == 0
        both_open.wait(10)
        if release:
            library.release_thread()

    threads = [threading.Thread(target=work, args=(release,)) for release in (False, True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(catalog) for catalog in (mine, *theirs)}) == 3
    library.close()
    library.close()
    assert all(catalog._connection._closed for catalog in (mine, *theirs))
    with pytest.raises(LibraryUnusable, match="has been closed"):
        library.catalog()


def test_volumes_that_are_not_mounted_go_offline_at_opening(tmp_path: Path) -> None:
    here = volume_of(str(tmp_path))
    with Library.open(tmp_path / "library") as library:
        library.catalog().volumes.remember(MOUNTED)
        library.catalog().volumes.remember(Volume(here.id, here.label, "/where/it/was"))
    with Library.open(tmp_path / "library") as library:
        assert dict(library.catalog().volumes.all()) == {MOUNTED: False, here: True}
        assert VolumeId(here.id) == here.id


def test_previews_come_from_the_thumbnails(tmp_path: Path) -> None:
    picture = np.zeros((120, 160, 3), np.uint8)
    picture[:, :80] = (200, 30, 60)
    with Library.open(tmp_path) as library:
        library.thumbnails.put_many([(PhotoId(1), encode_thumbnail(picture)), (PhotoId(2), b"\xff\xd8 cut short")])
        preview = library.preview(PhotoId(1))
        assert preview is not None
        assert preview.dtype == np.uint8
        assert preview.shape == (120, 160, 3)
        assert np.abs(preview[60, 40].astype(int) - (200, 30, 60)).max() < 12
        assert library.preview(PhotoId(2)) is None
        assert library.preview(PhotoId(3)) is None


def test_thumbnails_of_a_catalog_thrown_away_are_not_shown_for_the_next(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        library.thumbnails.put_many([(PhotoId(1), b"old")])
    (tmp_path / "catalog.db").unlink()
    with Library.open(tmp_path) as library:
        assert library.thumbnails.get(PhotoId(1)) is None
