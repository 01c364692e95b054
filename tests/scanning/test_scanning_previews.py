"""Photos studied from their embedded previews: the same groups as without, identical copies included."""

from pathlib import Path

import pytest
from PIL import Image

from benchmarks.made_previews import bare, camera_encoded, camera_exif, preview_of, with_previews
from tests.scanning.scenes import all_groups, scanned, ties_of
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import PhotoClass
from twinlens.library.open import Library

pytestmark = pytest.mark.photos

SIZE = (2000, 1500)
SOURCES = (
    "series_tree/IMG_1027.JPG",
    "series_controller/IMG_4986.JPG",
    "series_controller/IMG_4987.JPG",
    "camera/Apple_iPhone_5.jpg",
    "camera/Apple_iPhone_6.jpg",
)


def make_folder(photos_dir: Path, folder: Path, *, previews: bool) -> None:
    """Camera files with or without previews, each with copies: stripped of all metadata, re-encoded, smaller, turned."""
    folder.mkdir()
    for number, source in enumerate(SOURCES):
        with Image.open(photos_dir / source) as opened:
            picture = opened.convert("RGB").resize(SIZE, reducing_gap=3.0)
        exif = camera_exif(SIZE, f"2024:05:{number + 1:02d} 11:32:08")
        encoded = camera_encoded(picture)
        file = with_previews(encoded, exif, preview_of(picture, 640) if previews else None)
        (folder / f"{number} original.jpg").write_bytes(file)
        (folder / f"{number} stripped.jpg").write_bytes(bare(encoded))
        picture.save(folder / f"{number} again.jpg", quality=72)
        picture.resize((1200, 900), reducing_gap=3.0).save(folder / f"{number} smaller.jpg", quality=88)
        picture.transpose(Image.Transpose.ROTATE_90).save(folder / f"{number} turned.jpg", quality=90)


def studied_from_previews(library: Library) -> set[str]:
    catalog = library.catalog()
    ids = [PhotoId(i) for i in catalog.photos.columns().photo_id.tolist()]
    return {Path(photo.path).name for photo in catalog.photos.get_many(ids) if photo.facts.from_preview}


def classes_of(library: Library) -> dict[tuple[str, str], tuple[str, str]]:
    """Every relation by the names of its two files: its class and its turn."""
    return {
        (Path(one).name, Path(two).name): (photo_class, turn)
        for (one, two), (photo_class, turn, _score) in ties_of(library).items()
    }


def test_the_same_groups_with_and_without_previews(photos_dir: Path, tmp_path: Path) -> None:
    found = {}
    for previews in (True, False):
        folder = tmp_path / ("with" if previews else "without")
        make_folder(photos_dir, folder, previews=previews)
        with Library.open(tmp_path / f"library of {folder.name}") as library:
            assert scanned(library, folder).new == 5 * len(SOURCES)
            originals = {f"{number} original.jpg" for number in range(len(SOURCES))}
            assert studied_from_previews(library) == (originals if previews else set())
            found[previews] = (all_groups(library), classes_of(library))
    assert found[True][0] == found[False][0]
    assert found[True][1] == found[False][1]
    identical = found[True][0][PhotoClass.IDENTICAL_PIXELS]
    assert {frozenset((f"{n} original.jpg", f"{n} stripped.jpg")) for n in range(len(SOURCES))} <= identical


def test_what_was_studied_from_a_preview_stays_known_as_such(photos_dir: Path, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    make_folder(photos_dir, folder, previews=True)
    (folder / "0 copy.jpg").write_bytes((folder / "0 original.jpg").read_bytes())
    with Library.open(tmp_path / "library") as library:
        scanned(library, folder)
        assert "0 copy.jpg" in studied_from_previews(library)
    with Library.open(tmp_path / "library") as library:
        assert scanned(library, folder).unchanged == 5 * len(SOURCES) + 1
        assert "0 copy.jpg" in studied_from_previews(library)
