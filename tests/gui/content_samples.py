"""Real photos as the panels see them, and a runner that runs when the test says so."""

import io
import os
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from twinlens.domain.group import Group, Mark, Member, Suggestion
from twinlens.domain.photo import FileStamp, ImageFacts, Photo, PhotoId, ShotMetadata, VolumeId
from twinlens.domain.relation import PhotoClass, Relation, Transform

THUMBNAIL_SIDE_PX = 320


class PumpedRunner:
    """Keeps work until the test pumps it, on the test's own thread."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def start(self, work: Callable[[], None]) -> None:
        self.waiting.append(work)

    def finish(self) -> None:
        self.waiting.clear()

    def pump(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


@lru_cache(maxsize=1024)
def thumbnail(path: str) -> bytes:
    """The JPEG that the store would hold for this photo."""
    with Image.open(path) as image:
        image.draft("RGB", (THUMBNAIL_SIDE_PX, THUMBNAIL_SIDE_PX))
        upright = ImageOps.exif_transpose(image).convert("RGB")
        upright.thumbnail((THUMBNAIL_SIDE_PX, THUMBNAIL_SIDE_PX))
        buffer = io.BytesIO()
        upright.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


@lru_cache(maxsize=1024)
def upright_size(path: str) -> tuple[int, int]:
    with Image.open(path) as image:
        turned = image.getexif().get(0x0112, 1) >= 5
        return (image.height, image.width) if turned else image.size


def photo_of(path: str, photo_id: int, *, online: bool = True) -> Photo:
    """A catalogued photo for a real file."""
    width, height = upright_size(path)
    stat = os.stat(path)
    metadata = ShotMetadata(
        taken=datetime(2024, 6, 1, 14, 3, 7) + timedelta(seconds=photo_id),  # noqa: DTZ001 - camera time has no zone
        camera="Nikon D3200",
        exposure_s=1 / 250,
        aperture_f=2.8,
        iso=400,
        focal_length_mm=35,
    )
    stamp = FileStamp(stat.st_size, stat.st_mtime_ns, stat.st_ino)
    facts = ImageFacts("JPEG", width, height, 8, 1, jpeg_quality=92)
    return Photo(
        PhotoId(photo_id), path, VolumeId("test"), stamp, facts, metadata, bytes(16), None, sharpness=1.0, online=online
    )


class Shelf:
    """A small library: photos of real files, with the callables that the panels take."""

    def __init__(self, paths: Sequence[str]) -> None:
        self.photos = {number: photo_of(path, number) for number, path in enumerate(paths, 1)}
        self.fetched: list[list[int]] = []

    def lookup(self, photo_ids: Sequence[int]) -> dict[int, Photo]:
        return {photo_id: self.photos[photo_id] for photo_id in photo_ids if photo_id in self.photos}

    def all_fetched(self) -> list[int]:
        return [photo_id for batch in self.fetched for photo_id in batch]

    def fetch(self, photo_ids: list[int]) -> dict[int, bytes]:
        self.fetched.append(list(photo_ids))
        return {photo_id: thumbnail(self.photos[photo_id].path) for photo_id in photo_ids if photo_id in self.photos}


def jpegs(folder: Path, limit: int) -> list[str]:
    """Real photos below a folder, in a fixed order."""
    return sorted(str(path) for path in folder.rglob("*.[jJ][pP][gG]"))[:limit]


def group_of(
    photo_ids: Sequence[int],
    photo_class: PhotoClass = PhotoClass.SAME_SHOT,
    transforms: Sequence[Transform] = (),
    *,
    reclaimable_bytes: int = 4_200_000,
    keeper_reason: str = "larger than the other",
    scores: Sequence[float] = (),
) -> Group:
    """A group around the first photo, the others suggested for removal where their class allows it."""
    keeper, *others = (PhotoId(photo_id) for photo_id in photo_ids)
    rejected = Suggestion.REJECT if photo_class.may_be_preselected else Suggestion.NONE
    members = [Member(keeper, Suggestion.KEEP, keeper_reason, None)]
    for number, other in enumerate(others):
        transform = transforms[number] if number < len(transforms) else Transform.NONE
        score = scores[number] if number < len(scores) else 0.98
        gap_s = 0.4 * (number + 1) if photo_class is PhotoClass.BURST else None
        relation = Relation(min(keeper, other), max(keeper, other), photo_class, score, transform, gap_s=gap_s)
        members.append(Member(other, rejected, "the same exposure, compressed again", relation))
    return Group(f"{photo_class}-{keeper}", photo_class, tuple(members), reclaimable_bytes)


def pairs(count: int, start: int = 1) -> list[Group]:
    """Groups of two photos with consecutive ids."""
    return [group_of((start + 2 * number, start + 2 * number + 1)) for number in range(count)]


class LazyGroups(Sequence[Group]):
    """Groups made only when asked for, which counts how often that happens."""

    def __init__(self, count: int) -> None:
        self.total = count
        self.made = 0
        self.photo_count = 2 * count
        self.total_reclaimable_bytes = 3_000_000 * count

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, number: Any) -> Any:
        if isinstance(number, slice) or not 0 <= number < self.total:
            raise IndexError(number)
        self.made += 1
        return group_of((2 * number + 1, 2 * number + 2))

    def group_of(self, photo_id: int) -> int | None:
        number = (photo_id - 1) // 2
        return number if 0 <= number < self.total else None

    def groups_of(self, photo_ids: Any) -> Any:
        numbers = (photo_ids - 1) // 2
        return np.where((numbers >= 0) & (numbers < self.total), numbers, -1)


KEEP, REJECT = Mark.KEEP, Mark.REJECT
