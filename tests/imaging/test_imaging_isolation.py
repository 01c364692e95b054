"""A decode in a process of its own gives exactly what one in this process gives; the protocol believes nothing."""

import io
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.imaging.made_pictures import encoded
from twinlens.domain.errors import PhotoUnreadable
from twinlens.domain.picture import FullPicture, StudyPicture
from twinlens.imaging import worker
from twinlens.imaging.bounds import DEFAULT_BOUNDS
from twinlens.imaging.formats import HEAD_BYTES, recognise
from twinlens.imaging.local import Decoded, Task, decode_here
from twinlens.imaging.scale import FOR_STUDY
from twinlens.imaging.wire import pack, unpack
from twinlens.imaging.workers import decode_apart
from twinlens.isolation.frames import LENGTHS, frame_start, read_frame
from twinlens.isolation.serving import serve

FRAGILE = [
    "avif/fox.profile0.10bpc.yuv420.avif", "heic/RGB_10__128x128.heif", "heic/L_exif_xmp_iptc.heic", "made/deflate.tif",
    "made/gray16.png", "pillow/12bit.cropped.tif", "pillow/hopper.Lab.tif", "pillow/hopper.psd", "pillow/multipage.tiff",
    "raw/canon_eos_6d.dng", "raw/Canon-R6-pruned.CR3", "pillow/decompression_bomb.gif", "sharp/Flag_of_the_Netherlands-16bit.png",
]  # fmt: skip


def outcome(decode: object, task: Task, data: bytes, name: str) -> Decoded | str:
    entry = recognise(data[:HEAD_BYTES], name)
    assert entry is not None
    assert callable(decode)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            result = decode(task, data, entry, FOR_STUDY, DEFAULT_BOUNDS)
    except PhotoUnreadable as error:
        return str(error)
    assert isinstance(result, (StudyPicture, FullPicture))
    return result


@pytest.mark.parametrize("task", Task)
@pytest.mark.parametrize("name", FRAGILE)
def test_both_processes_agree(odd_dir: Path, monkeypatch: pytest.MonkeyPatch, name: str, task: Task) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)  # as in the decoding process
    data = (odd_dir / name).read_bytes()
    here, apart = outcome(decode_here, task, data, name), outcome(decode_apart, task, data, name)
    if isinstance(here, str) or isinstance(apart, str):
        assert here == apart
        return
    assert here.facts == apart.facts
    assert np.array_equal(here.pixels, apart.pixels)
    if isinstance(here, StudyPicture) and isinstance(apart, StudyPicture):
        assert here.metadata == apart.metadata
    if isinstance(here, FullPicture) and isinstance(apart, FullPicture):
        assert here.profile == apart.profile


def test_serving_requests_until_they_end(picture: Image.Image, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "allow", lambda _bounds: None)  # limits would stay with the test's own process
    answers = io.BytesIO()
    head = {
        "task": "study",
        "format": "TIFF",
        "wanted": {"short_px": 224, "long_px": 320, "snug": 1.4},
        "bounds": {"max_pixels": 1_000_000},
    }
    asked = [(head, encoded(picture, "TIFF")), (head, b"II*\0 and no more")]
    requests = io.BytesIO(b"".join(frame_start(head, body) + body for head, body in asked))
    serve(worker.answer, requests.read, answers.write)
    answers.seek(0)
    good, bad = read_frame(answers.read, 10_000_000), read_frame(answers.read, 10_000_000)
    assert good is not None
    assert bad is not None
    assert unpack(*good).facts.width_px == 480
    assert "TIFF" in bad[0]["error"] or "early" in bad[0]["error"]
    assert read_frame(answers.read, 10) is None


def test_shapes_that_do_not_fit_are_refused(picture: Image.Image) -> None:
    entry = recognise(b"\x89PNG\r\n\x1a\n", "x")
    assert entry is not None
    head, body = pack(decode_here(Task.FULL, encoded(picture, "PNG"), entry, FOR_STUDY, DEFAULT_BOUNDS))
    for lie in (
        {"shape": [1, 2, 3]},
        {"shape": [360, -480, 3]},
        {"shape": [360, 480, 2]},
        {"dtype": "object"},
        {"profile": "zz"},
    ):
        with pytest.raises((ValueError, KeyError, TypeError)):
            unpack(head | lie, bytearray(body))
    with pytest.raises(ValueError, match="larger than agreed"):
        read_frame(io.BytesIO(LENGTHS.pack(2, 100) + b"{}" + b"x" * 100).read, 99)
    with pytest.raises(TypeError):
        read_frame(io.BytesIO(LENGTHS.pack(2, 0) + b"[]").read, 99)


@given(st.binary(max_size=64))
def test_no_noise_is_taken_for_an_answer(noise: bytes) -> None:
    try:
        frame = read_frame(io.BytesIO(noise).read, 1000)
    except (ValueError, TypeError):
        return
    assert frame is None or isinstance(frame[0], dict)
