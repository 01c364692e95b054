"""All photos as arrays: one query, one array a column, no object a photo.

Rows are taken in blocks: one call over 100,000 rows would keep every other thread, the window's too, waiting for as long
as it takes, and hold two million Python objects at once.
"""

import json
import os
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinlens.catalog.changes import CHANGED_PHOTOS
from twinlens.catalog.connection import Connection, Row, Value
from twinlens.catalog.protection import read_protection
from twinlens.catalog.signs import signs_of
from twinlens.catalog.stored_photos import StoredPhotos
from twinlens.domain.columns import Int16Array, Int32Array, PhotoColumns
from twinlens.domain.fingerprint import Int64Array, UInt8Array
from twinlens.domain.managed import MANAGED, managing_application
from twinlens.domain.photo import PhotoId
from twinlens.domain.traces import SPECTRUM_BANDS

LOSSLESS_FORMATS = ("PNG", "TIFF", "BMP", "DIB", "GIF", "PPM", "TGA", "PCX", "SGI", "QOI", "DDS", "ICNS", "SUN", "MSP")

_COLUMNS = f"""
SELECT p.id, p.size_bytes, p.width_px, p.height_px, p.mtime_ns * 1e-9, p.taken_us * 1e-6, p.has_subseconds,
       p.sharpness, coalesce(p.jpeg_quality, -1), p.field_count, coalesce(p.rating, 0),
       p.format = 'RAW', p.format IN {LOSSLESS_FORMATS}, p.inode, coalesce(t.earlier_quality, -1),
       p.camera, p.volume, t.spectrum, p.software, coalesce(p.library_tables, -1), coalesce(p.recorded_width_px, 0),
       coalesce(p.recorded_height_px, 0), p.content, p.pixels, p.relative_path
FROM photos p LEFT JOIN traces t ON t.photo_id = p.id WHERE p.away = 0
"""  # noqa: S608 - fixed text
_TYPES = {
    "photo_id": np.int64,
    "size_bytes": np.int64,
    "width_px": np.int32,
    "height_px": np.int32,
    "mtime_s": np.float64,
    "taken_s": np.float64,
    "has_subseconds": np.bool_,
    "sharpness": np.float32,
    "jpeg_quality": np.int16,
    "field_count": np.int16,
    "rating": np.int16,
    "is_raw": np.bool_,
    "is_lossless": np.bool_,
    "inode": np.int64,
    "earlier_quality": np.int16,
}
_ALL = f"{_COLUMNS} ORDER BY p.id"
_SOME = f"{_COLUMNS} AND p.id IN (SELECT value FROM json_each(?)) ORDER BY p.id"  # noqa: S608 - fixed text
_CHANGED = f"{_COLUMNS} AND p.id {CHANGED_PHOTOS} ORDER BY p.id"
_NO_HASH = bytes(16)
_NO_SPECTRUM = bytes(SPECTRUM_BANDS)


class _Numbers:
    """A number for each text met, from 0 in the order of meeting; -1 for None."""

    def __init__(self) -> None:
        self.of: dict[str, int] = {}

    def take(self, texts: Sequence[str | None]) -> Int32Array:
        for text in dict.fromkeys(texts):
            if text is not None:
                self.of.setdefault(text, len(self.of))
        return np.fromiter((-1 if text is None else self.of[text] for text in texts), np.int32, len(texts))


def _managed(paths: Sequence[bytes]) -> NDArray[np.bool_]:
    """Which of these lie in the library of another application: nearly always none, which one look tells."""
    joined = b"\n".join(paths).lower()
    if not any(suffix.encode() in joined for suffix in MANAGED):
        return np.zeros(len(paths), np.bool_)
    folders = (os.fsdecode(os.path.dirname(path)) for path in paths)
    return np.fromiter((managing_application(folder) is not None for folder in folders), np.bool_, len(paths))


class _Collected:
    """Blocks of rows on their way to arrays."""

    def __init__(self) -> None:
        self._parts: list[list[NDArray[Any]]] = [[np.zeros(0, kind)] for kind in _TYPES.values()]
        self._camera: list[Int32Array] = [np.zeros(0, np.int32)]
        self._volume: list[Int32Array] = [np.zeros(0, np.int32)]
        self._content: list[Int64Array] = [np.zeros((0, 2), np.int64)]
        self._pixels: list[Int64Array] = [np.zeros((0, 2), np.int64)]
        self._has_pixels: list[NDArray[np.bool_]] = [np.zeros(0, np.bool_)]
        self._managed: list[NDArray[np.bool_]] = [np.zeros(0, np.bool_)]
        self._lengths: list[Int64Array] = [np.zeros(0, np.int64)]
        self._paths: list[bytes] = []
        self._signs: list[Int16Array] = [np.zeros(0, np.int16)]
        self._spectra: list[UInt8Array] = [np.zeros((0, SPECTRUM_BANDS), np.uint8)]
        self._cameras, self._volumes = _Numbers(), _Numbers()

    def take(self, block: list[Row]) -> None:
        columns: list[Sequence[Any]] = list(zip(*block, strict=True))
        for parts, kind, values in zip(self._parts, _TYPES.values(), columns, strict=False):
            parts.append(np.array(values, kind))
        camera, volume, spectra, *about, content, pixels, paths = columns[len(_TYPES) :]
        joined = b"".join(spectrum or _NO_SPECTRUM for spectrum in spectra)
        self._spectra.append(np.frombuffer(joined, np.uint8).reshape(-1, SPECTRUM_BANDS))
        self._signs.append(signs_of(about, columns[2], columns[3], paths))
        self._camera.append(self._cameras.take(camera))
        self._volume.append(self._volumes.take(volume))
        self._content.append(_halves(content))
        self._pixels.append(_halves([hash_ or _NO_HASH for hash_ in pixels]))
        self._has_pixels.append(np.fromiter((hash_ is not None for hash_ in pixels), np.bool_, len(pixels)))
        self._managed.append(_managed(paths))
        self._lengths.append(np.fromiter(map(len, paths), np.int64, len(paths)))
        self._paths.append(b"".join(paths))

    def stored(self) -> StoredPhotos:
        """What was taken."""
        lengths = np.concatenate(self._lengths)
        ends = np.cumsum(lengths)
        plain: dict[str, Any] = {name: np.concatenate(parts) for name, parts in zip(_TYPES, self._parts, strict=True)}
        return StoredPhotos(
            **plain,
            camera=np.concatenate(self._camera),
            volume=np.concatenate(self._volume),
            content=np.concatenate(self._content),
            pixels=np.concatenate(self._pixels),
            has_pixels=np.concatenate(self._has_pixels),
            managed=np.concatenate(self._managed),
            signs=np.concatenate(self._signs),
            spectrum=np.concatenate(self._spectra),
            path_start=ends - lengths,
            path_end=ends,
            cameras=tuple(self._cameras.of),
            volumes=tuple(self._volumes.of),
            relative_paths=b"".join(self._paths),
        )


def _halves(hashes: Sequence[bytes]) -> Int64Array:
    return np.frombuffer(b"".join(hashes), np.int64).reshape(-1, 2)


def read_photos(connection: Connection, ids: Sequence[PhotoId] | None = None) -> StoredPhotos:
    """All photos of the catalog, or these."""
    return _read(connection, _ALL) if ids is None else _read(connection, _SOME, json.dumps([int(id_) for id_ in ids]))


def read_changed_photos(connection: Connection, since: int) -> StoredPhotos:
    """The photos that came or changed after this moment."""
    return _read(connection, _CHANGED, since)


def read_places(connection: Connection) -> dict[str, tuple[str, bool]]:
    """The mount point of each volume, and whether it is online."""
    rows = connection.rows("SELECT id, mount_point, online FROM volumes")
    return {id_: (os.fsdecode(mount_point), bool(online)) for id_, mount_point, online in rows}


def load_photo_columns(connection: Connection, ids: Sequence[PhotoId] | None = None) -> PhotoColumns:
    """All photos of the catalog, or these."""
    with connection.snapshot():
        return read_photos(connection, ids).columns(read_places(connection), read_protection(connection))


def _read(connection: Connection, query: str, *values: Value) -> StoredPhotos:
    collected = _Collected()
    for block in connection.blocks(query, values):
        collected.take(block)
    return collected.stored()
