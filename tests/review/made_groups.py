"""Lists of groups made of numbers alone, of any size: for what is done with columns."""

from collections.abc import Sequence

import numpy as np

from twinlens.domain.columns import PhotoColumns, RelationColumns
from twinlens.domain.group import GroupQuery, GroupRows
from twinlens.domain.relation import PhotoClass
from twinlens.review.data import ReviewData
from twinlens.review.duplicates import GroupList

CAMERAS = ("Canon EOS R5", "Nikon D3200", "Pixel 8")
FOLDERS = ("/photos/2", "/photos/10", "/photos/10/Lake", "/phötos/Été")
DAY_S = 86400.0


def made_groups(
    sizes: Sequence[int], seed: int = 0, photo_class: PhotoClass = PhotoClass.SAME_SHOT, known_times: float = 0.8
) -> GroupList:
    """Groups of these sizes; bytes, scores, times, cameras and folders by chance, in few values so that many are equal."""
    random, count = np.random.default_rng(seed), int(sum(sizes))
    starts = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    rows = random.permutation(count).astype(np.int64)
    keeper = np.repeat(rows[starts[:-1]], np.diff(starts))
    via = np.full(count, -1, np.int64)
    others = np.setdiff1d(np.arange(count), starts[:-1])
    via[others] = np.arange(len(others))
    relations = RelationColumns(
        keeper[others],
        rows[others],
        np.full(len(others), photo_class.rank, np.int8),
        random.choice([0.75, 0.9, 0.95], len(others)).astype(np.float32),
        np.zeros(len(others), np.int8),
        np.ones(len(others), np.float32),
        np.full(len(others), np.nan, np.float32),
        np.full(len(others), np.nan, np.float32),
    )
    photos = made_photos(count, random, known_times)
    data = ReviewData(photos, relations, np.zeros((0, 2), np.int64), np.arange(count), cameras=CAMERAS)
    return GroupList(data, GroupRows(GroupQuery(photo_class), starts, rows, via, keeper))


def made_photos(count: int, random: np.random.Generator, known_times: float) -> PhotoColumns:
    taken = random.integers(0, 5, count) * DAY_S + 3600
    return PhotoColumns(
        photo_id=np.arange(count) * 3 + 7,
        size_bytes=random.integers(1, 4, count) * 1000,
        width_px=np.full(count, 640, np.int32),
        height_px=np.full(count, 480, np.int32),
        mtime_s=np.zeros(count),
        taken_s=np.where(random.random(count) < known_times, taken, np.nan),
        has_subseconds=np.zeros(count, np.bool_),
        camera_key=random.integers(-1, len(CAMERAS), count).astype(np.int32),
        content_key=np.arange(count),
        pixel_key=np.full(count, -1),
        sharpness=np.ones(count, np.float32),
        jpeg_quality=np.full(count, 90, np.int16),
        field_count=np.zeros(count, np.int16),
        rating=np.zeros(count, np.int16),
        is_raw=np.zeros(count, np.bool_),
        is_lossless=np.zeros(count, np.bool_),
        online=random.random(count) < 0.9,
        file_key=np.full(count, -1),
        managed=np.zeros(count, np.bool_),
        paths=[
            f"{FOLDERS[number]}/IMG_{row}.jpg" for row, number in enumerate(random.integers(0, len(FOLDERS), count))
        ],
    )
