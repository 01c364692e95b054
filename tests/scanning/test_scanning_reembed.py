"""A network that comes later, or another one: the photos get their vectors from the thumbnails, no file is opened."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.scanning.scenes import WITH_NETWORK, all_groups, put, scanned, ties_of
from tests.scanning.test_scanning_changes import forbid_reading
from twinlens.domain.photo import PhotoId
from twinlens.fingerprints.embedding import OnnxEmbedder
from twinlens.fingerprints.model import bundled_model
from twinlens.library import vectors
from twinlens.library.open import Library
from twinlens.library.vectors import VectorShelf
from twinlens.scanning.control import PauseStop
from twinlens.scanning.copies import CopyNeighbours
from twinlens.scanning.reembed import Reembedding

SHA256 = bundled_model().identity.sha256


def vectors_of(library: Library) -> np.ndarray:
    return library.catalog().fingerprints.embeddings(SHA256)[1]


def test_the_network_may_come_later_and_opens_no_file(
    library: Library, album: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = scanned(library, album)
    ties = ties_of(library)
    with monkeypatch.context() as patch:
        forbid_reading(patch)
        report = scanned(library, album, options=WITH_NETWORK)
    assert (report.new, report.changed, report.unchanged, report.problems) == (0, 0, first.photos, ())
    assert library.catalog().fingerprints.embedding_count(SHA256) == len(library.vectors) == first.photos
    assert library.catalog().unmatched.ids() == []
    assert ties.keys() <= ties_of(library).keys()
    with Library.open(tmp_path / "at once") as other:
        scanned(other, album, options=WITH_NETWORK)
        assert all_groups(other) == all_groups(library)
        cosines = (vectors_of(other) * vectors_of(library)).sum(axis=1)
        assert np.median(cosines) > 0.95
    assert scanned(library, album, options=WITH_NETWORK).unchanged == first.photos


def test_what_has_no_thumbnail_is_read_again(library: Library, photos: Path) -> None:
    for number in range(3):
        put(photos / f"{number}.jpg", number * 9)
    scanned(library, photos)
    ids = library.catalog().photos.columns().photo_id.tolist()
    library.thumbnails.remove([PhotoId(ids[1])])
    report = scanned(library, photos, options=WITH_NETWORK)
    assert (report.photos, report.changed, report.unchanged) == (3, 1, 2)
    assert library.catalog().fingerprints.embedding_count(SHA256) == 3
    assert library.catalog().photos.columns().photo_id.tolist() == ids


def test_the_thumbnail_of_a_panorama_does_not_serve(library: Library, photos: Path, photos_dir: Path) -> None:
    put(photos / "a.jpg", 1)
    with Image.open(photos_dir / "landscape" / "Australia-Ensay.jpg") as picture:
        assert picture.width > 3 * picture.height
    shutil.copy(photos_dir / "landscape" / "Australia-Ensay.jpg", photos)
    scanned(library, photos)
    report = scanned(library, photos, options=WITH_NETWORK)
    assert (report.photos, report.changed, report.unchanged) == (2, 1, 1)
    with Library.open(photos.parent / "at once") as other:
        scanned(other, photos, options=WITH_NETWORK)
        cosines = (vectors_of(other) * vectors_of(library)).sum(axis=1)
    np.testing.assert_allclose(cosines, 1, atol=0.2)
    assert cosines.max() > 0.999  # the panorama's own pixels were used


def test_completing_can_be_stopped_and_goes_on_where_it_was(library: Library, album: Path) -> None:
    scanned(library, album)
    ids = [PhotoId(id_) for id_ in library.catalog().photos.columns().photo_id.tolist()]
    library.vectors.use_model(bundled_model().identity)
    control, done = PauseStop(), 0
    for batch in Reembedding(library, OnnxEmbedder(bundled_model())).complete(ids, 2, control):
        done += len(batch)
        control.stop()
    assert 0 < done < len(ids)
    assert library.catalog().fingerprints.embedding_count(SHA256) == done
    report = scanned(library, album, options=WITH_NETWORK)
    assert (report.unchanged, report.changed) == (len(ids), 0)
    assert library.catalog().fingerprints.embedding_count(SHA256) == len(ids)


def test_a_scan_without_the_network_throws_no_vector_away(library: Library, photos: Path) -> None:
    put(photos / "a.jpg", 1)
    scanned(library, photos, options=WITH_NETWORK)
    before = vectors_of(library)
    os.utime(photos)
    assert scanned(library, photos).unchanged == 1
    np.testing.assert_array_equal(vectors_of(library), before)
    assert scanned(library, photos, options=WITH_NETWORK).unchanged == 1


def test_copy_vectors_come_with_the_network_that_gives_them(library: Library, album: Path) -> None:
    """An older library gets them from its thumbnails, with the vectors that lookalikes are found by."""
    scanned(library, album)
    scanned(library, album, options=WITH_NETWORK)
    catalog = library.catalog()
    ids = catalog.fingerprints.embedding_ids(SHA256)
    found, vectors = catalog.copy_vectors.of_photos(ids.tolist(), SHA256)
    assert len(ids)
    assert found.tolist() == ids.tolist()
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    assert sorted(catalog.copy_vectors.after(0, SHA256, 10_000)[1].tolist()) == ids.tolist()
    nearest = CopyNeighbours(library, SHA256).neighbours(ids, 1)
    assert nearest is not None
    assert nearest[1].min() > 0.99
    assert CopyNeighbours(library, "of another network").neighbours(ids, 1) is None


@pytest.mark.parametrize(("comes", "goes"), [(True, False), (False, True), (True, True)])
def test_the_saved_index_serves_the_next_scan(
    tmp_path: Path, photos: Path, monkeypatch: pytest.MonkeyPatch, comes: bool, goes: bool
) -> None:
    """Made anew it reads every vector of the library: seconds at 100,000 photos, for one that came or went."""
    monkeypatch.setattr(vectors, "EXACT_LIMIT", 6)
    for number in range(8):
        put(photos / f"{number}.jpg", number)
    with Library.open(tmp_path / "library") as library:
        scanned(library, photos, options=WITH_NETWORK)
    if comes:
        put(photos / "more.jpg", 8)
    if goes:
        (photos / "0.jpg").unlink()
    made: list[VectorShelf] = []
    monkeypatch.setattr(VectorShelf, "_built", made.append)
    with Library.open(tmp_path / "library") as library:
        scanned(library, photos, options=WITH_NETWORK)
        assert library.catalog().fingerprints.embedding_count(SHA256) == len(library.vectors) == 8 + comes - goes
    assert not made
