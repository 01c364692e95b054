"""A time-lapse, scanned: hundreds of frames that each look like the next are no copies, and make no endless group."""

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import piexif
from PIL import Image

from tests.scanning.scenes import WITH_NETWORK, scanned
from twinlens.domain.group import GroupQuery
from twinlens.domain.relation import PhotoClass
from twinlens.library.open import Library
from twinlens.matching.bursts import REACH_FRAMES
from twinlens.review.data import load_review_data
from twinlens.review.duplicates import find_groups

FRAMES = 100


def make_time_lapse(source: Path, folder: Path) -> None:
    """Frames two seconds apart: clouds drift over the scene, it grows lighter, something red crosses it."""
    with Image.open(source) as opened:
        picture = opened.convert("RGB").resize((240, 160))
    scene, random = np.asarray(picture, np.float32), np.random.default_rng(0)
    y, x = np.mgrid[: scene.shape[0], : scene.shape[1]]
    for number in range(FRAMES):
        clouds = 12 * np.sin(x / 40 + number / 8) + 8 * np.cos(y / 30 - number / 11)
        light = 0.8 + 0.4 * number / FRAMES
        frame = np.clip(scene * light + clouds[..., None] + random.normal(0, 3, scene.shape), 0, 255).astype(np.uint8)
        left = number * 200 // FRAMES
        frame[80:100, left : left + 30] = (200, 30, 30)
        taken = datetime(2020, 1, 1, 12) + timedelta(seconds=2 * number)  # noqa: DTZ001 - a camera's clock
        exif = piexif.dump(
            {
                "0th": {piexif.ImageIFD.Model: b"On a tripod"},
                "Exif": {piexif.ExifIFD.DateTimeOriginal: f"{taken:%Y:%m:%d %H:%M:%S}".encode()},
            }
        )
        Image.fromarray(frame).save(folder / f"frame {number:04d}.jpg", quality=90, exif=exif)


def test_frames_of_a_time_lapse_are_bursts_no_longer_than_a_frame_reaches(
    library: Library, photos_dir: Path, tmp_path: Path
):
    folder = tmp_path / "lapse"
    folder.mkdir()
    make_time_lapse(max((photos_dir / "caltech101").rglob("*.jpg"), key=lambda path: path.stat().st_size), folder)
    scanned(library, folder, options=WITH_NETWORK)
    data = load_review_data(library.catalog())
    assert len(data.photos) == FRAMES
    for copies in (PhotoClass.SAME_SHOT, PhotoClass.EDITED):
        assert len(find_groups(data, GroupQuery(copies, 0.5))) == 0
    degree = np.bincount(np.concatenate([data.relations.first_row, data.relations.second_row]))
    assert degree.max() <= 2 * REACH_FRAMES
    for similarity in (0.5, 0.75, 0.9):
        groups = find_groups(data, GroupQuery(PhotoClass.BURST, similarity))
        for at in range(len(groups)):
            frames = np.sort(data.photos.taken_s[groups.rows_of(at)])
            assert frames[-1] - frames[0] <= 2 * 2 * REACH_FRAMES  # seconds between two frames, to both sides
    bursts = find_groups(data, GroupQuery(PhotoClass.BURST))
    assert FRAMES // (2 * REACH_FRAMES + 1) < len(bursts) <= 8
    assert bursts.photo_count > 0.95 * FRAMES
