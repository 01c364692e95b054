"""The original is kept: of real photos without metadata, saved again finer, enlarged, cropped, in gray."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from benchmarks.made_previews import bare
from tests.scanning.scenes import scanned
from twinlens.domain.group import GroupQuery
from twinlens.domain.relation import PhotoClass
from twinlens.fingerprints.traces import traces_of
from twinlens.library.open import Library
from twinlens.review.data import load_review_data
from twinlens.review.duplicates import find_groups
from twinlens.scanning import traces

pytestmark = pytest.mark.photos

SOURCES = ("camera/Apple_iPhone_5.jpg", "series_banana/DSC_0423.JPG")


def small_picture(path: Path) -> Image.Image:
    with Image.open(path) as opened:
        return opened.convert("RGB").resize((700, 525), reducing_gap=3.0)


def saved(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return bare(out.getvalue())


def test_the_original_is_kept_where_only_the_pixels_tell(photos_dir: Path, photos: Path, library: Library):
    for number, source in enumerate(SOURCES):
        small = small_picture(photos_dir / source)
        original = saved(small, 75)
        (photos / f"{number} original.jpg").write_bytes(original)
        picture = Image.open(io.BytesIO(original))
        (photos / f"{number} finer.jpg").write_bytes(saved(picture, 95))
        (photos / f"{number} gray.jpg").write_bytes(saved(ImageOps.grayscale(picture).convert("RGB"), 92))
        (photos / f"{number} cropped.jpg").write_bytes(saved(picture.crop((35, 0, 700, 525)), 92))
        (photos / f"{number} enlarged.jpg").write_bytes(saved(picture.resize((1050, 788)), 92))
    scanned(library, photos)
    groups = find_groups(load_review_data(library.catalog()), GroupQuery(PhotoClass.EDITED))
    paths = {photo.id: Path(photo.path).name for photo in _all(library)}
    kept = {paths[group.keeper.photo_id]: group for group in groups}
    assert set(kept) == {f"{number} original.jpg" for number in range(len(SOURCES))}
    for group in groups:
        assert "the original: " in group.keeper.reason
    told = [(paths[member.photo_id].split()[1], member.reason) for group in groups for member in group.members[1:]]
    expected = {
        "finer.jpg": ("its compression is found again in the pixels of the other",),
        "cropped.jpg": ("from the left", "it shows more"),
        "enlarged.jpg": ("the other is enlarged and shows no more detail",),
        "gray.jpg": ("in one colour",),
    }
    assert {name for name, _reason in told} == set(expected)
    for name, reason in told:
        for words in expected[name]:
            assert words in reason


def _all(library: Library):
    catalog = library.catalog()
    return catalog.photos.get_many(catalog.photos.columns().photo_id.tolist())


@pytest.mark.parametrize("source", SOURCES)
def test_a_photo_saved_once_shows_no_earlier_encoding(photos_dir: Path, source: str):
    import numpy as np

    picture = small_picture(photos_dir / source)
    for quality in (60, 75, 90, 97):
        once = np.asarray(Image.open(io.BytesIO(saved(picture, quality))))
        assert traces_of(once, quality).earlier_quality is None
        earlier = traces_of(once, None).earlier_quality if quality < 97 else quality
        assert abs((earlier or 0) - quality) <= 2, "a picture without compression that was made from it"


def test_photos_whose_folder_has_gone_are_asked_for_by_no_later_scan(
    photos_dir: Path, tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
):
    """They are doubtful for good, as long as their folder is not scanned: each scan of another one would send for them."""
    asked: list[str] = []

    def answer(path: str, *_others: object) -> None:
        asked.append(Path(path).name)  # and nothing is found: it is asked for again

    monkeypatch.setattr(traces, "traces_apart", answer)
    for number, source in enumerate(SOURCES):
        folder = tmp_path / str(number)
        folder.mkdir()
        small = small_picture(photos_dir / source)
        for name, quality in (("plain.jpg", 75), ("finer.jpg", 95)):
            (folder / f"{number} {name}").write_bytes(saved(small, quality))
        scanned(library, folder)
        if number == 0:
            assert sorted(asked) == ["0 finer.jpg", "0 plain.jpg"]
            asked.clear()
            folder.rename(tmp_path / "elsewhere")
    assert sorted(asked) == ["1 finer.jpg", "1 plain.jpg"]
