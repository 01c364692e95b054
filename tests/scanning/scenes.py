"""Folders of real photos with variants, and what a scan of them told and left behind."""

import io
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageOps

from twinlens.domain.events import Event, PhotosCatalogued, ProblemFound, ScanFinished
from twinlens.domain.group import GroupQuery
from twinlens.domain.photo import PhotoId
from twinlens.domain.ports import GoOn, JobControl
from twinlens.domain.relation import PhotoClass
from twinlens.library.open import Library
from twinlens.review.data import load_review_data
from twinlens.review.duplicates import find_groups
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.pipeline import scan

WITHOUT_NETWORK = ScanOptions(embedding=False, threads=2)
WITH_NETWORK = ScanOptions(threads=2)

Look = dict[str, tuple[bytes, bytes | None]]
Ties = dict[tuple[str, str], tuple[str, str, float]]


@dataclass
class Listener:
    """Collects the events of a scan."""

    events: list[Event] = field(default_factory=list)

    def __call__(self, event: Event) -> None:
        self.events.append(event)

    def problems(self) -> dict[str, list[str]]:
        told: dict[str, list[str]] = {}
        for event in self.events:
            if isinstance(event, ProblemFound):
                told.setdefault(event.path, []).append(event.error)
        return told

    def catalogued(self) -> list[tuple[PhotoId, ...]]:
        return [event.photo_ids for event in self.events if isinstance(event, PhotosCatalogued)]


def scanned(
    library: Library,
    *roots: Path,
    options: ScanOptions = WITHOUT_NETWORK,
    control: JobControl | None = None,
    listener: Listener | None = None,
) -> ScanFinished:
    return scan(library, [str(root) for root in roots], options, control or GoOn(), listener or Listener())


def small_photos(photos_dir: Path, count: int) -> list[Path]:
    """Small real photos that have nothing to do with one another."""
    return sorted((photos_dir / "caltech101").rglob("*.jpg"))[::6][:count]


def make_album(photos_dir: Path, folder: Path, count: int = 40) -> None:
    """``count`` real photos; of the first eight a copy, a turned, a smaller and a re-encoded version, and PNGs of two."""
    for number, source in enumerate(small_photos(photos_dir, count)):
        place = folder / f"day{number // 10}" / f"IMG_{number:04d}.jpg"
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)
        if number >= 8:
            continue
        with Image.open(source) as opened:
            picture = opened.convert("RGB")
        variants = folder / "variants"
        variants.mkdir(exist_ok=True)
        shutil.copyfile(source, variants / f"copy {number}.jpg")
        picture.transpose(Image.Transpose.ROTATE_90).save(variants / f"turned {number}.jpg", quality=92)
        ImageOps.scale(picture, 0.7).save(variants / f"smaller {number}.jpg", quality=90)
        picture.save(variants / f"again {number}.jpg", quality=70)
        if number < 2:
            picture.save(variants / f"lossless {number}.png")


def noise_jpeg(seed: int) -> bytes:
    """A small JPEG that no other seed gives."""
    out = io.BytesIO()
    picture = Image.effect_mandelbrot((96, 64), (-2.0 + seed / 40, -1.2, 1.0, 1.2 + seed / 60), 60).convert("RGB")
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def put(path: Path, seed: int) -> Path:
    """A small photo of its own at this place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(noise_jpeg(seed))
    return path


def look_of(library: Library) -> Look:
    """Every photo: its content and pixel hash."""
    catalog = library.catalog()
    ids = [PhotoId(i) for i in catalog.photos.columns().photo_id.tolist()]
    return {photo.path: (photo.content, photo.pixels) for photo in catalog.photos.get_many(ids)}


def ties_of(library: Library) -> Ties:
    """Every stored relation by the paths of its two photos."""
    catalog = library.catalog()
    ids = [PhotoId(i) for i in catalog.photos.columns().photo_id.tolist()]
    path_of = {photo.id: photo.path for photo in catalog.photos.get_many(ids)}
    return {
        (path_of[r.first], path_of[r.second]): (r.photo_class.value, r.transform.value, round(r.score, 4))
        for photo_id in ids
        for r in catalog.relations.of(photo_id)
    }


def groups_of(library: Library, photo_class: PhotoClass) -> set[frozenset[str]]:
    """The groups of a class as sets of file names."""
    catalog = library.catalog()
    found = find_groups(load_review_data(catalog), GroupQuery(photo_class))
    groups = set()
    for group in found:
        photos = catalog.photos.get_many([member.photo_id for member in group.members])
        groups.add(frozenset(os.path.basename(photo.path) for photo in photos))
    return groups


def all_groups(library: Library) -> dict[PhotoClass, set[frozenset[str]]]:
    return {photo_class: groups_of(library, photo_class) for photo_class in PhotoClass if photo_class.rank < 4}
