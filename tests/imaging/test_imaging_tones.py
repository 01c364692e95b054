"""Every kind of pixel becomes the RGB that it means."""

import numpy as np
import pytest
from PIL import Image, ImageCms

from tests.imaging.made_pictures import correlation, encoded
from twinlens.domain.errors import PhotoUnreadable
from twinlens.imaging.bounds import DecodeBounds
from twinlens.imaging.decode import decode_for_study, decode_full
from twinlens.imaging.jpeg_facts import estimated_quality


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "RGBA", "LA", "I;16", "1"])
def test_png_of_every_mode_shows_the_picture(picture: Image.Image, mode: str) -> None:
    if mode == "I;16":
        gray = np.asarray(picture.convert("L")).astype(np.uint16) * 257
        data = encoded(Image.fromarray(gray), "PNG")
    else:
        data = encoded(picture.convert(mode), "PNG")
    studied = decode_for_study(data, "x.png")
    expected = np.asarray(picture.convert("L").resize((studied.pixels.shape[1], studied.pixels.shape[0])))
    luma = np.asarray(Image.fromarray(studied.pixels).convert("L"))
    assert correlation(luma, expected) > (0.6 if mode == "1" else 0.98)
    assert abs(float(luma.mean()) - float(expected.mean())) < 4


@pytest.mark.parametrize("top", [1.0, 255.0, 4000.0])
def test_float_tiff(picture: Image.Image, top: float) -> None:
    gray = np.asarray(picture.convert("L")).astype(np.float32)
    values = gray / 255 * top
    values[0, 0] = np.nan
    studied = decode_for_study(encoded(Image.fromarray(values), "TIFF"), "x.tif")
    small = np.asarray(picture.convert("L").resize((studied.pixels.shape[1], studied.pixels.shape[0])))
    assert studied.facts.bits_per_channel == 32
    assert correlation(studied.pixels[:, :, 0], small) > 0.98


def test_cmyk_is_not_inverted(picture: Image.Image) -> None:
    studied = decode_for_study(encoded(picture.convert("CMYK"), "JPEG"), "x.jpg")
    small = np.asarray(picture.resize((studied.pixels.shape[1], studied.pixels.shape[0])))
    assert correlation(studied.pixels, small) > 0.95


def test_transparency_is_laid_on_white_and_kept_in_full() -> None:
    clear = Image.new("RGBA", (400, 300), (10, 20, 30, 0))
    assert decode_for_study(encoded(clear, "PNG"), "x.png").pixels.min() == 255
    assert decode_full(encoded(clear, "PNG"), "x.png").pixels.shape == (300, 400, 4)


def test_canonical_pixels_do_not_depend_on_how_they_are_stored(picture: Image.Image) -> None:
    gray = picture.convert("L")
    forms = [
        encoded(gray, "PNG"),
        encoded(gray.convert("RGB"), "PNG"),
        encoded(gray.convert("RGBA"), "PNG"),
        encoded(gray.convert("RGB"), "BMP"),
        encoded(gray, "TIFF", compression="tiff_lzw"),
        encoded(gray.convert("RGB"), "WEBP", lossless=True),
    ]
    for data in forms:
        full = decode_full(data, "x")
        assert full.profile == b""
        assert np.array_equal(full.pixels, np.asarray(gray.convert("RGB")))


def test_sixteen_bit_colour_stays_exact() -> None:
    import cv2

    pixels = np.random.default_rng(1).integers(0, 65536, (40, 50, 3), dtype=np.uint16)
    for suffix in (".png", ".tif"):
        data = cv2.imencode(suffix, pixels[:, :, ::-1])[1].tobytes()
        full = decode_full(data, "x" + suffix)
        assert full.pixels.dtype == np.uint16
        assert np.array_equal(full.pixels, pixels), suffix


def test_profiles(picture: Image.Image) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert decode_full(encoded(picture, "PNG"), "x").profile == b""
    assert decode_full(encoded(picture, "PNG", icc_profile=srgb), "x").profile == b""
    assert len(decode_full(encoded(picture, "PNG", icc_profile=lab), "x").profile) == 16
    assert decode_full(encoded(picture.convert("CMYK"), "JPEG"), "x").profile != b""


@pytest.mark.parametrize("quality", [20, 50, 75, 92, 100])
def test_jpeg_quality(picture: Image.Image, quality: int) -> None:
    found = decode_for_study(encoded(picture, "JPEG", quality=quality), "x.jpg").facts.jpeg_quality
    assert found is not None
    assert abs(found - quality) <= 1
    assert estimated_quality({}) is None


@pytest.mark.parametrize("size", [(480, 360), (481, 333), (64, 64)])
def test_only_a_cut_end_marker_is_forgiven(picture: Image.Image, size: tuple[int, int]) -> None:
    data = encoded(picture.resize(size), "JPEG", quality=90)
    whole = decode_full(data, "x.jpg")
    for cut in (1, 2):
        assert np.array_equal(decode_full(data[:-cut], "x.jpg").pixels, whole.pixels)
    for cut in (len(data) // 4, len(data) // 20):
        with pytest.raises(PhotoUnreadable, match="too early"):
            decode_for_study(data[:-cut], "x.jpg")


def test_png_without_its_end_chunk_is_whole(picture: Image.Image) -> None:
    data = encoded(picture, "PNG")
    assert np.array_equal(decode_full(data[:-12], "x.png").pixels, np.asarray(picture))


def test_bounds(picture: Image.Image) -> None:
    data = encoded(picture, "PNG")
    with pytest.raises(PhotoUnreadable, match="480 by 360"):
        decode_for_study(data, "x.png", DecodeBounds(max_pixels=1000))
    with pytest.raises(PhotoUnreadable, match="too large"):
        decode_for_study(data, "x.png", DecodeBounds(max_file_bytes=100))
