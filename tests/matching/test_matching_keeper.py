"""The suggested keeper: what a photographer would keep, and why."""

import numpy as np
import pytest
from msgspec.structs import replace

from twinlens.domain.columns import PhotoColumns
from twinlens.matching.keeper import explain_keeper, keeper_order


def pair(**values: list[object]) -> PhotoColumns:
    """Two photos alike in all but ``values``; the first is the one to keep."""
    same = PhotoColumns(
        photo_id=np.array([1, 2]),
        size_bytes=np.array([1000, 1000]),
        width_px=np.array([4000, 4000], np.int32),
        height_px=np.array([3000, 3000], np.int32),
        mtime_s=np.array([1e9, 1e9]),
        taken_s=np.array([np.nan, np.nan]),
        has_subseconds=np.zeros(2, np.bool_),
        camera_key=np.array([-1, -1], np.int32),
        content_key=np.array([0, 1]),
        pixel_key=np.array([-1, -1]),
        sharpness=np.array([1.0, 1.0], np.float32),
        jpeg_quality=np.array([90, 90], np.int16),
        field_count=np.array([3, 3], np.int16),
        rating=np.zeros(2, np.int16),
        is_raw=np.zeros(2, np.bool_),
        is_lossless=np.zeros(2, np.bool_),
        online=np.ones(2, np.bool_),
        file_key=np.full(2, -1),
        managed=np.zeros(2, np.bool_),
        paths=["/photos/b.jpg", "/photos/a.jpg"],
    )
    arrays = {name: np.asarray(value, getattr(same, name).dtype) for name, value in values.items() if name != "paths"}
    return replace(same, **arrays, **{name: value for name, value in values.items() if name == "paths"})


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (pair(is_raw=[True, False]), "the RAW original"),
        (pair(camera_key=[0, -1], taken_s=[1.0, np.nan], width_px=[3000, 4000]), "the camera original with metadata"),
        (pair(width_px=[4000, 2000]), "larger: 4000 x 3000 instead of 2000 x 3000"),
        (pair(jpeg_quality=[95, 60]), "JPEG quality 95, not 60"),
        (pair(size_bytes=[2000, 1000]), "stored with more detail"),
        (pair(size_bytes=[2000, 1000], pixel_key=[7, 7]), "the larger file"),
        (pair(field_count=[40, 3], size_bytes=[900, 1000]), "richer in metadata"),
        (pair(is_lossless=[True, False], jpeg_quality=[-1, 95]), "stored without loss"),
        (
            pair(is_lossless=[False, True], jpeg_quality=[80, -1], pixel_key=[7, 7], size_bytes=[1, 9]),
            "not a conversion",
        ),
        (pair(file_key=[3, -1], mtime_s=[2e9, 1e9]), "a file with several names"),
        (pair(managed=np.array([True, False]), mtime_s=[2e9, 1e9]), "kept by another application"),
        (pair(mtime_s=[1e9, 1e9 + 3600]), "the older file"),
        (pair(mtime_s=[1e9 + 1, 1e9], paths=["/p/a.jpg", "/p/backup/a.jpg"]), "the one with the shorter path"),
    ],
)
def test_the_better_photo_is_kept_and_said_to_be(columns: PhotoColumns, words: str):
    assert keeper_order(columns).tolist() == [0, 1]
    assert words in explain_keeper(columns, 0, np.array([1]))
