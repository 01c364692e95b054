"""Handheld frames, crops, turned and mirrored copies lie over each other; strangers do not."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from twinlens.matching.congruence import Congruence, congruence, sights_of
from twinlens.matching.differing import differing


def rgb(path: Path, longest_px: int = 1100) -> np.ndarray:
    with Image.open(path) as file:
        image = file.convert("RGB")
        image.thumbnail((longest_px, longest_px))
        return np.array(image)


@pytest.fixture(scope="module")
def photo(photos_dir: Path) -> np.ndarray:
    return rgb(sorted((photos_dir / "series_rock").iterdir())[0])


def laid(first: np.ndarray, second: np.ndarray) -> Congruence | None:
    return congruence(sights_of(first), sights_of(second), sights_of(second, mirrored=True))


def places(found: Congruence, points: list[tuple[float, float]]) -> np.ndarray:
    there = np.column_stack([np.array(points), np.ones(len(points))]) @ found.matrix.T
    return there[:, :2] / there[:, 2:]


def test_a_crop_lies_where_it_was_cut_to_within_a_pixel(photo):
    height, width = photo.shape[:2]
    crop = photo[height // 5 : height // 5 * 4, width // 4 : width // 4 * 3]
    found = laid(photo, crop)
    wanted = np.array([[0.25, 0.2], [0.75, 0.2], [0.5, 0.5]])
    assert np.abs(places(found, [(0, 0), (1, 0), (0.5, 0.5)]) - wanted).max() < 1.5 / width


def test_a_turned_and_a_mirrored_copy_lie_over_the_original(photo):
    turned = laid(photo, np.ascontiguousarray(np.rot90(photo)))
    assert np.abs(places(turned, [(0, 0), (1, 1)]) - [[1, 0], [0, 1]]).max() < 2e-3
    mirrored = laid(photo, np.ascontiguousarray(photo[:, ::-1]))
    assert np.abs(places(mirrored, [(0, 0), (1, 0.5)]) - [[1, 0], [0, 0.5]]).max() < 2e-3


@pytest.mark.parametrize("bend", [4e-5, 8e-6])
def test_a_camera_that_turned_is_followed_with_its_perspective(photo, bend: float):
    height, width = photo.shape[:2]
    camera: np.ndarray = np.array([[1.0, 0.03, 12], [-0.02, 1.01, -9], [bend, -bend / 2, 1]])
    moved = cv2.warpPerspective(photo, camera, (width, height))
    found = laid(moved, photo)
    assert found is not None
    scale = np.diag([width, height, 1.0])
    ours = scale @ found.matrix @ np.linalg.inv(scale)
    for x, y in ((0, 0), (width, 0), (width / 2, height / 2), (width, height)):
        one, two = camera @ (x, y, 1), ours @ (x, y, 1)
        assert np.hypot(*(one[:2] / one[2] - two[:2] / two[2])) < 0.4


@pytest.mark.parametrize(
    ("series", "numbers", "most_px"),
    [
        ("series_rock", (0, 1), 3.0),
        ("series_banana", (0, 1), 2.0),
        ("bracket_statue", (0, 2), 3.0),
        ("burst_trailcam", (0, 1), 1.0),
    ],
)
def test_frames_of_real_series_come_to_lie_still(photos_dir: Path, series, numbers, most_px):
    files = sorted((photos_dir / series).iterdir())
    first, second = (rgb(files[number]) for number in numbers)
    found = laid(first, second)
    assert found is not None
    assert found.inliers >= 100
    assert found.apart * max(first.shape) < most_px
    assert correlation(first, second, found.matrix) > correlation(first, second, np.eye(3)) - 0.01


def correlation(first: np.ndarray, second: np.ndarray, matrix: np.ndarray) -> float:
    height, width = first.shape[:2]
    there = np.diag([width, height, 1.0]) @ matrix @ np.diag([1 / second.shape[1], 1 / second.shape[0], 1.0])
    one, two = (cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32) for picture in (first, second))
    moved = cv2.warpPerspective(two, there, (width, height))
    inside = cv2.warpPerspective(np.ones(two.shape, np.uint8), there, (width, height)) > 0
    return float(np.corrcoef(one[inside], moved[inside])[0, 1])


def test_strangers_have_nothing_in_common(photos_dir: Path, photo):
    for name in ("landscape", "nature", "text", "series_tree"):
        other = rgb(sorted((photos_dir / name).glob("*.[jJ]*"))[0])
        assert laid(photo, other) is None, name


def test_a_picture_without_features_lies_as_it_is_over_its_copy():
    sky = np.tile(np.linspace(90, 200, 600)[:, None, None], (1, 900, 3)).astype(np.uint8)
    found = laid(sky, sky)
    assert found is not None
    assert np.array_equal(found.matrix, np.eye(3))


def test_what_differs_is_what_moved_and_exposure_can_be_explained_away(photo):
    brighter = np.clip(photo.astype(np.float32) * 1.15 + 8, 0, 255).astype(np.uint8)
    changed = brighter.copy()
    changed[100:200, 300:420] = (255, 0, 255)
    plain = differing(photo, changed, np.eye(3), exposure_explained=False)
    explained = differing(photo, changed, np.eye(3), exposure_explained=True)
    share = 100 * 120 / (photo.shape[0] * photo.shape[1])
    assert plain.share_from(20) > 0.5
    assert explained.share_from(40) == pytest.approx(share, rel=0.35)
    assert explained.levels[150, 350] > 60
    crop = photo[:, : photo.shape[1] // 2]
    half = np.array([[0.5, 0, 0], [0, 1, 0], [0, 0, 1]])
    assert differing(photo, crop, half, exposure_explained=False).share_from(16) < 0.01


def test_the_edge_of_what_both_show_is_no_difference():
    bright = np.full((240, 320, 3), 230, np.uint8)
    to_the_side = np.array([[1.0, 0, 0.2], [0, 1, 0.1], [0, 0, 1]])
    found = differing(bright, bright.copy(), to_the_side, exposure_explained=False)
    assert found.counts[0] == found.counts.sum() > 0
