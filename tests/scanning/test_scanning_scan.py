import os
from pathlib import Path

import pytest
from PIL import Image

from tests.scanning.scenes import (
    WITH_NETWORK,
    Listener,
    all_groups,
    groups_of,
    look_of,
    noise_jpeg,
    put,
    scanned,
    ties_of,
)
from tests.scanning.test_scanning_changes import forbid_reading
from twinlens.domain.errors import LibraryUnusable, TwinlensError
from twinlens.domain.events import PhotosCatalogued, PhotosGone, RelationsChanged, ScanFinished, Stage, StageProgress
from twinlens.domain.relation import PhotoClass
from twinlens.fingerprints.model import bundled_model
from twinlens.library.open import Library
from twinlens.scanning import batches, match
from twinlens.scanning.apart.asking import Failed, pixel_hash_apart, study_apart
from twinlens.scanning.options import ScanOptions

ALBUM_PHOTOS = 40 + 8 * 4 + 2


def test_a_scan_finds_every_variant_and_a_rescan_opens_nothing(
    library: Library, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = Listener()
    report = scanned(library, album, options=WITH_NETWORK, listener=listener)
    assert (report.photos, report.new, report.problems, report.stopped) == (ALBUM_PHOTOS, ALBUM_PHOTOS, (), False)
    assert listener.events[-1] == report
    assert groups_of(library, PhotoClass.IDENTICAL_FILE) == {
        frozenset((f"IMG_{n:04d}.jpg", f"copy {n}.jpg")) for n in range(8)
    }
    assert groups_of(library, PhotoClass.IDENTICAL_PIXELS) == {
        frozenset((f"IMG_{n:04d}.jpg", f"copy {n}.jpg", f"lossless {n}.png")) for n in range(2)
    }
    kinds = ("turned {}.jpg", "smaller {}.jpg", "again {}.jpg", "copy {}.jpg")
    of_photo = [{kind.format(n) for kind in kinds} | {f"IMG_{n:04d}.jpg"} for n in range(8)]
    groups = groups_of(library, PhotoClass.SAME_SHOT)
    assert {frozenset(group) for group in of_photo[2:]} <= groups
    assert {frozenset(group | {f"lossless {n}.png"}) for n, group in enumerate(of_photo[:2])} <= groups
    assert len(groups) == 8
    assert len(library.vectors) == ALBUM_PHOTOS
    forbid_reading(monkeypatch)
    before = look_of(library), ties_of(library)
    again = scanned(library, album, options=WITH_NETWORK)
    assert (again.photos, again.new, again.changed, again.unchanged) == (ALBUM_PHOTOS, 0, 0, ALBUM_PHOTOS)
    assert (look_of(library), ties_of(library)) == before


def test_only_photos_whose_pixels_may_be_equal_are_decoded_in_full(
    library: Library, album: Path, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = album / "day0" / "IMG_0003.jpg"
    data = source.read_bytes()
    (photos / "original.jpg").write_bytes(data)
    (photos / "comment.jpg").write_bytes(data[:2] + b"\xff\xfe\x00\x06note" + data[2:])
    with Image.open(source) as picture:
        picture.convert("RGB").save(photos / "again.jpg", quality=60)
        picture.convert("RGB").save(photos / "same tables.jpg", qtables=picture.quantization)  # type: ignore[attr-defined]
    real, decoded = pixel_hash_apart, []

    def hash_apart(path: str, *rest: object) -> object:
        decoded.append(os.path.basename(path))
        return real(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("twinlens.scanning.pixels.pixel_hash_apart", hash_apart)
    scanned(library, photos)
    assert sorted(decoded) == ["comment.jpg", "original.jpg"]
    assert groups_of(library, PhotoClass.IDENTICAL_PIXELS) == {frozenset(("original.jpg", "comment.jpg"))}


def test_photos_are_shown_early_and_told_once_each(library: Library, album: Path) -> None:
    listener = Listener()
    report = scanned(library, album, listener=listener)
    told = listener.catalogued()
    assert 1 <= len(told[0]) <= 8
    everyone = [photo_id for ids in told for photo_id in ids]
    assert len(everyone) == len(set(everyone)) == report.photos
    assert all(library.thumbnails.get(photo_id) for photo_id in everyone)


def test_groups_appear_while_the_scan_goes_on(library: Library, album: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.listdir(album / "variants"):  # beside their originals, as on a real drive
        os.rename(album / "variants" / name, album / "day0" / name)
    monkeypatch.setattr(match, "SHORTEST_PAUSE_S", 0.0)
    monkeypatch.setattr(match, "PAUSE_FACTOR", 0.0)
    monkeypatch.setattr(batches, "FULL_BATCH", 16)
    listener = Listener()
    in_line = ScanOptions(embedding=False, threads=1)  # beside the study, no round is sure to end before it does
    scanned(library, album, options=in_line, listener=listener)
    kinds = [type(event) for event in listener.events]
    assert RelationsChanged in kinds
    last_batch = len(kinds) - kinds[::-1].index(PhotosCatalogued)
    assert kinds.index(RelationsChanged) < last_batch < kinds.index(ScanFinished)


def test_rounds_of_matching_find_what_one_round_finds(
    library: Library, album: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned(library, album)
    monkeypatch.setattr(match, "SHORTEST_PAUSE_S", 0.0)
    monkeypatch.setattr(match, "PAUSE_FACTOR", 0.0)
    monkeypatch.setattr(batches, "FULL_BATCH", 16)
    with Library.open(tmp_path / "other") as other:
        scanned(other, album)
        assert all_groups(other) == all_groups(library)
        assert look_of(other) == look_of(library)


def test_a_changed_photo_leaves_its_group(library: Library, album: Path) -> None:
    scanned(library, album)
    put(album / "variants" / "again 3.jpg", 3)
    report = scanned(library, album)
    assert (report.changed, report.unchanged) == (1, ALBUM_PHOTOS - 1)
    assert not any("again 3.jpg" in group for group in groups_of(library, PhotoClass.SAME_SHOT))


def test_a_keeper_that_goes_leaves_a_whole_group(library: Library, album: Path) -> None:
    """What it tied together must be tied to one another once it is gone."""
    scanned(library, album)
    os.remove(album / "day0" / "IMG_0005.jpg")
    os.remove(album / "variants" / "copy 5.jpg")
    scanned(library, album)
    left = {"turned 5.jpg", "smaller 5.jpg", "again 5.jpg"}
    assert frozenset(left) in groups_of(library, PhotoClass.SAME_SHOT)


def test_the_network_may_come_later(library: Library, album: Path) -> None:
    scanned(library, album)
    sha256 = bundled_model().identity.sha256
    ids = set(library.catalog().photos.columns().photo_id.tolist())
    assert library.catalog().fingerprints.embedding_count(sha256) == 0
    without = groups_of(library, PhotoClass.SAME_SHOT)
    report = scanned(library, album, options=WITH_NETWORK)
    assert (report.photos, report.new, report.changed, report.unchanged) == (ALBUM_PHOTOS, 0, 0, ALBUM_PHOTOS)
    assert library.catalog().fingerprints.embedding_count(sha256) == len(library.vectors) == ALBUM_PHOTOS
    assert set(library.catalog().photos.columns().photo_id.tolist()) == ids
    assert without <= groups_of(library, PhotoClass.SAME_SHOT)
    assert scanned(library, album).unchanged == ALBUM_PHOTOS  # without the network nothing is thrown away


def test_one_thread_gives_the_same_as_two(library: Library, photos: Path, tmp_path: Path) -> None:
    for number in range(12):
        put(photos / f"{number}.jpg", number * 3)
    scanned(library, photos)
    with Library.open(tmp_path / "other") as other:
        scanned(other, photos, options=type(WITH_NETWORK)(embedding=False, threads=1))
        assert (look_of(other), ties_of(other)) == (look_of(library), ties_of(library))


def test_the_stages_are_told_in_order(library: Library, album: Path) -> None:
    listener = Listener()
    report = scanned(library, album, listener=listener)
    stages = [event.stage for event in listener.events if isinstance(event, StageProgress)]
    assert stages[0] is Stage.WALK
    assert stages[-1] is Stage.SAVE
    assert sum(report.stages_s.values()) == pytest.approx(report.duration_s, rel=0.2, abs=0.05)


def test_a_photo_that_became_unreadable_is_no_longer_offered(library: Library, photos: Path) -> None:
    place = put(photos / "a.jpg", 1)
    put(photos / "b.jpg", 1)
    scanned(library, photos, options=WITH_NETWORK)
    place.write_bytes(noise_jpeg(1)[:300])
    listener = Listener()
    report = scanned(library, photos, options=WITH_NETWORK, listener=listener)
    assert [problem.path for problem in report.problems] == [str(place)]
    assert library.catalog().photos.count() == len(library.vectors) == 1
    assert any(isinstance(event, PhotosGone) for event in listener.events)


def test_a_photo_that_vanishes_before_it_is_read_is_no_problem(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = study_apart
    gone, refused = put(photos / "gone.jpg", 1), put(photos / "refused.jpg", 2)
    put(photos / "stays.jpg", 3)

    def ask(path: str, *rest: object) -> object:
        if path == str(gone):
            gone.unlink(missing_ok=True)
        if path == str(refused):
            return Failed("the file cannot be read (Input/output error)", lasts=False)
        return real(path, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr("twinlens.scanning.study.study_apart", ask)
        report = scanned(library, photos)
    assert (report.photos, report.new) == (1, 1)
    assert [problem.path for problem in report.problems] == [str(refused)]
    again = scanned(library, photos)  # what the system refused is tried again although the file is the same
    assert (again.photos, again.new, again.problems) == (2, 1, ())
    assert library.catalog().problems.all() == []


def test_a_full_disk_ends_the_scan_and_keeps_what_was_written(
    library: Library, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photos = type(library.catalog().photos)
    real = photos.save
    calls = 0

    def save(table: object, records: object, model: object) -> object:
        nonlocal calls
        calls += 1
        if calls > 2:
            raise LibraryUnusable("catalog.db cannot be used: the disk is full.")
        return real(table, records, model)  # type: ignore[arg-type]

    monkeypatch.setattr(batches, "FULL_BATCH", 16)
    with monkeypatch.context() as patch:
        patch.setattr(photos, "save", save)
        with pytest.raises(LibraryUnusable, match="disk is full"):
            scanned(library, album)
    written = library.catalog().photos.count()
    assert 8 <= written < ALBUM_PHOTOS
    report = scanned(library, album)
    assert (report.new, report.unchanged) == (ALBUM_PHOTOS - written, written)


def test_a_library_for_reading_only_is_not_scanned(library: Library, photos: Path) -> None:
    put(photos / "a.jpg", 1)
    with (
        Library.open(library.folder, read_only=True) as reader,
        pytest.raises(TwinlensError, match="reading only"),
    ):
        scanned(reader, photos)
