import os
import shutil
from pathlib import Path

import pytest

from tests.scanning.scenes import Listener, noise_jpeg, put, scanned, ties_of
from tests.scanning.test_scanning_walk import refuse
from twinlens.domain.errors import TwinlensError
from twinlens.domain.events import PhotosCatalogued, PhotosGone
from twinlens.domain.photo import PhotoId, Volume, VolumeId
from twinlens.domain.relation import PhotoClass, Relation
from twinlens.library.open import Library


def numbers(library: Library, *roots: Path) -> tuple[int, int, int, int, int]:
    report = scanned(library, *roots)
    return report.photos, report.new, report.changed, report.unchanged, report.gone


def id_of(library: Library, path: Path) -> PhotoId:
    photo = library.catalog().photos.by_path(str(path))
    assert photo is not None
    return photo.id


def test_new_changed_unchanged_and_gone(library: Library, photos: Path) -> None:
    for number in range(4):
        put(photos / f"{number}.jpg", number)
    assert numbers(library, photos) == (4, 4, 0, 0, 0)
    assert numbers(library, photos) == (4, 0, 0, 4, 0)
    changed = id_of(library, photos / "1.jpg")
    put(photos / "1.jpg", 21)
    put(photos / "new.jpg", 22)
    os.remove(photos / "2.jpg")
    listener = Listener()
    report = scanned(library, photos, listener=listener)
    assert (report.photos, report.new, report.changed, report.unchanged, report.gone) == (4, 1, 1, 2, 1)
    assert id_of(library, photos / "1.jpg") == changed
    assert library.catalog().photos.by_path(str(photos / "2.jpg")) is None
    assert len([event for event in listener.events if isinstance(event, PhotosGone)]) == 1


def test_a_renamed_photo_keeps_its_id_and_its_relations(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = put(photos / "a/one.jpg", 1), put(photos / "a/two.jpg", 9)
    scanned(library, photos)
    ids = id_of(library, one), id_of(library, two)
    library.catalog().relations.save([Relation(min(ids), max(ids), PhotoClass.SAME_SHOT, 0.9)])
    os.rename(photos / "a", photos / "b")
    forbid_reading(monkeypatch)
    assert numbers(library, photos) == (2, 0, 0, 2, 0)
    assert (id_of(library, photos / "b/one.jpg"), id_of(library, photos / "b/two.jpg")) == ids
    assert set(ties_of(library)) == {(str(photos / "b/one.jpg"), str(photos / "b/two.jpg"))}


def forbid_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(path: str, *_: object) -> bytes:
        raise AssertionError(f"{path} was opened")

    monkeypatch.setattr("twinlens.scanning.study.study_apart", read)


def test_a_photo_renamed_over_another_replaces_it(library: Library, photos: Path) -> None:
    first, second = put(photos / "a.jpg", 1), put(photos / "b.jpg", 9)
    scanned(library, photos)
    kept = id_of(library, second)
    os.replace(first, second)
    assert numbers(library, photos) == (1, 0, 1, 0, 1)
    assert id_of(library, second) == kept
    assert library.catalog().photos.get(kept).stamp.size_bytes == len(noise_jpeg(1))


def test_two_names_of_one_file_are_both_noticed_when_they_go(library: Library, photos: Path) -> None:
    first = put(photos / "a.jpg", 1)
    os.link(first, photos / "b.jpg")
    put(photos / "c.jpg", 9)
    scanned(library, photos)
    os.remove(first)
    os.remove(photos / "b.jpg")
    assert numbers(library, photos) == (1, 0, 0, 1, 2)


def test_a_photo_that_was_put_away_and_is_back_need_not_be_read(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = put(photos / "a.jpg", 1)
    put(photos / "b.jpg", 9)
    scanned(library, photos)
    away = id_of(library, place)
    library.catalog().away.set([away], True)
    resting = photos.parent / "resting.jpg"
    os.rename(place, resting)
    assert numbers(library, photos) == (1, 0, 0, 1, 0)
    assert library.catalog().away.ids() == [away]  # its absence is no loss
    os.rename(resting, place)
    forbid_reading(monkeypatch)
    listener = Listener()
    assert scanned(library, photos, listener=listener).unchanged == 2
    assert id_of(library, place) == away
    assert [event.photo_ids for event in listener.events if isinstance(event, PhotosCatalogued)] == [(away,)]


def test_overlapping_roots_count_each_photo_once(library: Library, photos: Path) -> None:
    put(photos / "a/1.jpg", 1)
    put(photos / "a/b/2.jpg", 2)
    roots = (photos / "a/b", photos, photos / "a", photos / "a/b/2.jpg")
    assert numbers(library, *roots) == (2, 2, 0, 0, 0)
    os.remove(photos / "a/b/2.jpg")
    assert numbers(library, photos / "a", photos) == (1, 0, 0, 1, 1)


def test_a_scan_of_one_folder_says_nothing_about_its_neighbours(library: Library, photos: Path) -> None:
    put(photos / "a/1.jpg", 1)
    put(photos / "ab/2.jpg", 2)
    scanned(library, photos)
    os.remove(photos / "ab/2.jpg")
    assert numbers(library, photos / "a") == (1, 0, 0, 1, 0)
    assert library.catalog().photos.count() == 2


def test_a_folder_that_cannot_be_listed_loses_nothing(
    library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(photos / "locked/deep/1.jpg", 1)
    put(photos / "open/2.jpg", 2)
    scanned(library, photos)
    with monkeypatch.context() as patch:
        refuse(patch, str(photos / "locked"))
        listener = Listener()
        report = scanned(library, photos, listener=listener)
    assert report.gone == 0
    assert list(listener.problems()) == [str(photos / "locked")]
    assert [problem.path for problem in report.problems] == [str(photos / "locked")]
    assert library.catalog().photos.count() == 2
    assert numbers(library, photos) == (2, 0, 0, 2, 0)


def test_a_folder_of_a_volume_that_is_not_connected_loses_nothing(library: Library, photos: Path) -> None:
    put(photos / "1.jpg", 1)
    scanned(library, photos)
    catalog = library.catalog()
    card = Volume(VolumeId("uuid:card"), "card", str(photos.parent / "media" / "card"))
    catalog.volumes.remember(card)
    catalog.sources.add(card.id, "DCIM")
    report = scanned(library, photos, photos.parent / "media" / "card" / "DCIM")
    assert (report.photos, report.gone) == (1, 0)
    (problem,) = report.problems
    assert problem.path.endswith("DCIM")
    assert "connected" in problem.error


def test_a_scanned_folder_that_was_deleted_is_gone(library: Library, photos: Path) -> None:
    put(photos / "a/1.jpg", 1)
    put(photos / "b/2.jpg", 2)
    scanned(library, photos / "a", photos / "b")
    shutil.rmtree(photos / "a")
    assert numbers(library, photos / "a", photos / "b") == (1, 0, 0, 1, 1)


def test_a_scan_of_nothing_that_exists_says_so(library: Library, photos: Path) -> None:
    with pytest.raises(TwinlensError, match="nowhere"):
        scanned(library, photos / "nowhere")


def test_a_problem_is_forgotten_with_its_file(library: Library, photos: Path) -> None:
    broken, mended, renamed = photos / "broken.jpg", photos / "mended.jpg", photos / "renamed.jpg"
    for path in (broken, mended, renamed):
        path.write_bytes(noise_jpeg(1)[:200])
    good = put(photos / "good.jpg", 5)
    assert len(scanned(library, photos).problems) == 3
    os.remove(broken)
    put(mended, 7)
    os.replace(good, renamed)
    report = scanned(library, photos)
    assert report.problems == ()
    assert library.catalog().problems.all() == []
    assert (report.photos, report.new, report.unchanged) == (2, 1, 1)
