"""What becomes of photos that are renamed, moved over each other, hidden or removed between two scans."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from twinlens.domain.events import ScanFinished
from twinlens.domain.ports import GoOn, no_events
from twinlens.library.open import Library
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.pipeline import scan


@pytest.fixture
def folder(tmp_path: Path, photos_dir: Path) -> Path:
    target = tmp_path / "photos"
    target.mkdir()
    for number, path in enumerate(sorted((photos_dir / "caltech101").rglob("*.jpg"))[:5]):
        shutil.copy(path, target / f"{number}.jpg")
    return target


def scanned(library: Library, folder: Path) -> ScanFinished:
    return scan(library, [str(folder)], ScanOptions(embedding=False, threads=1), GoOn(), no_events)


def counts(finished: ScanFinished) -> tuple[int, int, int, int]:
    return finished.new, finished.changed, finished.unchanged, finished.gone


def names(library: Library) -> list[str]:
    return sorted(os.path.basename(path) for path in library.catalog().photos.columns().paths)


def rename(folder: Path) -> None:
    (folder / "1.jpg").rename(folder / "new.jpg")


def move_over_another(folder: Path) -> None:
    (folder / "1.jpg").replace(folder / "2.jpg")


def renumber(folder: Path) -> None:
    (folder / "2.jpg").rename(folder / "9.jpg")
    (folder / "1.jpg").rename(folder / "2.jpg")


def remove(folder: Path) -> None:
    (folder / "1.jpg").unlink()


def hide(folder: Path) -> None:
    (folder / ".thumbnails").mkdir()
    shutil.copy(folder / "1.jpg", folder / ".thumbnails" / "x.jpg")
    (folder / "._1.jpg").write_bytes(b"\0\x05\x16\x07" + bytes(60))


@pytest.mark.photos
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (rename, (0, 0, 5, 0)),
        (move_over_another, (0, 1, 3, 1)),
        (renumber, (1, 1, 3, 1)),
        (remove, (0, 0, 4, 1)),
        (hide, (0, 0, 5, 0)),
    ],
)
def test_the_second_scan_sees_what_was_done(
    tmp_path: Path, folder: Path, change: Callable[[Path], None], expected: tuple[int, int, int, int]
):
    with Library.open(tmp_path / "library") as library:
        assert counts(scanned(library, folder)) == (5, 0, 0, 0)
        change(folder)
        assert counts(scanned(library, folder)) == expected
        assert names(library) == sorted(path.name for path in folder.glob("[!.]*.jpg"))
        settled = scanned(library, folder)
        assert (settled.new, settled.changed, settled.gone, settled.problems) == (0, 0, 0, ())


@pytest.mark.photos
def test_a_renamed_photo_stays_itself(tmp_path: Path, folder: Path):
    with Library.open(tmp_path / "library") as library:
        scanned(library, folder)
        before = library.catalog().photos.by_path(str(folder / "1.jpg"))
        rename(folder)
        scanned(library, folder)
        after = library.catalog().photos.by_path(str(folder / "new.jpg"))
        assert before is not None
        assert after is not None
        assert after.id == before.id


@pytest.mark.photos
def test_two_names_of_one_file_go_together(tmp_path: Path, folder: Path):
    os.link(folder / "1.jpg", folder / "link.jpg")
    with Library.open(tmp_path / "library") as library:
        scanned(library, folder)
        (folder / "1.jpg").unlink()
        (folder / "link.jpg").unlink()
        assert scanned(library, folder).gone == 2
