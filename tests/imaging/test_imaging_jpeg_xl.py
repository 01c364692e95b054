"""JPEG XL where its package is installed, and one clear sentence where it is not."""

import io
from importlib.util import find_spec

import numpy as np
import pytest
from PIL import Image

from tests.imaging.made_pictures import correlation
from twinlens.domain.errors import PhotoUnreadable
from twinlens.imaging import formats
from twinlens.imaging.decode import decode_for_study, decode_full
from twinlens.imaging.formats import is_photo_name


@pytest.fixture
def jpeg_xl(picture: Image.Image) -> bytes:
    import pillow_jxl  # registers the format

    assert pillow_jxl
    out = io.BytesIO()
    picture.save(out, "JXL", lossless=True)
    return out.getvalue()


def test_decoded_where_the_package_is_installed(picture: Image.Image, jpeg_xl: bytes) -> None:
    studied = decode_for_study(jpeg_xl, "x.jxl")
    assert (studied.facts.width_px, studied.facts.height_px) == picture.size
    shown = np.asarray(picture.resize((studied.pixels.shape[1], studied.pixels.shape[0])).convert("L"))
    assert correlation(np.asarray(Image.fromarray(studied.pixels).convert("L")), shown) > 0.98
    assert np.array_equal(decode_full(jpeg_xl, "x.jxl").pixels, np.asarray(picture.convert("RGB")))
    with pytest.raises(PhotoUnreadable):
        decode_for_study(jpeg_xl[: len(jpeg_xl) // 2], "x.jxl")


def test_named_where_the_package_is_missing(jpeg_xl: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda name: None if name == "pillow_jxl" else find_spec(name))
    with pytest.raises(PhotoUnreadable, match="JPEG XL image, for which the package pillow-jxl-plugin"):
        decode_for_study(jpeg_xl, "x.jxl")
    assert is_photo_name("x.jxl")  # it is a photo: better one line under Problems than silence
