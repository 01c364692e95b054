"""All photos as arrays: one query, one array a column, no object a photo.

Rows are taken in blocks: one call over 100,000 rows would keep every other thread, the window's too, waiting for as long
as it takes, and hold two million Python objects at once.
"""

import json
import os
from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinlens.catalog.connection import Connection, Row
from twinlens.catalog.path_column import PathColumn
from twinlens.domain.columns import Int32Array, PhotoColumns
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.managed import MANAGED, managing_application
from twinlens.domain.photo import PhotoId

LOSSLESS_FORMATS = ("PNG", "TIFF", "BMP", "DIB", "GIF", "PPM", "TGA", "PCX", "SGI", "QOI", "DDS", "ICNS", "SUN", "MSP")

_COLUMNS = f"""
SELECT p.id, p.size_bytes, p.width_px, p.height_px, p.mtime_ns * 1e-9, p.taken_us * 1e-6, p.has_subseconds,
       p.sharpness, coalesce(p.jpeg_quality, -1), p.field_count, coalesce(p.rating, 0),
       p.format = 'RAW', p.format IN {LOSSLESS_FORMATS}, p.inode, p.camera, p.volume, p.content, p.pixels, p.relative_path
FROM photos p WHERE p.away = 0
"""  # noqa: S608 - fixed text
_TYPES = (
    *(np.int64, np.int64, np.int32, np.int32, np.float64, np.float64, np.bool_),
    *(np.float32, np.int16, np.int16, np.int16, np.bool_, np.bool_, np.int64),
)
_ALL = f"{_COLUMNS} ORDER BY p.id"
_SOME = f"{_COLUMNS} AND p.id IN (SELECT value FROM json_each(?)) ORDER BY p.id"  # noqa: S608 - fixed text


class _Numbers:
    """A number for each value met, from 0 in the order of meeting; -1 for None."""

    def __init__(self) -> None:
        self.of: dict[Hashable, int] = {}

    def take(self, values: Sequence[Hashable]) -> Int32Array:
        for value in dict.fromkeys(values):
            if value is not None:
                self.of.setdefault(value, len(self.of))
        return np.fromiter((self.of.get(value, -1) for value in values), np.int32, len(values))


class _Hashes:
    """16-byte hashes, of which some are None."""

    def __init__(self) -> None:
        self._known: list[NDArray[np.bool_]] = []
        self._halves: list[Int64Array] = []

    def take(self, hashes: Sequence[bytes | None]) -> None:
        self._known.append(np.fromiter((hash_ is not None for hash_ in hashes), np.bool_, len(hashes)))
        self._halves.append(np.frombuffer(b"".join(filter(None, hashes)), np.int64).reshape(-1, 2))

    def keys(self) -> Int64Array:
        """A number for each, equal ones for equal hashes, -1 for None."""
        known = np.concatenate([np.zeros(0, np.bool_), *self._known])
        halves = np.concatenate([np.zeros((0, 2), np.int64), *self._halves])
        keys = np.full(len(known), -1, np.int64)
        if len(halves):
            order = np.lexsort(halves.T)
            ordered = halves[order]
            is_new = np.concatenate(([False], np.any(ordered[1:] != ordered[:-1], axis=1)))
            numbers = np.empty(len(halves), np.int64)
            numbers[order] = np.cumsum(is_new)
            keys[known] = numbers
        return keys


def _file_keys(inode: Int64Array, volume: Int32Array, size_bytes: Int64Array, content_key: Int64Array) -> Int64Array:
    """A number for each file that has several names here, -1 for all others; an inode of 0 says nothing."""
    keys = np.full(len(inode), -1, np.int64)
    _, back, counts = np.unique(inode, return_inverse=True, return_counts=True)
    shared = np.flatnonzero((counts[back] > 1) & (inode != 0))  # few, as a rule
    if len(shared):
        what = np.stack([inode[shared], volume[shared], size_bytes[shared], content_key[shared]])
        _, numbers, names = np.unique(what, axis=1, return_inverse=True, return_counts=True)
        numbers = numbers.reshape(-1)
        keys[shared] = np.where(names[numbers] > 1, numbers, -1)
    return keys


def _managed(paths: Sequence[bytes]) -> NDArray[np.bool_]:
    """Which of these lie in the library of another application: nearly always none, which one look tells."""
    joined = b"\n".join(paths).lower()
    if not any(suffix.encode() in joined for suffix in MANAGED):
        return np.zeros(len(paths), np.bool_)
    folders = (os.fsdecode(os.path.dirname(path)) for path in paths)
    return np.fromiter((managing_application(folder) is not None for folder in folders), np.bool_, len(paths))


class _Collected:
    """Blocks of rows on their way to columns."""

    def __init__(self) -> None:
        self._arrays: list[list[NDArray[Any]]] = [[np.zeros(0, kind)] for kind in _TYPES]
        self._camera: list[Int32Array] = [np.zeros(0, np.int32)]
        self._volume: list[Int32Array] = [np.zeros(0, np.int32)]
        self._lengths: list[Int64Array] = [np.zeros(0, np.int64)]
        self._paths: list[bytes] = []
        self._managed: list[NDArray[np.bool_]] = [np.zeros(0, np.bool_)]
        self._cameras, self._volumes = _Numbers(), _Numbers()
        self._content, self._pixels = _Hashes(), _Hashes()

    def take(self, block: list[Row]) -> None:
        columns: list[Sequence[Any]] = list(zip(*block, strict=True))
        for arrays, kind, values in zip(self._arrays, _TYPES, columns, strict=False):
            arrays.append(np.array(values, kind))
        camera, volume, content, pixels, paths = columns[len(_TYPES) :]
        self._camera.append(self._cameras.take(camera))
        self._volume.append(self._volumes.take(volume))
        self._content.take(content)
        self._pixels.take(pixels)
        self._lengths.append(np.fromiter(map(len, paths), np.int64, len(paths)))
        self._paths.append(b"".join(paths))
        self._managed.append(_managed(paths))

    def columns(self, volumes: dict[Hashable, tuple[str, bool]]) -> PhotoColumns:
        """What was taken, given mount point and whether it is online of each volume."""
        known = [volumes[id_] for id_ in self._volumes.of]
        root_of = np.concatenate(self._volume)
        joined = [np.concatenate(arrays) for arrays in self._arrays]
        content_key = self._content.keys()
        return PhotoColumns(
            photo_id=joined[0],
            size_bytes=joined[1],
            width_px=joined[2],
            height_px=joined[3],
            mtime_s=joined[4],
            taken_s=joined[5],
            has_subseconds=joined[6],
            camera_key=np.concatenate(self._camera),
            content_key=content_key,
            pixel_key=self._pixels.keys(),
            sharpness=joined[7],
            jpeg_quality=joined[8],
            field_count=joined[9],
            rating=joined[10],
            is_raw=joined[11],
            is_lossless=joined[12],
            online=np.array([online for _, online in known], np.bool_)[root_of],
            file_key=_file_keys(joined[13], root_of, joined[1], content_key),
            managed=np.concatenate(self._managed),
            paths=PathColumn(
                [root for root, _ in known], root_of, b"".join(self._paths), np.cumsum(np.concatenate(self._lengths))
            ),
        )


def load_photo_columns(connection: Connection, ids: Sequence[PhotoId] | None = None) -> PhotoColumns:
    """All photos of the catalog, or these."""
    collected = _Collected()
    with connection.snapshot():
        query, values = (_ALL, ()) if ids is None else (_SOME, (json.dumps([int(id_) for id_ in ids]),))
        for block in connection.blocks(query, values):
            collected.take(block)
        volumes = connection.rows("SELECT id, mount_point, online FROM volumes")
    return collected.columns({id_: (os.fsdecode(mount_point), bool(online)) for id_, mount_point, online in volumes})
