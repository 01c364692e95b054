"""Columns that follow the catalog by its changes are the columns that it would give if read as a whole."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from tests.catalog.synthetic import MODEL, MOUNTED, VOLUME, content, photo_record
from twinlens.catalog import Catalog
from twinlens.catalog.library_columns import LibraryColumns
from twinlens.catalog.library_prints import LibraryPrints
from twinlens.domain.columns import FingerprintColumns, PhotoColumns, RelationColumns
from twinlens.domain.difference import Difference
from twinlens.domain.photo import FileStamp, PhotoId, Volume, VolumeId
from twinlens.domain.relation import PhotoClass, Relation
from twinlens.domain.traces import Traces

OTHER = VolumeId("uuid:1111-other")


def assert_equal(followed: LibraryColumns, whole: LibraryColumns) -> None:
    for kind in (PhotoColumns, RelationColumns):
        mine, wanted = (c.photos if kind is PhotoColumns else c.relations for c in (followed, whole))
        for field in kind.__struct_fields__:
            here, there = getattr(mine, field), getattr(wanted, field)
            if field == "paths":
                assert list(here) == list(there)
            elif field in ("camera_key", "file_key"):
                assert pattern(here) == pattern(there)
            else:
                assert here.dtype == there.dtype, field
                np.testing.assert_array_equal(here, there, field)


def pattern(numbers: np.ndarray) -> list[int]:
    """Numbers given in the order of meeting: cameras and files of several names are told apart, not counted."""
    met: dict[int, int] = {-1: -1}
    return [met.setdefault(number, len(met)) for number in numbers.tolist()]


class Followed(RuleBasedStateMachine):
    """Everything that can happen to photos and relations, in any order, with looks in between."""

    photos = Bundle("photos")

    @initialize()
    def open(self) -> None:
        self.folder = TemporaryDirectory()
        self.catalog = Catalog.open(Path(self.folder.name))
        self.reader = Catalog.open(Path(self.folder.name))
        self.catalog.volumes.remember(MOUNTED)
        self.catalog.volumes.remember(Volume(OTHER, "DISK", "/mnt/disk"))
        self.followed: LibraryColumns | None = None
        self.prints: LibraryPrints | None = None

    @rule(target=photos, numbers=st.lists(st.integers(0, 30), min_size=1, max_size=5, unique=True), twin=st.booleans())
    def save(self, numbers: list[int], twin: bool) -> object:
        records = [
            photo_record(
                k,
                volume=OTHER if k % 3 == 0 else VOLUME,
                content=content(k // 2 if twin else k),
                fingerprints=photo_record(k + 50 * twin).fingerprints,
                stamp=FileStamp(1000, 5, k // 2 if twin else k),
            )
            for k in numbers
        ]
        return multiple(*self.catalog.photos.save(records, MODEL))

    @rule(photo=consumes(photos))
    def remove(self, photo: PhotoId) -> None:
        self.catalog.photos.remove([photo])

    @rule(photo=photos, away=st.booleans())
    def hide(self, photo: PhotoId, away: bool) -> None:
        self.catalog.away.set([photo], away)

    @rule(photo=photos, number=st.integers(0, 3))
    def hash_pixels(self, photo: PhotoId, number: int) -> None:
        self.catalog.photos.set_pixels([(photo, content(number))])

    @rule(photo=photos, number=st.integers(0, 30))
    def relocate(self, photo: PhotoId, number: int) -> None:
        if self.catalog.photos.get_many([photo]):
            place = f"{'longer/' * (number % 3)}IMG_{number}.JPG"
            self.catalog.relocations.note(photo, OTHER, place, FileStamp(1000, 7, number))

    @rule(first=photos, second=photos, score=st.sampled_from([0.25, 0.5, 0.75]))
    def relate(self, first: PhotoId, second: PhotoId, score: float) -> None:
        if first != second:
            pair = min(first, second), max(first, second)
            differs = Difference(first_shared=score) if score > 0.3 else None
            self.catalog.relations.save([Relation(*pair, PhotoClass.EDITED, score, difference=differs)])

    @rule(photo=photos, quality=st.sampled_from([None, 50, 80]))
    def trace(self, photo: PhotoId, quality: int | None) -> None:
        for found in self.catalog.photos.get_many([photo]):
            self.catalog.traces.save({photo: Traces(quality, bytes(32))}, {photo: found.content})

    @rule()
    def drop_relations(self) -> None:
        self.catalog.relations.drop_all()

    @rule(mounted=st.sampled_from(["/media/card", "/media/elsewhere"]), online=st.booleans())
    def mount(self, mounted: str, online: bool) -> None:
        self.catalog.volumes.remember(Volume(VOLUME, "CARD", mounted))
        self.catalog.volumes.set_online([VOLUME, OTHER] if online else [OTHER])

    @rule()
    def look(self) -> None:
        self.followed = self.reader.columns(self.followed)
        self.prints = self.reader.prints(self.prints)

    @invariant()
    def is_as_read_whole(self) -> None:
        if getattr(self, "followed", None) is not None:
            assert_equal(self.reader.columns(self.followed), self.reader.columns())
            mine, wanted = self.reader.prints(self.prints).columns, self.reader.prints().columns
            for field in FingerprintColumns.__struct_fields__:
                np.testing.assert_array_equal(getattr(mine, field), getattr(wanted, field), field)

    def teardown(self) -> None:
        self.catalog.close()
        self.reader.close()
        self.folder.cleanup()


TestFollowed = Followed.TestCase
TestFollowed.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def test_what_has_not_changed_is_not_made_again(catalog: Catalog) -> None:
    a, b = catalog.photos.save([photo_record(k) for k in range(2)], MODEL)
    before = catalog.columns()
    catalog.state.set("view", "photos")
    assert catalog.columns(before).photos is before.photos
    assert catalog.columns(before).relations is before.relations
    catalog.relations.save([Relation(a, b, PhotoClass.EDITED, 0.5)])
    after = catalog.columns(before)
    assert after.photos is before.photos
    assert len(after.relations) == 1


def test_only_changes_are_read(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog.photos.save([photo_record(k) for k in range(50)], MODEL)
    before = catalog.columns()
    catalog.photos.save([photo_record(k) for k in range(49, 52)], MODEL)
    monkeypatch.setattr("twinlens.catalog.library_columns.read_photos", None)
    assert len(catalog.columns(before).photos) == 52


def test_a_moment_too_long_ago_means_reading_all(catalog: Catalog) -> None:
    (photo,) = catalog.photos.save([photo_record(1)], MODEL)
    before = catalog.columns()
    connection = catalog._connection
    moment = before.moment
    connection.run("INSERT INTO changes (id) VALUES (?)", ((moment // 4096 + 20) * 4096 - 1,))
    catalog.photos.set_pixels([(photo, content(7))])
    assert not connection.rows("SELECT 1 FROM changes WHERE id = ?", (moment,))
    assert_equal(catalog.columns(before), catalog.columns())
    assert catalog.columns(before).photos.pixel_key.tolist() == [0]


def test_columns_of_another_catalog_are_not_followed(catalog: Catalog, tmp_path: Path) -> None:
    catalog.photos.save([photo_record(1)], MODEL)
    before = catalog.columns()
    (tmp_path / "other").mkdir()
    with Catalog.open(tmp_path / "other") as other:
        assert len(other.columns(before).photos) == 0


def test_paths_of_the_past_are_given_up(catalog: Catalog) -> None:
    (photo,) = catalog.photos.save([photo_record(1)], MODEL)
    columns = catalog.columns()
    for turn in range(100):
        catalog.photos.move(photo, "x" * 2000 + str(turn))
        columns = catalog.columns(columns)
        assert columns.photos.paths[0].endswith("x" + str(turn))
        assert len(columns.stored_photos.relative_paths) < 100_000
