"""Edits of one exposure: each is found and named, and none passes for a plain copy."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFont, ImageOps

from twinlens.domain.relation import PhotoClass, Relation, Transform
from twinlens.matching.candidates import Candidate
from twinlens.matching.exposure import Traits
from twinlens.matching.trimming import content_box
from twinlens.matching.verify import Verifier


class Previews:
    """A PreviewSource over pictures made here."""

    def __init__(self, *pictures: Image.Image) -> None:
        self._pictures = pictures

    def preview(self, photo_id: int):
        small = self._pictures[photo_id - 1].convert("RGB")
        small.thumbnail((320, 320), Image.Resampling.BICUBIC)
        stored = io.BytesIO()
        small.save(stored, "JPEG", quality=80)
        return np.asarray(Image.open(stored).convert("RGB"))


def related(one: Image.Image, two: Image.Image) -> Relation | None:
    candidate = Candidate(1, 2, 20, Transform.NONE, 0.5, 0.9)
    return Verifier(Previews(one, two)).relate(candidate, Traits(1, *one.size), Traits(2, *two.size))


@pytest.fixture(params=["series_banana/DSC_0423.JPG", "bracket_katm/house-2.jpg"])
def photo(photos_dir: Path, request: pytest.FixtureRequest) -> Image.Image:
    with Image.open(photos_dir / request.param) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((1024, 1024))
    return upright


def cut(photo: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    width, height = photo.size
    return photo.crop((int(left * width), int(top * height), int(right * width), int(bottom * height)))


def stamped(photo: Image.Image) -> Image.Image:
    copy = photo.copy()
    place = (photo.width * 0.7, photo.height * 0.9)
    ImageDraw.Draw(copy).text(place, "2019 07 11", fill=(255, 140, 0), font=ImageFont.load_default(size=36))
    return copy


EDITS = {
    "corner cut off": (lambda p: cut(p, 0.1, 0.1, 1, 1), Transform.CROPPED),
    "a third cut off": (lambda p: cut(p, 0.05, 0.2, 0.75, 0.9), Transform.CROPPED),
    "one side cut off": (lambda p: cut(p, 0, 0, 0.8, 1), Transform.CROPPED),
    "white border": (lambda p: ImageOps.expand(p, 50, (255, 255, 255)), Transform.BORDERED),
    "black bars": (lambda p: ImageOps.expand(p, (0, 120), (0, 0, 0)), Transform.BORDERED),
    "gray": (ImageOps.grayscale, Transform.TONED),
    "darker": (lambda p: ImageEnhance.Brightness(p).enhance(0.7), Transform.TONED),
    "dull": (lambda p: ImageEnhance.Color(p).enhance(0.4), Transform.TONED),
    "date stamp": (stamped, Transform.TONED),
}


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_is_found_and_named(photo: Image.Image, kind: str):
    change, transform = EDITS[kind]
    found = related(photo, change(photo))
    assert found is not None
    assert (found.photo_class, found.transform) == (PhotoClass.EDITED, transform)
    assert found.score >= 0.75


def test_a_small_turn_is_found(photo: Image.Image):
    turned = cut(photo.rotate(-2, Image.Resampling.BICUBIC), 0.05, 0.05, 0.95, 0.95)
    found = related(photo, turned)
    assert found is not None
    assert found.photo_class is PhotoClass.EDITED
    assert found.transform in (Transform.MIXED, Transform.TURNED_SLIGHTLY)
    assert found.score >= 0.75


@pytest.mark.parametrize(("one", "two"), [(7, 8), (12, 13), (17, 18), (61, 62)])
def test_frames_of_a_trail_camera_are_no_edits_of_each_other(photos_dir: Path, one: int, two: int):
    frames = [Image.open(photos_dir / f"burst_trailcam/IMG_{number:04}.JPG").convert("RGB") for number in (one, two)]
    found = related(*frames)
    assert found is None or found.score < 0.75


def test_borders_are_trimmed_and_pictures_are_not(photo: Image.Image):
    small = photo.resize((300, 200))
    bordered = np.asarray(ImageOps.expand(small, (20, 12), (250, 250, 245)))
    box = content_box(bordered)
    assert box.top == pytest.approx(12, abs=3)
    assert box.left == pytest.approx(20, abs=3)
    assert box.bottom == pytest.approx(212, abs=3)
    assert box.right == pytest.approx(320, abs=3)
    assert content_box(np.zeros((50, 60, 3), np.uint8)).is_whole(50, 60)
