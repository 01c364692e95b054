"""Genuine previews: believed, upright, near the ordinary way, and checked by samples."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks.made_previews import camera_encoded, preview_of
from tests.imaging.camera_files import KINDS, camera_file, jpegs_below, judged, main_jpeg, ordinary_pixels, picture
from tests.imaging.made_pictures import correlation
from twinlens.domain.picture import StudyPicture
from twinlens.fingerprints.study import fingerprint
from twinlens.imaging.decode import decode_for_study, decode_full, decode_preview
from twinlens.imaging.embedded import claims as claims_module
from twinlens.imaging.embedded.claims import Claims
from twinlens.imaging.embedded.find import MULTI_PICTURE

pytestmark = pytest.mark.photos


@pytest.fixture(autouse=True)
def real_photos(photos_dir):
    """Skip where they are not."""


def bits_apart(one: StudyPicture, two: np.ndarray) -> int:
    first, second = fingerprint(one.pixels).perceptual[0], fingerprint(two).perceptual[0]
    return int(first ^ second).bit_count()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("orientation", [1, 3, 6, 7])
def test_a_genuine_preview_is_studied_upright(kind: str, orientation: int) -> None:
    file = camera_file(kind, orientation=orientation)
    studied = decode_for_study(file, "IMG_0001.JPG")
    ordinary = ordinary_pixels(file)
    assert studied.facts.from_preview
    assert (studied.facts.width_px, studied.facts.height_px) == ((2400, 1800) if orientation < 5 else (1800, 2400))
    assert studied.metadata.orientation == orientation
    small = [
        np.asarray(Image.fromarray(pixels).resize((40, 40), Image.Resampling.BOX))
        for pixels in (studied.pixels, ordinary)
    ]
    assert correlation(*small) > 0.995
    assert bits_apart(studied, ordinary) <= 4


def test_a_large_preview_is_believed_too_and_scaled_down() -> None:
    main = picture(size=(3200, 2400))
    file = camera_file(MULTI_PICTURE, camera_encoded(main), preview_of(main, 1600), main.size)
    studied = decode_for_study(file, "IMG_0001.JPG")
    assert studied.facts.from_preview
    assert studied.pixels.shape == (240, 320, 3)


def test_restart_markers_serve_where_the_file_has_them() -> None:
    assert judged(camera_file(MULTI_PICTURE, main_jpeg(restart_rows=1))).pixels is not None


def test_nothing_but_the_study_looks_at_previews(tmp_path: Path) -> None:
    file = camera_file(MULTI_PICTURE)
    path = tmp_path / "IMG_0001.JPG"
    path.write_bytes(file)
    assert decode_full(file, path.name).pixels.shape == (1800, 2400, 3)
    assert not decode_full(file, path.name).facts.from_preview
    assert max(decode_preview(str(path), 1200).shape) >= 1200


def test_a_source_is_checked_at_first_and_then_every_fiftieth_time() -> None:
    file, claims = camera_file(MULTI_PICTURE), Claims()
    decoded: list[int] = []

    def decode() -> np.ndarray:
        decoded.append(len(decoded))
        return ordinary

    ordinary = ordinary_pixels(file)
    believed = [judged(file, claims, decode).pixels is not None for _ in range(60)]
    assert all(believed)
    assert len(decoded) == claims_module.ALWAYS_FIRST + 1


def test_a_source_that_was_wrong_once_is_not_believed_again() -> None:
    file, claims = camera_file(MULTI_PICTURE), Claims()
    other = np.ascontiguousarray(ordinary_pixels(file)[::-1])
    assert judged(file, claims, lambda: other).reason == "a full decode shows another picture"
    assert judged(file, claims).reason == "another preview of this source was wrong"
    assert judged(camera_file(MULTI_PICTURE, more={0x0110: b"EOS 5D"}), claims).pixels is not None


def test_a_truncated_main_picture_is_still_a_problem() -> None:
    file = camera_file("exif")
    assert judged(file[: len(file) // 2]).pixels is None


def test_real_camera_files_and_how_near_their_previews_are(photos_dir: Path) -> None:
    believed = {}
    for path in jpegs_below(photos_dir / "series_banana") + jpegs_below(photos_dir / "series_drone"):
        data = path.read_bytes()
        studied = decode_for_study(data, path.name)
        if studied.facts.from_preview:
            believed[path.name] = bits_apart(studied, ordinary_pixels(data))
    assert believed.keys() >= {"DSC_0423.JPG", "DSC_0426.JPG", "DSC_0428.JPG", "DJI_0018.JPG"}
    assert len(believed) == 7, "six of a Nikon D3200, one of a drone; the other frames of the drone were saved anew"
    assert max(believed.values()) <= 4


def test_no_preview_of_a_real_file_that_was_worked_on_is_believed(photos_dir: Path) -> None:
    believed = [
        path.name
        for folder in ("camera", "exif_samples", "misc", "nature", "wallpaper", "series_rock")
        for path in jpegs_below(photos_dir / folder)
        if decode_for_study(path.read_bytes(), path.name).facts.from_preview
    ]
    assert believed == []


def test_a_file_without_previews_goes_the_ordinary_way() -> None:
    out = io.BytesIO()
    picture().save(out, "JPEG", quality=90)
    assert not decode_for_study(out.getvalue(), "plain.jpg").facts.from_preview
