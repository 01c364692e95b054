"""The library as columns: what grouping needs of 100,000 photos without 100,000 objects."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct, field
from msgspec.structs import force_setattr
from numpy.typing import NDArray

from twinlens.domain.difference import Change, Difference
from twinlens.domain.fingerprint import Float32Array, Int64Array, UInt8Array, UInt64Array
from twinlens.domain.traces import SPECTRUM_BANDS

Int8Array = NDArray[np.int8]
Int16Array = NDArray[np.int16]
Int32Array = NDArray[np.int32]
Float64Array = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
HistogramArray = NDArray[np.float16] | NDArray[np.float32]

DIFFERENCE = np.dtype(
    [
        ("affine", "<f4", (6,)),
        ("first_shared", "<f4"),
        ("second_shared", "<f4"),
        ("first_border", "<f4"),
        ("second_border", "<f4"),
        ("changes", "<u4"),
    ]
)


def no_differences(count: int) -> NDArray[np.void]:
    """Rows of ``DIFFERENCE`` of which nothing is known: all zero, which no two pictures that share anything are."""
    return np.zeros(count, DIFFERENCE)


def difference_row(difference: Difference | None) -> NDArray[np.void]:
    """One row of ``DIFFERENCE``, an array of length 1; zeros for None."""
    row = no_differences(1)
    if difference is not None:
        shares = (difference.first_shared, difference.second_shared)
        borders = (difference.first_border, difference.second_border)
        row[0] = (difference.affine, *shares, *borders, int(difference.changes))
    return row


def difference_of(row: np.void) -> Difference | None:
    """One row as a value; None where nothing is known."""
    if not row["first_shared"] > 0:
        return None
    a, b, c, d, e, f = (float(value) for value in row["affine"])
    return Difference(
        (a, b, c, d, e, f),
        float(row["first_shared"]),
        float(row["second_shared"]),
        float(row["first_border"]),
        float(row["second_border"]),
        Change(int(row["changes"])),
    )


class PhotoColumns(Struct, frozen=True):
    """All photos of a library, one row each, ascending by ``photo_id``. Every array has n rows.

    ``content_key``, ``pixel_key``: int64, equal numbers mean equal hashes; ``pixel_key`` is -1 where it is not known.
    ``taken_s``: float64 seconds since 1970 in camera time, NaN where unknown. ``camera_key``: int32, -1 where unknown.
    ``jpeg_quality``: int16, -1 where it does not apply. ``field_count``: int16 metadata fields.
    ``file_key``: int64, equal numbers mean one file under several names (hard links); -1 for a file with one known name.
    ``managed``: it lies in a library of another application, which would miss it. ``protected``: in a protected folder.
    ``is_raw``, ``is_lossless``: whether the format holds sensor data, or loses nothing. ``online``: its volume is there.
    ``paths`` are absolute. ``signs``: int16, bits of ``Sign``. ``earlier_quality``: int16, of a JPEG that the photo was made
    from, -1 where none is known; ``spectrum``: uint8 [n, 32] as in ``Traces``, zeros where it was not looked at.
    """

    photo_id: Int64Array
    size_bytes: Int64Array
    width_px: Int32Array
    height_px: Int32Array
    mtime_s: Float64Array
    taken_s: Float64Array
    has_subseconds: BoolArray
    camera_key: Int32Array
    content_key: Int64Array
    pixel_key: Int64Array
    sharpness: Float32Array
    jpeg_quality: Int16Array
    field_count: Int16Array
    rating: Int16Array
    is_raw: BoolArray
    is_lossless: BoolArray
    online: BoolArray
    file_key: Int64Array
    managed: BoolArray
    paths: Sequence[str]
    signs: Int16Array = field(default_factory=lambda: np.zeros(0, np.int16))
    earlier_quality: Int16Array = field(default_factory=lambda: np.zeros(0, np.int16))
    spectrum: UInt8Array = field(default_factory=lambda: np.zeros((0, SPECTRUM_BANDS), np.uint8))
    protected: BoolArray = field(default_factory=lambda: np.zeros(0, np.bool_))

    def __post_init__(self) -> None:
        n = len(self.photo_id)
        for name, empty in (
            ("signs", np.zeros(n, np.int16)),
            ("earlier_quality", np.full(n, -1, np.int16)),
            ("spectrum", np.zeros((n, SPECTRUM_BANDS), np.uint8)),
            ("protected", np.zeros(n, np.bool_)),
        ):
            if len(getattr(self, name)) != n:
                force_setattr(self, name, empty)

    def may_go(self, rows: Int64Array | slice = slice(None)) -> BoolArray:
        """Whether removing these photos frees their bytes and harms nobody: not where the file has another name, nor where
        another application keeps it, nor where the user has locked the folder.
        """
        return (self.file_key[rows] < 0) & ~self.managed[rows] & ~self.protected[rows]

    def __len__(self) -> int:
        return len(self.photo_id)

    def rows_of(self, photo_ids: Int64Array) -> Int64Array:
        """Row numbers of these photos; raises KeyError when one is not in the library."""
        rows = np.searchsorted(self.photo_id, photo_ids)
        if len(self) == 0 and len(photo_ids):
            raise KeyError(f"photos {photo_ids.tolist()} are not in the library")
        if np.any(self.photo_id[np.minimum(rows, len(self) - 1)] != photo_ids):
            raise KeyError(f"not all of the photos {photo_ids.tolist()} are in the library")
        return rows.astype(np.int64)


class RelationColumns(Struct, frozen=True):
    """Stored relations, one row each: same-shot, edited and burst (identity follows from the hashes and is not stored).

    ``first_row``, ``second_row``: rows in the ``PhotoColumns`` loaded with them. ``class_rank``: ``PhotoClass.rank``.
    ``transform_code``: ``Transform.code``. ``gap_s``, ``aligned_error``: NaN where unknown. ``difference``: rows of
    ``DIFFERENCE`` (see ``difference_of``), zeros where unknown.
    """

    first_row: Int64Array
    second_row: Int64Array
    class_rank: Int8Array
    score: Float32Array
    transform_code: Int8Array
    coverage: Float32Array
    gap_s: Float32Array
    aligned_error: Float32Array
    difference: NDArray[np.void] = field(default_factory=lambda: no_differences(0))

    def __post_init__(self) -> None:
        if len(self.difference) != len(self.first_row):
            force_setattr(self, "difference", no_differences(len(self.first_row)))

    def __len__(self) -> int:
        return len(self.first_row)


class FingerprintColumns(Struct, frozen=True):
    """Prefilter fingerprints of all photos, ascending by ``photo_id``.

    ``perceptual``: uint64 [n, 8] (see ``Fingerprints``). ``histogram``: [n, 96], float16 where it comes from the catalog,
    which moves no similarity by more than 0.001 and halves the memory.
    """

    photo_id: Int64Array
    perceptual: UInt64Array
    histogram: HistogramArray
