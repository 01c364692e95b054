"""EXIF orientation is applied exactly once, whatever the format it comes in."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.imaging.made_pictures import correlation, encoded
from twinlens.imaging.decode import decode_for_study, decode_full, decode_preview
from twinlens.imaging.upright import TURNS, upright_array, upright_image

INVERSE = {6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}


def stored_as(image: Image.Image, orientation: int) -> Image.Image:
    """The picture as a file with this orientation stores it."""
    turn = INVERSE.get(orientation, TURNS.get(orientation))
    return image if turn is None else image.transpose(turn)


@pytest.mark.parametrize("kind", ["Landscape", "Portrait"])
def test_all_eight_files_show_the_same_upright_picture(odd_dir: Path, kind: str) -> None:
    studied = [
        decode_for_study((odd_dir / "orientation" / f"{kind}_{value}.jpg").read_bytes(), "x.jpg")
        for value in range(1, 9)
    ]
    for value, picture in enumerate(studied, start=1):
        assert picture.metadata.orientation == value
        assert picture.pixels.shape == studied[0].pixels.shape
        assert correlation(picture.pixels, studied[0].pixels) > 0.95, value


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", [2, 3, 5, 6, 8])
def test_orientation_in_every_format_that_carries_exif(
    picture: Image.Image, format_name: str, orientation: int
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(stored_as(picture, orientation), format_name, exif=exif.tobytes())
    studied, full = decode_for_study(data, "x"), decode_full(data, "x")
    assert (studied.facts.width_px, studied.facts.height_px) == picture.size
    assert full.pixels.shape == (360, 480, 3)
    small = np.asarray(picture.resize((studied.pixels.shape[1], studied.pixels.shape[0])))
    assert correlation(studied.pixels, small) > 0.99
    assert correlation(full.pixels, np.asarray(picture)) > 0.99


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_heic_is_turned_once(picture: Image.Image, orientation: int) -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    exif = Image.Exif()
    exif[0x0112] = orientation
    heif = pillow_heif.from_pillow(stored_as(picture, orientation))
    out = io.BytesIO()
    heif.save(out, quality=80, exif=exif.tobytes())
    studied = decode_for_study(out.getvalue(), "x.heic")
    assert (studied.facts.width_px, studied.facts.height_px) == picture.size
    small = np.asarray(picture.resize((studied.pixels.shape[1], studied.pixels.shape[0])))
    assert correlation(studied.pixels, small) > 0.99


def test_phone_avif_stands_upright_like_its_preview(odd_dir: Path) -> None:
    path = odd_dir / "vips" / "avif-orientation-6.avif"
    preview = decode_preview(str(path), 600)
    assert preview.shape[0] > preview.shape[1]
    assert max(preview.shape) >= 600


@pytest.mark.parametrize("orientation", range(1, 9))
def test_arrays_and_images_turn_alike(picture: Image.Image, orientation: int) -> None:
    turned = upright_array(np.asarray(picture), orientation)
    assert np.array_equal(turned, np.asarray(upright_image(picture, orientation)))
    assert np.array_equal(np.asarray(upright_image(stored_as(picture, orientation), orientation)), np.asarray(picture))
