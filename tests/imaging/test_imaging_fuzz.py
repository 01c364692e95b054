"""Damaged bytes of real files are decoded or PhotoUnreadable, never anything else."""

from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twinlens.domain.errors import PhotoUnreadable
from twinlens.imaging.bounds import DecodeBounds
from twinlens.imaging.decode import decode_for_study, decode_full
from twinlens.imaging.formats import HEAD_BYTES, is_photo_name, looks_like_photo

SMALL = [
    "fuzz/go_1_video-001.q5.jpeg", "fuzz/go_4_chrome-coobg.png", "fuzz/go_8_yellow_rose..webp", "fuzz/go_0_Images_32bit.bmp",
    "pillow/duplicate_frame.gif", "pillow/multipage.tiff", "pillow/hopper.ico", "pillow/comment.jp2", "pillow/five_channels.psd",
    "pillow/exif-dpi-zerodivision.jpg", "heic/RGB_10__128x128.heif", "pillow/frozenpond.mpo", "sharp/p3.png",
    "pillow/hopper_bigtiff.tif", "raw/canon_eos_6d.dng",
]  # fmt: skip
BOUNDS = DecodeBounds(max_pixels=4_000_000, timeout_s=10.0)


@cache
def contents(path: Path) -> bytes:
    return path.read_bytes()


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_files(odd_dir: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(SMALL))
    content = bytearray(contents(odd_dir / name))
    reach = data.draw(st.sampled_from([64, 1024, len(content)]))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, min(reach, len(content)) - 1))
        content[at] = data.draw(st.sampled_from([0, 1, 0x7F, 0x80, 0xFF]) | st.integers(0, 255))
    if data.draw(st.booleans()):
        content = content[: data.draw(st.integers(0, len(content)))]
    for decode in (decode_for_study, decode_full):
        with suppress(PhotoUnreadable):
            decode(bytes(content), name, BOUNDS)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["x.jpg", "x.tga", "x.cr2", "x.png", "x", "x.raf"]))
def test_anything_at_all(content: bytes, name: str) -> None:
    with pytest.raises(PhotoUnreadable):
        decode_for_study(content, name, BOUNDS)


def test_photos_are_known_by_their_first_bytes(odd_dir: Path) -> None:
    for name in SMALL:
        assert looks_like_photo(contents(odd_dir / name)[:HEAD_BYTES]), name
    assert not looks_like_photo(b"")
    assert not looks_like_photo(b"<!DOCTYPE html>")
    for name in ("a.JPG", "b.heic", "c.Cr3", "d.avif", "e.tiff"):
        assert is_photo_name(name)
    for name in ("a.txt", "jpg", "a.jpg.xmp", ".jpg", "movie.mov"):
        assert not is_photo_name(name)
