from pathlib import Path

from tests.catalog.synthetic import MODEL, VOLUME, content, photo_record
from twinlens.catalog import Catalog
from twinlens.domain.group import Mark


def test_a_photo_that_is_away_is_seen_nowhere_and_comes_back_whole(catalog: Catalog) -> None:
    first, second = catalog.photos.save([photo_record(1), photo_record(2)], MODEL)
    path = catalog.photos.get(first).path
    catalog.marks.set([first], Mark.REJECT)
    change = catalog.change
    catalog.away.set([first], True)
    assert catalog.change > change  # a stored vector index no longer fits
    assert catalog.photos.count() == 1
    assert catalog.photos.by_path(path) is None
    assert catalog.photos.with_content(content(1)) == []
    assert catalog.photos.named("IMG_00001") == []
    assert catalog.photos.columns().photo_id.tolist() == [second]
    assert catalog.fingerprints.columns().photo_id.tolist() == [second]
    assert catalog.fingerprints.embedding_ids(MODEL).tolist() == [second]
    assert list(catalog.photos.known_under(VOLUME, "")) == ["DCIM/IMG_00002.JPG"]  # a scan does not find it missing
    assert len(catalog.photos.known_under(VOLUME, "", with_away=True)) == 2  # ... and knows it when it is back
    assert catalog.marks.all() == {}
    found = catalog.away.by_path(path)
    assert found is not None
    assert found.id == first
    catalog.away.set([first], False)
    assert catalog.photos.by_path(path) is not None
    assert catalog.fingerprints.embedding_count(MODEL) == 2
    assert catalog.away.ids() == []


def test_a_file_that_is_scanned_at_its_place_is_not_away(catalog: Catalog, tmp_path: Path) -> None:
    (first,) = catalog.photos.save([photo_record(1)], MODEL)
    catalog.away.set([first], True)
    assert catalog.photos.save([photo_record(1)], MODEL) == [first]
    assert catalog.photos.count() == 1
