"""Every awkward file is either decoded or a problem told in one sentence."""

from pathlib import Path

import numpy as np
import pytest

from twinlens.domain.errors import PhotoUnreadable
from twinlens.imaging.decode import decode_for_study, decode_full

# path -> format, upright width, height, bits, frames
READABLE = {
    "avif/fox.profile0.10bpc.yuv420.avif": ("AVIF", 1204, 800, 10, 1),
    "heic/IMG_2682.heic": ("HEIF", 4032, 3024, 8, 1),
    "heic/RGB_10__128x128.heif": ("HEIF", 128, 128, 10, 1),
    "heic/bird_burst.heic": ("HEIF", 1280, 720, 8, 4),
    "made/animated.gif": ("GIF", 200, 133, 8, 3),
    "made/animated.webp": ("WEBP", 200, 133, 8, 3),
    "made/cmyk.jpg": ("JPEG", 900, 598, 8, 1),
    "made/gray16.png": ("PNG", 900, 598, 16, 1),
    "made/jpeg_named.png": ("JPEG", 900, 598, 8, 1),
    "made/no_extension": ("JPEG", 900, 598, 8, 1),
    "made/png_named.jpg": ("PNG", 900, 598, 8, 1),
    "made/tall_1x20000.png": ("PNG", 1, 20000, 8, 1),
    "made/trailing_zip.jpg": ("JPEG", 900, 598, 8, 1),
    "pillow/12bit.cropped.tif": ("TIFF", 100, 100, 12, 1),
    "pillow/comment.jp2": ("JPEG2000", 1, 1, 8, 1),
    "pillow/frozenpond.mpo": ("MPO", 640, 480, 8, 2),
    "pillow/g4-multi.tiff": ("TIFF", 3307, 4677, 1, 3),
    "pillow/hopper.Lab.tif": ("TIFF", 128, 128, 8, 1),
    "pillow/hopper.ico": ("ICO", 16, 16, 8, 1),
    "pillow/hopper.psd": ("PSD", 128, 128, 8, 1),
    "pillow/hopper_bad_exif.jpg": ("JPEG", 500, 500, 8, 1),
    "raw/canon_eos_6d.dng": ("RAW", 1224, 816, 16, 1),
    "raw/nikon.nef": ("JPEG", 2000, 3008, 8, 1),  # a JPEG under a RAW name
    "sharp/Flag_of_the_Netherlands-16bit.png": ("PNG", 900, 600, 16, 1),
    "vips/avif-orientation-6.avif": ("AVIF", 3024, 4032, 8, 1),
}
UNREADABLE = {
    "fuzz/jpeg_0.jpg": "is not an image",
    "heic/corrupt_corrupted.heic": "ends too early",
    "heic/corrupt_empty.heic": "is empty",
    "made/IMG_E0001.AAE": "not an image but an XML",
    "made/bomb_header_100000x100000.png": "too large",
    "made/bomb_jpeg_65500x65500.jpg": "ends too early",
    "made/bomb_real_30000x30000.png": "too large",
    "made/html_error_page.jpg": "not an image but an HTML page",
    "made/text_renamed.jpg": "not an image but text",
    "made/truncated_10.jpg": "ends too early",
    "made/truncated_50.jpg": "ends too early",
    "made/truncated_90.jpg": "ends too early",
    "made/truncated_99.jpg": "ends too early",
    "made/zero_byte.jpg": "is empty",
    "pillow/broken.png": "PNG data is damaged",
    "pillow/decompression_bomb.gif": "too large",
    "pillow/truncated_image.png": "ends too early",
    "raw/Canon-R6-pruned.CR3": "ends too early",
    "raw/IMG_1361.dng": "holds no picture",
    "sharp/65536-uint32-limit.png": "too large",
    "sharp/cielab-dagams.tiff": "this kind of TIFF file cannot be decoded",
    "sharp/truncated.jpg": "ends too early",
    "sharp/truncated.png": "ends too early",
}


def test_every_odd_file_is_decoded_or_a_problem(odd_dir: Path) -> None:
    files = sorted(path for path in odd_dir.rglob("*") if path.is_file())
    assert len(files) >= 150
    decoded = 0
    for path in files:
        try:
            studied = decode_for_study(path.read_bytes(), path.name)
        except PhotoUnreadable as error:
            sentence = str(error)
            assert sentence, path
            assert "\n" not in sentence, path
            assert str(path.parent) not in sentence, path
            continue
        decoded += 1
        pixels, facts = studied.pixels, studied.facts
        assert pixels.dtype == np.uint8, path
        assert pixels.flags.c_contiguous, path
        short, long = sorted(pixels.shape[:2])
        full_short, full_long = sorted((facts.width_px, facts.height_px))
        assert short >= min(0.95 * 224 - 1, full_short) or long == 8192, path
        assert long >= min(320, full_long), path
        assert long <= 8192, path
        assert facts.frame_count >= 1, path
        assert 1 <= facts.bits_per_channel <= 64, path
    assert decoded > 110


@pytest.mark.parametrize(("name", "expected"), READABLE.items())
def test_facts_of_readable_files(odd_dir: Path, name: str, expected: tuple[str, int, int, int, int]) -> None:
    path = odd_dir / name
    facts = decode_for_study(path.read_bytes(), path.name).facts
    assert (facts.format, facts.width_px, facts.height_px, facts.bits_per_channel, facts.frame_count) == expected


@pytest.mark.parametrize(("name", "words"), UNREADABLE.items())
def test_sentences_for_unreadable_files(odd_dir: Path, name: str, words: str) -> None:
    path = odd_dir / name
    with pytest.raises(PhotoUnreadable, match=words):
        decode_for_study(path.read_bytes(), path.name)
    with pytest.raises(PhotoUnreadable):
        decode_full(path.read_bytes(), path.name)


def test_full_size_agrees_with_the_facts(odd_dir: Path) -> None:
    for name in (
        "orientation/Portrait_6.jpg",
        "heic/empty_icc.heic",
        "pillow/xmp_tags_orientation.png",
        "made/gray16.png",
    ):
        full = decode_full((odd_dir / name).read_bytes(), name)
        assert full.pixels.shape[:2] == (full.facts.height_px, full.facts.width_px), name
