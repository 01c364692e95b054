"""A part that was cut out of a photo is found in it, and in no other photo."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from twinlens.matching.containing import contained, dense_features


def gray(path: Path, side: int = 320) -> np.ndarray:
    picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    factor = side / max(picture.shape)
    return cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)


@pytest.mark.photos
def test_a_part_is_found_in_its_photo_turned_and_scaled_and_in_no_other(photos_dir: Path):
    paths = sorted((photos_dir / "landscape").glob("*.jpg"))[:6]
    wholes = [dense_features(gray(path)) for path in paths]
    for at, path in enumerate(paths):
        large = gray(path, 1024)
        high, wide = large.shape
        part = np.rot90(large[high // 4 : high * 3 // 4, wide // 4 : wide * 3 // 4]).copy()
        found = [contained(dense_features(part, 240), whole) for whole in wholes]
        assert [each is not None for each in found] == [other == at for other in range(len(paths))], path.name


def test_what_has_no_features_is_contained_nowhere():
    flat = dense_features(np.full((64, 64), 128, np.uint8))
    noise = dense_features(np.random.default_rng(1).integers(0, 255, (200, 200), dtype=np.uint8))
    assert contained(flat, noise) is None
    assert contained(noise, flat) is None
