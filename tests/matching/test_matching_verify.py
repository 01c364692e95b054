"""Verification on real photos: copies are found, and nothing unique is ever called a copy."""

import io
import itertools
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from twinlens.domain.relation import PhotoClass, Relation, Transform
from twinlens.matching.candidates import Candidate
from twinlens.matching.exposure import Traits
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


def opened(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((1024, 1024))
    return upright


def recompressed(picture: Image.Image, quality: int) -> Image.Image:
    stored = io.BytesIO()
    picture.save(stored, "JPEG", quality=quality)
    return Image.open(stored)


def related(one: Image.Image, two: Image.Image, turned: Transform = Transform.NONE, **known) -> Relation | None:
    first = Traits(1, *one.size, **known)
    second = Traits(2, *two.size, **known)
    return Verifier(Previews(one, two)).relate(Candidate(1, 2, 2, turned, 1.0, None), first, second)


@pytest.fixture(params=["series_banana/DSC_0423.JPG", "burst_trailcam/IMG_0006.JPG", "bracket_katm/house-2.jpg"])
def photo(photos_dir: Path, request: pytest.FixtureRequest) -> Image.Image:
    return opened(photos_dir / request.param)


COPIES = {
    "q30": (lambda p: recompressed(p, 30), Transform.NONE),
    "quarter": (lambda p: p.resize((p.width // 4, p.height // 4)), Transform.RESIZED),
    "two thirds": (lambda p: p.resize((p.width * 2 // 3, p.height * 2 // 3)), Transform.RESIZED),
    "one and a half": (lambda p: p.resize((p.width * 3 // 2, p.height * 3 // 2)), Transform.RESIZED),
    "256 px": (lambda p: p.resize((256, round(256 * p.height / p.width))), Transform.RESIZED),
    "128 px": (lambda p: p.resize((128, round(128 * p.height / p.width))), Transform.RESIZED),
    "turned": (lambda p: p.transpose(Image.Transpose.ROTATE_90), Transform.ROTATED_90),
    "upside down": (lambda p: p.transpose(Image.Transpose.ROTATE_180), Transform.ROTATED_180),
    "mirrored": (ImageOps.mirror, Transform.MIRRORED),
    "flipped": (ImageOps.flip, Transform.FLIPPED),
    "transposed": (lambda p: p.transpose(Image.Transpose.TRANSPOSE), Transform.TRANSPOSED),
    "transversed": (lambda p: p.transpose(Image.Transpose.TRANSVERSE), Transform.TRANSVERSED),
}


@pytest.mark.parametrize("kind", COPIES)
def test_another_encoding_is_the_same_shot(photo: Image.Image, kind: str):
    change, transform = COPIES[kind]
    turned = Transform.NONE if transform is Transform.RESIZED else transform
    found = related(photo, change(photo), turned)
    assert found is not None
    assert found.photo_class is PhotoClass.SAME_SHOT
    assert found.score >= 0.75
    assert found.transform is transform


def test_an_edit_is_edited_and_not_the_same_shot(photos_dir: Path):
    photo = opened(photos_dir / "series_banana/DSC_0423.JPG")
    cropped = photo.crop((photo.width // 10, photo.height // 10, photo.width, photo.height))
    found = related(photo, cropped)
    assert found is not None
    assert (found.photo_class, found.transform) == (PhotoClass.EDITED, Transform.CROPPED)
    assert found.coverage == pytest.approx(0.81, abs=0.03)
    gray = related(photo, ImageOps.grayscale(photo))
    assert gray is not None
    assert (gray.photo_class, gray.transform) == (PhotoClass.EDITED, Transform.TONED)


@pytest.mark.parametrize(
    "second", [{"taken_s": 101.0}, {"iso": 200}, {"exposure_s": 0.02}, {"aperture_f": 5.6}, {"exposure_bias_ev": 1.0}]
)
def test_other_exposure_data_forbids_every_relation(photos_dir: Path, second: dict):
    photo = opened(photos_dir / "series_banana/DSC_0423.JPG")
    known = {
        "taken_s": 100.0,
        "camera": "A",
        "iso": 100,
        "exposure_s": 0.01,
        "aperture_f": 8.0,
        "exposure_bias_ev": 0.0,
    }
    verifier, candidate = Verifier(Previews(photo, photo)), Candidate(1, 2, 0, Transform.NONE, 1.0, 1.0)
    assert verifier.relate(candidate, Traits(1, 10, 10, **known), Traits(2, 10, 10, **known)) is not None
    assert verifier.relate(candidate, Traits(1, 10, 10, **known), Traits(2, 10, 10, **{**known, **second})) is None


@pytest.mark.parametrize(
    ("one", "two"),
    [("all_black", "all_black_2"), ("flat_blue_sky", "flat_blue_sky_2"), ("all_black", "all_white"),
     ("dark_noise_0", "dark_noise_1"), ("dark_noise_1", "dark_noise_2")],
)  # fmt: skip
def test_pictures_without_structure_prove_nothing(odd_dir: Path, one: str, two: str):
    assert related(opened(odd_dir / f"made/{one}.jpg"), opened(odd_dir / f"made/{two}.jpg")) is None


def test_two_exposures_are_never_taken_for_one_even_without_metadata(shared_data: Path):
    manifest = json.loads((shared_data / "manifest.json").read_text())
    copies = [set(group["files"]) for group in manifest["groups"] if group["verdict"] == "duplicate"]
    wrong = []
    for group in manifest["groups"]:
        if group.get("kind") not in ("burst", "bracket", "focus-stack", "series"):
            continue
        files = group["files"]
        verifier = Verifier(Previews(*(opened(shared_data / path) for path in files)))
        for a, b in itertools.combinations(range(len(files)), 2):
            if any({files[a], files[b]} <= same for same in copies):
                continue
            candidate = Candidate(a + 1, b + 1, 2, Transform.NONE, 1.0, None)
            found = verifier.relate(candidate, Traits(a + 1, 4, 3), Traits(b + 1, 4, 3))
            # Slices of a focus stack that differ in nothing but a breath of the lens pass for an edit, never for a copy.
            strict = group["kind"] != "focus-stack"
            if found is not None and (found.photo_class is PhotoClass.SAME_SHOT or (strict and found.score >= 0.75)):
                wrong.append((files[a], files[b], found.photo_class.value, found.score))
    assert not wrong
