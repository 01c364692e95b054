"""The rows of the photos as arrays, as they are stored: what columns are made of, and what changed rows are put into."""

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from twinlens.catalog.merging import merged_order
from twinlens.catalog.path_column import PathColumn
from twinlens.domain.columns import BoolArray, Float64Array, Int16Array, Int32Array, PhotoColumns
from twinlens.domain.fingerprint import Float32Array, Int64Array, UInt8Array
from twinlens.domain.photo import VolumeId
from twinlens.domain.protection import Protection

SPARE_PATHS = 4  # times the bytes that the paths need, before they are read again in one piece
_WHOLE = ("cameras", "volumes", "relative_paths")  # not a row each


class StoredPhotos(Struct, frozen=True):
    """One row a photo, ascending by ``photo_id``; see ``PhotoColumns`` for the columns of the same name.

    ``camera``, ``volume``: int32, the place in ``cameras`` and ``volumes``; -1 for no camera. ``content``, ``pixels``: int64
    [n, 2], the two halves of a hash; ``has_pixels``: whether the latter is known. ``path_start``, ``path_end``: where
    the path lies in ``relative_paths``.
    """

    photo_id: Int64Array
    size_bytes: Int64Array
    width_px: Int32Array
    height_px: Int32Array
    mtime_s: Float64Array
    taken_s: Float64Array
    has_subseconds: BoolArray
    sharpness: Float32Array
    jpeg_quality: Int16Array
    field_count: Int16Array
    rating: Int16Array
    is_raw: BoolArray
    is_lossless: BoolArray
    inode: Int64Array
    earlier_quality: Int16Array
    camera: Int32Array
    volume: Int32Array
    content: Int64Array
    pixels: Int64Array
    has_pixels: BoolArray
    managed: BoolArray
    signs: Int16Array
    spectrum: UInt8Array
    path_start: Int64Array
    path_end: Int64Array
    cameras: tuple[str, ...]
    volumes: tuple[str, ...]
    relative_paths: bytes

    def __len__(self) -> int:
        return len(self.photo_id)

    @property
    def is_wasteful(self) -> bool:
        """Whether most of the memory of the paths belongs to rows of the past."""
        return len(self.relative_paths) > SPARE_PATHS * int((self.path_end - self.path_start).sum()) + (1 << 16)

    def merged(self, changed: Sequence[int], now: "StoredPhotos") -> "StoredPhotos":
        """Without the rows of the ``changed`` photos, and with those of ``now`` instead, which are among them."""
        cameras, camera = _joined(self.cameras, now.cameras, now.camera)
        volumes, volume = _joined(self.volumes, now.volumes, now.volume)
        shift = len(self.relative_paths)
        added = replace(
            now, camera=camera, volume=volume, path_start=now.path_start + shift, path_end=now.path_end + shift
        )
        order = merged_order(self.photo_id, np.array(changed, np.int64), added.photo_id)
        arrays = {
            name: np.concatenate([getattr(self, name), getattr(added, name)])[order]
            for name in StoredPhotos.__struct_fields__
            if name not in _WHOLE
        }
        return StoredPhotos(
            **arrays, cameras=cameras, volumes=volumes, relative_paths=self.relative_paths + now.relative_paths
        )

    def columns(self, places: Mapping[str, tuple[str, bool]], protection: Protection) -> PhotoColumns:
        """The same as grouping wants it, given the mount point of each volume, whether it is online, and what is locked."""
        known = [places.get(volume, ("", False)) for volume in self.volumes]  # one that has left has no rows
        content_key = _keys(self.content, np.ones(len(self), np.bool_))
        paths = PathColumn(
            [(VolumeId(volume), root) for volume, (root, _) in zip(self.volumes, known, strict=True)],
            self.volume,
            self.relative_paths,
            self.path_start,
            self.path_end,
        )
        return PhotoColumns(
            photo_id=self.photo_id,
            size_bytes=self.size_bytes,
            width_px=self.width_px,
            height_px=self.height_px,
            mtime_s=self.mtime_s,
            taken_s=self.taken_s,
            has_subseconds=self.has_subseconds,
            camera_key=self.camera,
            content_key=content_key,
            pixel_key=_keys(self.pixels, self.has_pixels),
            sharpness=self.sharpness,
            jpeg_quality=self.jpeg_quality,
            field_count=self.field_count,
            rating=self.rating,
            is_raw=self.is_raw,
            is_lossless=self.is_lossless,
            online=np.array([online for _, online in known], np.bool_)[self.volume],
            file_key=_file_keys(self.inode, self.volume, self.size_bytes, content_key),
            managed=self.managed,
            paths=paths,
            signs=self.signs,
            earlier_quality=self.earlier_quality,
            spectrum=self.spectrum,
            protected=_protected(paths, protection),
        )


def _protected(paths: PathColumn, protection: Protection) -> BoolArray:
    """Which photos lie in a protected folder, asked once of each folder."""
    if not protection:
        return np.zeros(len(paths), np.bool_)
    folders = paths.folder_columns()
    covered = np.fromiter((protection.covers(*place) for place in folders.places), np.bool_, len(folders.places))
    return np.asarray(covered[folders.folder])


def _joined(
    values: tuple[str, ...], others: tuple[str, ...], numbers: Int32Array
) -> tuple[tuple[str, ...], Int32Array]:
    """Both together, and what the numbers of the others become among them; -1 stays."""
    joined = tuple(dict.fromkeys((*values, *others)))
    place = {value: at for at, value in enumerate(joined)}
    table = np.array([*(place[value] for value in others), -1], np.int32)
    return joined, table[numbers]


def _keys(halves: Int64Array, known: NDArray[np.bool_]) -> Int64Array:
    """A number for each hash, equal ones for equal hashes, -1 where none is known."""
    keys = np.full(len(known), -1, np.int64)
    hashes = halves[known]
    if len(hashes):
        order = np.lexsort(hashes.T)
        ordered = hashes[order]
        is_new = np.concatenate(([False], np.any(ordered[1:] != ordered[:-1], axis=1)))
        numbers = np.empty(len(hashes), np.int64)
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
