"""A photo: one image file on disk, where it is and what its header says."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

from msgspec import Struct

PhotoId = NewType("PhotoId", int)
VolumeId = NewType("VolumeId", str)


class FileStamp(Struct, frozen=True):
    """What ``stat`` says of a file: equal stamps mean that the file need not be read again."""

    size_bytes: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class Volume:
    """A file system, known by its own identity and not by where it is mounted today.

    ``inodes_last``: whether a file keeps its inode while it stays the same file; without that, inodes say nothing.
    """

    id: VolumeId
    label: str
    mount_point: str
    inodes_last: bool = field(default=True, compare=False)


class ShotMetadata(Struct, frozen=True):
    """What the file says of the exposure. Unknown values are None, never a made-up default.

    ``taken`` is the camera's local time without a zone, with microseconds where ``has_subseconds``.
    ``orientation`` is the EXIF value 1 to 8 as stored; decoded pixels are already turned by it.
    """

    taken: datetime | None = None
    has_subseconds: bool = False
    camera: str | None = None
    lens: str | None = None
    exposure_s: float | None = None
    aperture_f: float | None = None
    iso: int | None = None
    focal_length_mm: float | None = None
    exposure_bias_ev: float | None = None
    latitude_deg: float | None = None
    longitude_deg: float | None = None
    rating: int | None = None
    software: str | None = None
    orientation: int = 1
    field_count: int = 0  # how many metadata fields the file carries: the richer copy is the better keeper
    recorded_width_px: int | None = None  # of the picture as the camera wrote it: a copy keeps it when it is resized
    recorded_height_px: int | None = None


class ImageFacts(Struct, frozen=True):
    """What a decode learns of an image beside its pixels. Width and height are those of the upright, full picture.

    ``from_preview``: the pixels are those of a preview inside the file that was proven to show the main picture, so that
    equal main pictures need not have come to equal thumbnails. ``library_tables``: whether the quantisation tables of a
    JPEG are those that most programs write, and few cameras; None for other formats.
    """

    format: str  # as Pillow names it: "JPEG", "PNG", "HEIF", "RAW" ...
    width_px: int
    height_px: int
    bits_per_channel: int
    frame_count: int
    jpeg_quality: int | None = None  # estimated from the quantisation tables, 1 to 100
    from_preview: bool = False
    library_tables: bool | None = None


class Photo(Struct, frozen=True):
    """One catalogued photo.

    ``path`` is absolute; bytes that are no UTF-8 are carried as surrogate escapes (PEP 383).
    ``content`` is the 16-byte hash of the file; ``pixels`` the 16-byte hash of the decoded picture, None until needed.
    ``protected``: it lies in a folder whose photos are never removed.
    """

    id: PhotoId
    path: str
    volume: VolumeId
    stamp: FileStamp
    facts: ImageFacts
    metadata: ShotMetadata
    content: bytes
    pixels: bytes | None
    sharpness: float | None
    online: bool
    protected: bool = False
