"""The row of a photo in the catalog, from and to values."""

import os
from datetime import datetime, timedelta

from twinlens.catalog.connection import Row, Value
from twinlens.catalog.paths import absolute, name_key, stamp_from, stamp_values
from twinlens.domain.photo import ImageFacts, Photo, PhotoId, ShotMetadata, VolumeId
from twinlens.domain.picture import PhotoRecord
from twinlens.domain.protection import Protection

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a camera's own time has no zone
_MICROSECOND = timedelta(microseconds=1)

_PLACE = ("volume", "relative_path")
_FILE = ("name_key", "size_bytes", "mtime_ns", "inode", "content")
_FACTS = (
    "format",
    "width_px",
    "height_px",
    "bits_per_channel",
    "frame_count",
    "jpeg_quality",
    "from_preview",
    "library_tables",
)
_EXPOSURE = ("exposure_s", "aperture_f", "iso", "focal_length_mm", "exposure_bias_ev", "latitude_deg", "longitude_deg")
_RECORDED = ("recorded_width_px", "recorded_height_px")
_SHOT = (
    "taken_us",
    "has_subseconds",
    "camera",
    "lens",
    *_EXPOSURE,
    "rating",
    "software",
    "orientation",
    "field_count",
    *_RECORDED,
)
SAVED_COLUMNS = (*_PLACE, *_FILE, *_FACTS, *_SHOT, "sharpness")

_REPLACED = ", ".join(f"{column} = excluded.{column}" for column in SAVED_COLUMNS[2:])

SAVE = (
    f"INSERT INTO photos ({', '.join(SAVED_COLUMNS)}) VALUES ({', '.join('?' * len(SAVED_COLUMNS))})"  # noqa: S608 - fixed text
    f" ON CONFLICT (volume, relative_path) DO UPDATE SET {_REPLACED}, away = 0,"
    " pixels = CASE WHEN photos.content = excluded.content THEN photos.pixels END"
    " RETURNING id"
)

SELECT = (
    "SELECT p.id, v.mount_point, v.online, p.volume, p.relative_path, p.size_bytes, p.mtime_ns, p.inode,"
    " p.content, p.pixels, p.sharpness,"
    " p.format, p.width_px, p.height_px, p.bits_per_channel, p.frame_count, p.jpeg_quality, p.from_preview,"
    " p.library_tables,"
    " p.taken_us, p.has_subseconds, p.camera, p.lens, p.exposure_s, p.aperture_f, p.iso, p.focal_length_mm,"
    " p.exposure_bias_ev, p.latitude_deg, p.longitude_deg, p.rating, p.software, p.orientation, p.field_count,"
    " p.recorded_width_px, p.recorded_height_px"
    " FROM photos p JOIN volumes v ON v.id = p.volume"
)


def values_of(record: PhotoRecord) -> tuple[Value, ...]:
    """The values of ``SAVED_COLUMNS``."""
    facts, shot = record.facts, record.metadata
    return (
        record.volume,
        os.fsencode(record.relative_path),
        name_key(record.relative_path),
        *stamp_values(record.stamp),
        record.content,
        facts.format,
        facts.width_px,
        facts.height_px,
        facts.bits_per_channel,
        facts.frame_count,
        facts.jpeg_quality,
        int(facts.from_preview),
        None if facts.library_tables is None else int(facts.library_tables),
        None if shot.taken is None else (shot.taken - EPOCH) // _MICROSECOND,
        int(shot.has_subseconds),
        _storable(shot.camera),
        _storable(shot.lens),
        shot.exposure_s,
        shot.aperture_f,
        shot.iso,
        shot.focal_length_mm,
        shot.exposure_bias_ev,
        shot.latitude_deg,
        shot.longitude_deg,
        shot.rating,
        _storable(shot.software),
        shot.orientation,
        shot.field_count,
        shot.recorded_width_px,
        shot.recorded_height_px,
        float(record.fingerprints.sharpness),
    )


def photo_from(row: Row, protection: Protection) -> Photo:
    """The photo of a row of ``SELECT``."""
    id_, mount_point, online, volume, relative_path, size, mtime, inode, content, pixels, sharpness = row[:11]
    name, width_px, height_px, bits, frames, quality, from_preview, tables = row[11:19]
    taken_us, has_subseconds, *shot = row[19:]
    library_tables = None if tables is None else bool(tables)
    below = os.fsdecode(relative_path)
    return Photo(
        id=PhotoId(id_),
        path=absolute(os.fsdecode(mount_point), below),
        volume=VolumeId(volume),
        stamp=stamp_from(size, mtime, inode),
        facts=ImageFacts(name, width_px, height_px, bits, frames, quality, bool(from_preview), library_tables),
        metadata=ShotMetadata(
            None if taken_us is None else EPOCH + timedelta(microseconds=taken_us), bool(has_subseconds), *shot
        ),
        content=content,
        pixels=pixels,
        sharpness=sharpness,
        online=bool(online),
        protected=bool(protection) and protection.covers(VolumeId(volume), below),
    )


def _storable(text: str | None) -> str | None:
    """Text of a file's header as SQLite takes it: no lone surrogates."""
    return None if text is None else text.encode("utf-8", "replace").decode("utf-8")
