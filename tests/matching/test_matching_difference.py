"""What a relation says of two pictures: how they lie, which is the crop and from where, and what was done to the tones."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from tests.matching.test_matching_verify import opened, related
from twinlens.domain.difference import Change, Difference, cut_sides, inverse
from twinlens.domain.relation import Relation, Transform
from twinlens.matching.reasons import describe

TURNS = {
    Transform.ROTATED_90: Image.Transpose.ROTATE_90,
    Transform.ROTATED_180: Image.Transpose.ROTATE_180,
    Transform.ROTATED_270: Image.Transpose.ROTATE_270,
    Transform.MIRRORED: Image.Transpose.FLIP_LEFT_RIGHT,
    Transform.FLIPPED: Image.Transpose.FLIP_TOP_BOTTOM,
    Transform.TRANSPOSED: Image.Transpose.TRANSPOSE,
    Transform.TRANSVERSED: Image.Transpose.TRANSVERSE,
}


@pytest.fixture
def photo(photos_dir: Path) -> Image.Image:
    return opened(photos_dir / "series_banana/DSC_0423.JPG")


def told(one: Image.Image, two: Image.Image, turned: Transform = Transform.NONE) -> tuple[Difference, str]:
    found = related(one, two, turned)
    assert isinstance(found, Relation)
    assert found.difference is not None
    return found.difference, describe(found)


def cropped(photo: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    box = (left * photo.width, top * photo.height, (1 - right) * photo.width, (1 - bottom) * photo.height)
    return photo.crop(tuple(round(side) for side in box))


@pytest.mark.parametrize(
    ("cut", "words"),
    [
        ((0.28, 0, 0, 0), "cropped to 72 %, from the left"),
        ((0, 0, 0, 0.2), "cropped to 80 %, from the bottom"),
        ((0.1, 0, 0, 0.1), "cropped to 81 %, from the left and the bottom"),
        ((0.1, 0.1, 0.1, 0.1), "cropped to 64 %, from all sides"),
        ((0.12, 0, 0.12, 0), "cropped to 76 %, from the left and the right"),
    ],
)
def test_a_crop_is_told_with_its_part_and_its_side(photo: Image.Image, cut: tuple[float, ...], words: str):
    difference, sentence = told(photo, cropped(photo, *cut))
    assert difference.second_is_crop
    said, expected = (int(text.split("cropped to ")[1].split(" %")[0]) for text in (sentence, words))
    assert abs(said - expected) <= 1
    assert sentence.endswith(words.split(" %")[1])
    assert difference.cut() == pytest.approx(cut, abs=0.012)
    reversed_difference, other_way = told(cropped(photo, *cut), photo)
    assert reversed_difference.first_is_crop
    assert "shows more: the keeper is cropped" in other_way
    assert reversed_difference.reversed().affine == pytest.approx(difference.affine, abs=0.02)


@pytest.mark.parametrize("turned", TURNS)
def test_the_affine_leads_from_places_in_the_copy_to_places_in_the_photo(photo: Image.Image, turned: Transform):
    part = cropped(photo, 0.2, 0, 0, 0.1)
    difference, sentence = told(photo, part.transpose(TURNS[turned]), turned)
    a, b, c, d, e, f = difference.affine
    marker = Image.new("L", part.size)
    marker.putpixel((round(0.3 * part.width), round(0.6 * part.height)), 255)
    y, x = np.argwhere(np.asarray(marker.transpose(TURNS[turned])))[0]
    size = marker.transpose(TURNS[turned]).size
    x, y = (x + 0.5) / size[0], (y + 0.5) / size[1]
    assert (a * x + b * y + c, d * x + e * y + f) == pytest.approx((0.2 + 0.8 * 0.3, 0.9 * 0.6), abs=0.015)
    assert difference.second_is_crop
    assert set(cut_sides(difference.cut())) == {"left", "bottom"}
    assert {"turned", "mirrored", "flipped"} & set(sentence.replace(",", " ").split())
    assert inverse(inverse(difference.affine)) == pytest.approx(difference.affine)


@pytest.mark.parametrize(
    ("edit", "change"),
    [
        (lambda p: ImageEnhance.Brightness(p).enhance(1.25), Change.BRIGHTER),
        (lambda p: ImageEnhance.Brightness(p).enhance(0.7), Change.DARKER),
        (lambda p: ImageEnhance.Contrast(p).enhance(1.35), Change.MORE_CONTRAST),
        (lambda p: ImageEnhance.Contrast(p).enhance(0.65), Change.LESS_CONTRAST),
        (lambda p: ImageEnhance.Color(p).enhance(0.4), Change.LESS_SATURATED),
        (ImageOps.grayscale, Change.ONE_COLOUR),
        (lambda p: p.convert("RGB", (1.15, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0.8, 0)), Change.WARMER),
        (lambda p: p.convert("RGB", (0.85, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1.15, 0)), Change.COOLER),
    ],
)
def test_what_was_done_to_the_tones_is_named(photo: Image.Image, edit, change: Change):
    difference, _sentence = told(photo, edit(photo))
    assert difference.changes == change
    back, _words = told(edit(photo), photo)
    assert back.changes == change.reversed()


def test_a_border_and_a_text_are_named_with_the_photo_that_has_them(photo: Image.Image):
    bordered = ImageOps.expand(photo, photo.width // 10, (255, 255, 255))
    difference, sentence = told(photo, bordered)
    assert difference.second_border == pytest.approx(
        1 - photo.width * photo.height / bordered.width / bordered.height, abs=0.02
    )
    assert not difference.first_is_crop
    assert "with a border of" in sentence
    written = photo.copy()
    for offset in range(0, 120, 30):
        ImageDraw.Draw(written).text((60, 500 + offset), "Sommer am See", fill=(255, 255, 255), font_size=28)
    assert told(photo, written)[0].changes == Change.OVERLAID
    assert told(written, photo)[0].changes == Change.OVERLAY_GONE


def test_a_small_turn_is_measured_in_degrees(photo: Image.Image):
    for degrees in (-3, 2):
        turned = photo.rotate(degrees, Image.Resampling.BICUBIC, expand=True)
        difference, sentence = told(photo, turned)
        assert abs(difference.turn_degrees) == pytest.approx(abs(degrees), abs=0.2)
        assert f"turned by {abs(degrees)}.0 degrees" in sentence
        assert not difference.first_is_crop, "the corners are empty"
