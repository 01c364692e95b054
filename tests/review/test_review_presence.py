"""Photos that go and come back, in a library whose index is in use."""

from pathlib import Path

from tests.scanning.scenes import WITHOUT_NETWORK, scanned, small_photos
from twinlens.fingerprints.model import bundled_model
from twinlens.library.open import Library
from twinlens.review.presence import hide, show


def test_photos_without_a_vector_come_back_while_the_index_is_in_use(photos_dir: Path, tmp_path: Path) -> None:
    """They were scanned without the network, and lookalikes of another photo have been asked for."""
    photo = tmp_path / "photos" / "a.jpg"
    photo.parent.mkdir()
    photo.write_bytes(small_photos(photos_dir, 1)[0].read_bytes())
    with Library.open(tmp_path / "library") as library:
        scanned(library, photo.parent, options=WITHOUT_NETWORK)
        library.vectors.use_model(bundled_model().identity)
        assert len(library.vectors) == 0
        hide(library, [str(photo)])
        assert library.catalog().photos.by_path(str(photo)) is None
        (back,) = show(library, [str(photo)])
        found = library.catalog().photos.by_path(str(photo))
        assert found is not None
        assert found.id == back
