"""All photos as arrays: one query, one array a column, no object a photo."""

import os
from collections.abc import Hashable, Iterator, Sequence
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from twinlens.catalog.connection import Connection
from twinlens.catalog.paths import absolute
from twinlens.domain.columns import Int32Array, PhotoColumns
from twinlens.domain.fingerprint import Int64Array

LOSSLESS_FORMATS = ("PNG", "TIFF", "BMP", "DIB", "GIF", "PPM", "TGA", "PCX", "SGI", "QOI", "DDS", "ICNS", "SUN", "MSP")

_QUERY = f"""
SELECT p.id, p.size_bytes, p.width_px, p.height_px, p.mtime_ns * 1e-9, p.taken_us * 1e-6, p.has_subseconds,
       p.camera, p.content, p.pixels, p.sharpness, coalesce(p.jpeg_quality, -1), p.field_count, coalesce(p.rating, 0),
       p.format = 'RAW', p.format IN {LOSSLESS_FORMATS}, p.volume, p.relative_path
FROM photos p WHERE p.away = 0 ORDER BY p.id
"""  # noqa: S608 - fixed text


class PathColumn(Sequence[str]):
    """The paths of many photos, put together and decoded only when one is asked for."""

    def __init__(self, roots: list[str], root_of: Int32Array, relative_paths: Sequence[bytes]) -> None:
        self._roots = roots
        self._root_of = root_of
        self._relative_paths = relative_paths

    def __len__(self) -> int:
        return len(self._relative_paths)

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> list[str]: ...
    def __getitem__(self, row: int | slice) -> str | list[str]:
        if isinstance(row, slice):
            return [self[k] for k in range(*row.indices(len(self)))]
        return absolute(self._roots[self._root_of[row]], os.fsdecode(self._relative_paths[row]))

    def __iter__(self) -> Iterator[str]:
        for row in range(len(self)):
            yield self[row]


def load_photo_columns(connection: Connection) -> PhotoColumns:
    """All photos of the catalog."""
    with connection.snapshot():
        rows = connection.rows(_QUERY)
        volumes = connection.rows("SELECT id, mount_point, online FROM volumes")
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * 18
    volume_key, volume_ids = _keys(columns[16])
    by_id = {id_: (os.fsdecode(mount_point), bool(online)) for id_, mount_point, online in volumes}
    known = [by_id[id_] for id_ in volume_ids]
    return PhotoColumns(
        photo_id=np.array(columns[0], np.int64),
        size_bytes=np.array(columns[1], np.int64),
        width_px=np.array(columns[2], np.int32),
        height_px=np.array(columns[3], np.int32),
        mtime_s=np.array(columns[4], np.float64),
        taken_s=np.array(columns[5], np.float64),
        has_subseconds=np.array(columns[6], np.bool_),
        camera_key=_keys(columns[7])[0],
        content_key=_hash_keys(columns[8]),
        pixel_key=_hash_keys(columns[9]),
        sharpness=np.array(columns[10], np.float32),
        jpeg_quality=np.array(columns[11], np.int16),
        field_count=np.array(columns[12], np.int16),
        rating=np.array(columns[13], np.int16),
        is_raw=np.array(columns[14], np.bool_),
        is_lossless=np.array(columns[15], np.bool_),
        online=np.array([online for _, online in known], np.bool_)[volume_key],
        paths=PathColumn([mount_point for mount_point, _ in known], volume_key, columns[17]),
    )


def _keys(values: Sequence[Hashable]) -> tuple[Int32Array, list[Any]]:
    """A number for each value, -1 for None, and the values in the order of their numbers."""
    ordered = {value: number for number, value in enumerate(v for v in dict.fromkeys(values) if v is not None)}
    return np.fromiter((ordered.get(value, -1) for value in values), np.int32, len(values)), list(ordered)


def _hash_keys(hashes: Sequence[bytes | None]) -> Int64Array:
    """A number for each 16-byte hash, equal ones for equal hashes, -1 for None."""
    present: NDArray[np.bool_] = np.fromiter((hash_ is not None for hash_ in hashes), np.bool_, len(hashes))
    keys = np.full(len(hashes), -1, np.int64)
    halves = np.frombuffer(b"".join(filter(None, hashes)), np.int64).reshape(-1, 2)
    if len(halves):
        order = np.lexsort(halves.T)
        ordered = halves[order]
        is_new = np.concatenate(([False], np.any(ordered[1:] != ordered[:-1], axis=1)))
        numbers = np.empty(len(halves), np.int64)
        numbers[order] = np.cumsum(is_new)
        keys[present] = numbers
    return keys
