"""Lookalikes of photos, files and pictures, on real photos."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from twinlens.domain.group import Suggestion
from twinlens.domain.photo import FileStamp, PhotoId
from twinlens.domain.picture import PhotoRecord
from twinlens.domain.relation import PhotoClass
from twinlens.fingerprints.content import content_hash
from twinlens.fingerprints.embedding import OnnxEmbedder
from twinlens.fingerprints.model import bundled_model
from twinlens.fingerprints.network_input import network_input
from twinlens.fingerprints.study import fingerprint
from twinlens.imaging.decode import decode_for_study
from twinlens.imaging.thumbnail import encode_thumbnail
from twinlens.library.open import Library
from twinlens.review.data import load_review_data
from twinlens.review.lookalikes import lookalike_groups
from twinlens.review.similar import SimilarFinder, match_score
from twinlens.volumes.identity import relative_to_volume, volume_of


@pytest.fixture(scope="module")
def embedder() -> OnnxEmbedder:
    return OnnxEmbedder(bundled_model())


@pytest.fixture
def finder(tmp_path: Path, photos_dir: Path, embedder: OnnxEmbedder) -> Iterator[SimilarFinder]:
    folder = tmp_path / "photos"
    folder.mkdir()
    for path in sorted((photos_dir / "landscape").iterdir())[:6] + sorted((photos_dir / "camera").iterdir())[:3]:
        shutil.copy(path, folder)
    first = sorted(folder.iterdir())[0]
    shutil.copy(first, folder / "zz-copy.jpg")
    with Library.open(tmp_path / "library") as library:
        library.vectors.use_model(embedder.identity)
        for path in sorted(folder.iterdir()):
            _study(library, str(path), embedder)
        yield SimilarFinder(library, embedder)


def _study(library: Library, path: str, embedder: OnnxEmbedder) -> PhotoId:
    data = Path(path).read_bytes()
    study = decode_for_study(data, path)
    volume = volume_of(path)
    library.catalog().volumes.remember(volume)
    vector = embedder.embed(network_input(study.pixels, embedder.identity.input_side_px)[np.newaxis]).vectors[0]
    status = Path(path).stat()
    record = PhotoRecord(
        volume.id,
        relative_to_volume(path, volume),
        FileStamp(status.st_size, status.st_mtime_ns, status.st_ino),
        study.facts,
        study.metadata,
        content_hash(data),
        fingerprint(study.pixels),
        vector,
        1.0,
        encode_thumbnail(study.pixels),
    )
    (photo_id,) = library.catalog().photos.save([record], embedder.identity.sha256)
    library.thumbnails.put_many([(photo_id, record.thumbnail)])
    library.vectors.add(np.array([photo_id], np.int64), vector[np.newaxis])
    return photo_id


def test_queries_of_every_kind(finder: SimilarFinder, tmp_path: Path) -> None:
    catalog = finder._library.catalog()
    (copy,) = catalog.photos.named("zz-copy.jpg")
    matches = finder.to_photo(copy.id, limit=5)
    assert copy.id not in [match.photo_id for match in matches]
    assert (matches[0].photo_class, matches[0].score) == (PhotoClass.IDENTICAL_FILE, 1.0)
    assert [match.score for match in matches] == sorted((match.score for match in matches), reverse=True)
    assert matches[1].photo_class is PhotoClass.LOOKALIKE
    # a turned, smaller re-encode from outside the library
    outside = tmp_path / "outside.jpg"
    with Image.open(copy.path) as image:
        half = image.resize((image.width // 2, image.height // 2))
        half.transpose(Image.Transpose.ROTATE_90).save(outside, quality=80)
    found = finder.to_file(str(outside), limit=3)
    assert {match.photo_class for match in found[:2]} == {PhotoClass.SAME_SHOT}
    assert {match.photo_id for match in found[:2]} == {copy.id, matches[0].photo_id}
    # a file of the library asks as itself; a part of it still finds its copy and leaves itself out
    assert finder.to_file(copy.path, limit=5) == matches
    part = finder.to_file(copy.path, limit=3, region=(0.1, 0.1, 0.8, 0.8))
    assert part[0].photo_id == matches[0].photo_id
    assert copy.id not in [match.photo_id for match in part]
    with pytest.raises(ValueError, match="region"):
        finder.to_file(copy.path, region=(1.5, 0, 1, 1))
    # a photo that went to the quarantine is no match any more
    catalog.away.set([matches[0].photo_id], True)
    assert matches[0].photo_id not in [match.photo_id for match in finder.to_photo(copy.id)]


def test_lookalike_groups_are_made_on_request(finder: SimilarFinder) -> None:
    library = finder._library
    data = load_review_data(library.catalog())
    groups = lookalike_groups(library, data, 0.2)
    assert len(groups) >= 1
    assert all(group.id.startswith("lookalike-") for group in groups)
    assert groups.total_reclaimable_bytes == 0
    assert {member.suggestion for group in groups for member in group.members} == {Suggestion.KEEP, Suggestion.NONE}


def test_scores_follow_the_classes() -> None:
    for stronger, weaker in zip(list(PhotoClass)[:-1], list(PhotoClass)[1:], strict=True):
        assert match_score(stronger, 0.0) >= match_score(weaker, 1.0)
    assert match_score(PhotoClass.IDENTICAL_FILE, 0.3) == 1.0
    assert match_score(PhotoClass.LOOKALIKE, -0.5) == 0.0
