"""Photos made up for the tests of what is stored: no decoding, all values different."""

from datetime import datetime, timedelta
from typing import Any

import numpy as np
from msgspec.structs import replace

from twinlens.domain.fingerprint import Fingerprints, Float32Array
from twinlens.domain.photo import FileStamp, ImageFacts, ShotMetadata, Volume, VolumeId
from twinlens.domain.picture import PhotoRecord

VOLUME = VolumeId("uuid:0000-test")
MOUNTED = Volume(VOLUME, "CARD", "/media/card")
MODEL = "ab" * 32
DIMENSION = 16


def content(number: int) -> bytes:
    return number.to_bytes(16, "big")


def vector(number: int, dimension: int = DIMENSION) -> Float32Array:
    drawn = np.random.default_rng(number).standard_normal(dimension).astype(np.float32)
    return (drawn / np.linalg.norm(drawn)).astype(np.float32)


def photo_record(number: int, path: str | None = None, **changes: Any) -> PhotoRecord:
    rng = np.random.default_rng(number)
    record = PhotoRecord(
        volume=VOLUME,
        relative_path=path if path is not None else f"DCIM/IMG_{number:05d}.JPG",
        stamp=FileStamp(1000 + number, 1_600_000_000_123_456_789 + number, 2**64 - 1 - number),
        facts=ImageFacts("JPEG", 4000 + number, 3000, 8, 1, 92),
        metadata=ShotMetadata(
            taken=datetime.fromisoformat("2019-05-04T03:02:01.250") + timedelta(seconds=number),
            has_subseconds=True,
            camera="Fictive Model 1",
            lens="50 mm",
            exposure_s=1 / 125,
            aperture_f=2.8,
            iso=400,
            focal_length_mm=50.0,
            exposure_bias_ev=-0.3,
            latitude_deg=-12.5,
            longitude_deg=130.75,
            rating=4,
            software="Kamera 1.0 é",
            orientation=6,
            field_count=40 + number % 5,
        ),
        content=content(number),
        fingerprints=Fingerprints(
            rng.integers(0, 2**64, 8, dtype=np.uint64), rng.random(96, dtype=np.float32), 10.0 + number
        ),
        embedding=vector(number),
        embedding_norm=3.5,
        thumbnail=b"",
    )
    return replace(record, **changes)
