"""Thumbnails and previews: small, upright, without metadata."""

import io
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.imaging.made_pictures import correlation
from twinlens.domain.errors import PhotoUnreadable
from twinlens.imaging.decode import decode_for_study, decode_preview
from twinlens.imaging.thumbnail import decode_thumbnail, encode_thumbnail


def test_thumbnail_of_a_real_photo(photos_dir: Path) -> None:
    path = next(path for path in sorted(photos_dir.rglob("*.jpg")) if path.stat().st_size > 100_000)
    pixels = decode_for_study(path.read_bytes(), path.name).pixels
    jpeg = encode_thumbnail(pixels)
    back = decode_thumbnail(jpeg)
    assert max(back.shape) == 320
    assert len(jpeg) < 60_000
    small = np.asarray(Image.fromarray(pixels).resize((back.shape[1], back.shape[0])))
    assert correlation(back, small) > 0.97
    with Image.open(io.BytesIO(jpeg)) as image:
        assert not image.getexif()
        assert "icc_profile" not in image.info


@pytest.mark.parametrize(("size", "expected"), [((10, 4), (10, 4)), ((8192, 1), (320, 1)), ((320, 320), (320, 320))])
def test_thumbnail_sizes(size: tuple[int, int], expected: tuple[int, int]) -> None:
    back = decode_thumbnail(encode_thumbnail(np.zeros((size[1], size[0], 3), np.uint8)))
    assert (back.shape[1], back.shape[0]) == expected


def test_thumbnails_of_something_else() -> None:
    with pytest.raises(ValueError, match="uint8"):
        encode_thumbnail(np.zeros((10, 10), np.uint8))
    with pytest.raises(PhotoUnreadable):
        decode_thumbnail(b"\xff\xd8\xff\xe0 nothing")


@pytest.mark.parametrize("longest", [200, 500, 900, 5000])
def test_preview_is_at_least_as_large_as_asked(odd_dir: Path, longest: int) -> None:
    preview = decode_preview(str(odd_dir / "made" / "reference.jpg"), longest)
    assert preview.shape[2] == 3
    assert max(preview.shape) >= min(longest, 900)


def test_previews_of_what_cannot_be_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    with pytest.raises(PhotoUnreadable, match="regular"):
        decode_preview(str(tmp_path / "pipe.jpg"), 100)
    with pytest.raises(PhotoUnreadable, match="cannot be read"):
        decode_preview(str(tmp_path / "absent.jpg"), 100)
    with pytest.raises(PhotoUnreadable):
        decode_preview(str(tmp_path), 100)
