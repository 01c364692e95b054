"""A library of any size without decoding as many photos: for measuring the window, not for judging matches.

Every made-up photo has one of a few hundred real thumbnails, its own vector close to that thumbnail's, camera times in
bursts, and planted copies, so that grids, groups and searches have as much to do as on a real drive of that size.
The files are sparse and empty: nothing in the window opens them but the large preview.
"""

import hashlib
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.workplace import WORK, require_shared_data
from twinlens.domain.fingerprint import Fingerprints, ModelIdentity
from twinlens.domain.photo import FileStamp, ImageFacts, PhotoId, ShotMetadata, Volume
from twinlens.domain.picture import PREVIEW_SIDE_PX, PhotoRecord
from twinlens.domain.relation import PhotoClass, Relation
from twinlens.library.open import Library
from twinlens.volumes.identity import relative_to_volume, volume_of

MADE = ".made-2"  # another name whenever what is made becomes another
BATCH = 500
COPIES_EVERY = 7  # each seventh photo has the bytes of the one before it
RE_ENCODED_EVERY = 11
BURST_LENGTH = 4
PAUSES_S = (0.2, 0.4, 1.0, 2.5, 5.0, 9.0, 15.0, 18.0, 30.0, 60.0)  # some bursts are parted at each step of a slider


@dataclass(frozen=True)
class Template:
    """One real photo from which made-up ones are derived."""

    thumbnail: bytes
    width_px: int
    height_px: int
    vector: np.ndarray[tuple[int], np.dtype[np.float32]]


def load_templates(count: int, dimension: int) -> list[Template]:
    """Thumbnails of real photos with a random direction each."""
    from twinlens.imaging.thumbnail import encode_thumbnail

    random = np.random.default_rng(5)
    templates: list[Template] = []
    for path in sorted((require_shared_data() / "photos").rglob("*.[jJ][pP][gG]")):
        if len(templates) == count:
            break
        with Image.open(path) as opened:
            opened.draft("RGB", (PREVIEW_SIDE_PX, PREVIEW_SIDE_PX))
            width, height = opened.size
            picture = opened.convert("RGB")
            picture.thumbnail((PREVIEW_SIDE_PX, PREVIEW_SIDE_PX))
        vector = random.standard_normal(dimension).astype(np.float32)
        templates.append(
            Template(encode_thumbnail(np.asarray(picture)), width * 4, height * 4, vector / np.linalg.norm(vector))
        )
    return templates


def record_of(number: int, template: Template, volume: Volume, folder: str) -> PhotoRecord:
    """One made-up photo."""
    random = np.random.default_rng(number)
    vector = template.vector + random.standard_normal(template.vector.shape).astype(np.float32) * 0.012
    copied_from = number - 1 if number % COPIES_EVERY == 0 and number else number
    seconds = 3600 * (number // BURST_LENGTH) + pause_s(number) * (number % BURST_LENGTH)
    taken = datetime(2015, 1, 1) + timedelta(seconds=seconds)  # noqa: DTZ001
    path = f"{folder}/{2015 + number // 20_000}/{number // 200:05d}/IMG_{number:06d}.JPG"
    return PhotoRecord(
        volume=volume.id,
        relative_path=relative_to_volume(path, volume),
        stamp=FileStamp(4_000_000 + number, 1_420_070_400_000_000_000 + number, number),
        facts=ImageFacts("JPEG", template.width_px, template.height_px, 8, 1, 92),
        metadata=ShotMetadata(taken=taken, has_subseconds=True, camera=f"Camera {number // 5000 % 4}", field_count=40),
        content=hashlib.blake2b(str(copied_from).encode(), digest_size=16).digest(),
        fingerprints=Fingerprints(
            random.integers(0, 2**63, 8, dtype=np.uint64),
            np.full(96, 1 / 32, np.float32),
            float(random.uniform(50, 900)),
        ),
        embedding=(vector / np.linalg.norm(vector)).astype(np.float32),
        embedding_norm=30.0,
        thumbnail=template.thumbnail,
    )


def pause_s(number: int) -> float:
    """Between the frames of this photo's burst."""
    return PAUSES_S[number // BURST_LENGTH % len(PAUSES_S)]


def relations_of(ids: list[PhotoId], first_number: int) -> list[Relation]:
    """Planted same-shot pairs, and the bursts' neighbours."""
    relations = []
    for offset in range(len(ids) - 1):
        number = first_number + offset
        if number % RE_ENCODED_EVERY == 0:
            relations.append(Relation(ids[offset], ids[offset + 1], PhotoClass.SAME_SHOT, 0.97))
        elif number % BURST_LENGTH != BURST_LENGTH - 1:
            score = 0.7 + number * 29 % 300 / 1000  # at each step of the slider some are left out
            relations.append(Relation(ids[offset], ids[offset + 1], PhotoClass.BURST, score, gap_s=pause_s(number)))
    return relations


def make_library(folder: Path, photos: int, identity: ModelIdentity) -> None:
    """Fill a new library in ``folder`` with ``photos`` made-up photos; an earlier one there is thrown away."""
    shutil.rmtree(folder, ignore_errors=True)
    source = folder / "photos"
    source.mkdir(parents=True)
    volume = volume_of(str(source))
    templates = load_templates(240, identity.dimension)
    with Library.open(folder) as library:
        library.vectors.use_model(identity)
        catalog = library.catalog()
        catalog.volumes.remember(volume)
        for start in range(0, photos, BATCH):
            numbers = range(start, min(start + BATCH, photos))
            records = [
                record_of(n, templates[n // BURST_LENGTH % len(templates)], volume, str(source)) for n in numbers
            ]
            ids = catalog.photos.save(records, identity.sha256)
            library.thumbnails.put_many([(photo_id, r.thumbnail) for photo_id, r in zip(ids, records, strict=True)])
            catalog.relations.save(relations_of(ids, start))
            catalog.unmatched.remove(ids)  # or a scan would match what is made up
            vectors = np.stack([record.embedding for record in records if record.embedding is not None])
            library.vectors.add(np.asarray(ids, np.int64), vectors)


def window_library(photos: int) -> Path:
    """The folder of the library of so many photos that the window is measured on; made where it is not there yet."""
    from twinlens.fingerprints.model import bundled_model

    folder = WORK / f"library-window-{photos}"
    if not (folder / MADE).exists():
        make_library(folder, photos, bundled_model().identity)
        (folder / MADE).touch()
    return folder
