"""A library over small files made on the spot: real bytes, real paths, real volume."""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from twinlens.domain.fingerprint import Fingerprints
from twinlens.domain.photo import FileStamp, ImageFacts, PhotoId, ShotMetadata
from twinlens.domain.picture import PhotoRecord
from twinlens.domain.plan import Plan, PlannedGroup, PlannedRemoval
from twinlens.domain.relation import PhotoClass, Transform
from twinlens.fingerprints.content import content_hash
from twinlens.library.open import Library
from twinlens.volumes.identity import relative_to_volume, volume_of

START_NS = 1_500_000_000_123_456_789


def picture(path: Path, number: int) -> str:
    """A small PNG that no other number gives, with a modification time of its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.random.default_rng(number).integers(0, 255, (12, 16, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(path, "PNG")
    os.utime(path, ns=(START_NS + number, START_NS + number))
    return str(path)


def catalogue(library: Library, paths: Sequence[str]) -> list[PhotoId]:
    catalog = library.catalog()
    volume = volume_of(paths[0])
    catalog.volumes.remember(volume)
    return catalog.photos.save([_record(path) for path in paths], None)


def _record(path: str) -> PhotoRecord:
    volume = volume_of(path)
    status = os.stat(path)
    return PhotoRecord(
        volume=volume.id,
        relative_path=relative_to_volume(path, volume),
        stamp=FileStamp(status.st_size, status.st_mtime_ns, status.st_ino),
        facts=ImageFacts("PNG", 16, 12, 8, 1),
        metadata=ShotMetadata(),
        content=content_hash(Path(path).read_bytes()),
        fingerprints=Fingerprints(np.zeros(8, np.uint64), np.full(96, 1 / 32, np.float32), 1.0),
        embedding=None,
        embedding_norm=None,
        thumbnail=b"",
    )


def removal(path: str, photo_class: PhotoClass = PhotoClass.IDENTICAL_FILE) -> PlannedRemoval:
    data = Path(path).read_bytes()
    return PlannedRemoval(path, len(data), content_hash(data).hex(), "A copy.", photo_class, 1.0, Transform.NONE)


def plan_of(*groups: tuple[Sequence[str], Sequence[str]], photo_class: PhotoClass = PhotoClass.IDENTICAL_FILE) -> Plan:
    """A plan of (kept paths, removed paths) pairs."""
    planned = [
        PlannedGroup(str(at), photo_class, tuple(keep), tuple(removal(path, photo_class) for path in remove))
        for at, (keep, remove) in enumerate(groups)
    ]
    return Plan("test", tuple(planned))


def tree(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Every file below: bytes, modification time, mode."""
    found = {}
    for root, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(root, name)
            status = os.lstat(path)
            found[path] = (Path(path).read_bytes(), status.st_mtime_ns, status.st_mode)
    return found
