"""Drives that come and go: known by their own identity, wherever they are mounted."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.scanning.drives import Drives, drives
from tests.scanning.scenes import WITH_NETWORK, put, scanned
from tests.scanning.test_scanning_changes import forbid_reading
from twinlens.domain.group import GroupQuery, Mark, Suggestion
from twinlens.domain.photo import Photo
from twinlens.domain.relation import PhotoClass
from twinlens.library.open import Library
from twinlens.review.apply import apply_plan
from twinlens.review.data import load_review_data
from twinlens.review.duplicates import GroupList, find_groups
from twinlens.review.history import where
from twinlens.review.plan import plan_from_marks
from twinlens.review.similar import SimilarFinder

__all__ = ["drives"]


@pytest.fixture
def card(drives: Drives, tmp_path: Path) -> Path:
    place = drives.plug_in("CARD", tmp_path / "media/card")
    for number in range(6):
        put(place / f"DCIM/{number}.jpg", number)
    return place


def photos_of(library: Library) -> list[Photo]:
    return library.catalog().photos.named("")


def identical(library: Library) -> GroupList:
    return find_groups(load_review_data(library.catalog()), GroupQuery(PhotoClass.IDENTICAL_FILE))


def places(photos: Sequence[Photo]) -> set[tuple[str, str, bool]]:
    return {(photo.volume, photo.path, photo.online) for photo in photos}


@pytest.mark.parametrize("leave_folder", [True, False])
def test_an_unplugged_drive_keeps_its_photos_and_is_searched(
    library: Library, card: Path, drives: Drives, photos: Path, leave_folder: bool
) -> None:
    put(photos / "copy of 3.jpg", 3)
    scanned(library, card, photos)
    drives.unplug(card, leave_folder=leave_folder)
    library.refresh_volumes()
    report = scanned(library, photos, card)  # the empty mount point, or a folder that is not there
    assert (report.gone, report.photos) == (0, 1)
    assert len(photos_of(library)) == 7
    assert [photo.online for photo in photos_of(library)].count(False) == 6
    (found,) = where(library.catalog(), "5.jpg")
    assert (found.path, found.answer) == (str(card / "DCIM/5.jpg"), "on the drive “card”, which is not connected")
    (group,) = identical(library)
    assert group.reclaimable_bytes == 0  # a copy that cannot be reached stands for nothing
    assert {member.suggestion for member in group.members[1:]} == {Suggestion.NONE}
    assert library.preview(photos_of(library)[0].id) is not None


def test_a_photo_that_is_away_is_never_mistaken_for_another_at_its_path(
    library: Library, card: Path, drives: Drives, photos: Path
) -> None:
    """Two cards hold the same picture under one path: what is decided for the one that is away waits for it."""
    put(photos / "kept.jpg", 3)
    scanned(library, card, photos)
    (away,) = [photo.id for photo in photos_of(library) if photo.path == str(card / "DCIM/3.jpg")]
    drives.unplug(card)
    drives.plug_in("NEXT", card)
    put(card / "DCIM/3.jpg", 3)
    scanned(library, card)
    library.catalog().marks.set([away], Mark.REJECT)
    assert plan_from_marks(library).removal_count == 0
    assert (card / "DCIM/3.jpg").exists()
    drives.unplug(card)
    drives.plug_in("CARD", card)
    library.refresh_volumes()
    plan = plan_from_marks(library)
    assert [step.path for group in plan.groups for step in group.remove] == [str(card / "DCIM/3.jpg")]
    assert [path for group in plan.groups for path in group.keep] == [str(photos / "kept.jpg")]
    assert len(apply_plan(library, plan).done) == 1


def test_lookalikes_are_found_on_drives_that_are_away(library: Library, card: Path, drives: Drives) -> None:
    scanned(library, card, options=WITH_NETWORK)
    here = put(card.parent.parent / "one.jpg", 2)
    drives.unplug(card)
    library.refresh_volumes()
    best = SimilarFinder(library).to_file(str(here), limit=3)[0]
    found = library.catalog().photos.get(best.photo_id)
    assert (os.path.basename(found.path), found.online) == ("2.jpg", False)


def test_the_empty_mount_point_of_a_drive_purges_nothing(library: Library, card: Path, drives: Drives) -> None:
    scanned(library, card)
    drives.unplug(card)
    put(card / "strange.jpg", 40)  # something was written into the folder that the drive usually covers
    report = scanned(library, card)
    assert (report.new, report.gone) == (1, 0)
    assert {(photo.path, photo.online) for photo in photos_of(library)} == {
        (str(card / "strange.jpg"), True),
        *((str(card / f"DCIM/{number}.jpg"), False) for number in range(6)),
    }


def test_a_drive_that_comes_back_elsewhere_is_not_studied_again(
    library: Library, card: Path, drives: Drives, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned(library, card)
    before = {photo.id: (photo.content, photo.stamp) for photo in photos_of(library)}
    drives.unplug(card, leave_folder=False)
    elsewhere = drives.plug_in("CARD", tmp_path / "mnt/somewhere else")
    library.refresh_volumes()
    assert {os.path.dirname(photo.path) for photo in photos_of(library)} == {str(elsewhere / "DCIM")}
    forbid_reading(monkeypatch)
    report = scanned(library, elsewhere)
    assert (report.unchanged, report.new, report.changed, report.gone) == (6, 0, 0, 0)
    assert {photo.id: (photo.content, photo.stamp) for photo in photos_of(library)} == before
    assert [source.path for source in library.catalog().sources.all()] == [str(elsewhere)]


def test_two_drives_that_exchange_their_mount_points_stay_themselves(
    library: Library, drives: Drives, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = drives.plug_in("A", tmp_path / "media/1"), drives.plug_in("B", tmp_path / "media/2")
    put(first / "a.jpg", 1)
    put(second / "b.jpg", 2)
    put(first / "both.jpg", 3)
    put(second / "both.jpg", 4)
    scanned(library, first, second)
    ids = {(photo.volume, os.path.basename(photo.path)): photo.id for photo in photos_of(library)}
    for place in (first, second):
        drives.unplug(place)
    drives.plug_in("B", first)
    drives.plug_in("A", second)
    library.refresh_volumes()
    forbid_reading(monkeypatch)
    for _ in range(2):
        assert places(photos_of(library)) == {
            ("uuid:A", str(second / "a.jpg"), True),
            ("uuid:A", str(second / "both.jpg"), True),
            ("uuid:B", str(first / "b.jpg"), True),
            ("uuid:B", str(first / "both.jpg"), True),
        }
        assert {(photo.volume, os.path.basename(photo.path)): photo.id for photo in photos_of(library)} == ids
        report = scanned(library, first, second)
        assert (report.unchanged, report.new, report.gone) == (4, 0, 0)


def test_another_card_at_the_same_place_is_another_card(library: Library, card: Path, drives: Drives) -> None:
    """Cameras number from 1 on every card: the same names, the same folder, other photos."""
    scanned(library, card)
    drives.unplug(card)
    drives.plug_in("NEXT", card)
    for number in range(6):
        put(card / f"DCIM/{number}.jpg", 20 + number)
    report = scanned(library, card)
    assert (report.new, report.changed, report.gone) == (6, 0, 0)
    assert len(photos_of(library)) == 12
    found = library.catalog().photos.by_path(str(card / "DCIM/0.jpg"))
    assert found is not None
    assert (found.volume, found.online) == ("uuid:NEXT", True)


def test_a_copied_drive_is_not_mixed_with_the_original(library: Library, card: Path, drives: Drives) -> None:
    scanned(library, card)
    copy = drives.plug_in("CARD", card.parent / "copy", device=os.makedev(8, 99))
    shutil.copytree(card, copy, dirs_exist_ok=True)
    os.remove(copy / "DCIM/0.jpg")
    put(copy / "DCIM/1.jpg", 30)
    report = scanned(library, copy)
    assert (report.new, report.gone, report.changed) == (5, 0, 0)
    assert scanned(library, card, copy).unchanged == 11
    assert len({photo.volume for photo in photos_of(library)}) == 2
    assert {photo.path for photo in photos_of(library) if photo.volume == "uuid:CARD"} == {
        str(card / f"DCIM/{number}.jpg") for number in range(6)
    }
    assert len(identical(library)) == 4


def test_a_card_with_invented_inodes_is_known_again(
    library: Library, card: Path, drives: Drives, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Linux makes up the inodes of FAT and exFAT: after the next mount they are others."""
    put(card / "DCIM/broken.jpg", 1).write_bytes(b"\xff\xd8\xff\xe0 cut")
    assert scanned(library, card).new == 6
    drives.unplug(card)
    drives.plug_in("CARD", card)
    for path in sorted((card / "DCIM").iterdir()):  # the same names, sizes and times with other inodes
        shutil.copy2(path, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)
    forbid_reading(monkeypatch)
    report = scanned(library, card)
    assert (report.unchanged, report.new, report.changed, len(report.problems)) == (6, 0, 0, 1)


def test_a_share_without_an_identity_is_known_by_its_server(
    library: Library, drives: Drives, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from twinlens.volumes.mounts import Mount

    def share(place: Path) -> list[Mount]:
        return [drives.real_root, Mount(str(place), "/", "cifs", "//nas/photos", 70)]

    place = tmp_path / "mnt/nas"
    put(place / "a.jpg", 1)
    monkeypatch.setattr(drives, "mounts", lambda: share(place))
    monkeypatch.setattr("twinlens.volumes.identity.mounts", lambda: share(place))
    assert scanned(library, place).new == 1
    elsewhere = tmp_path / "net"
    place.rename(elsewhere)
    monkeypatch.setattr("twinlens.volumes.identity.mounts", lambda: share(elsewhere))
    library.refresh_volumes()
    forbid_reading(monkeypatch)
    assert scanned(library, elsewhere).unchanged == 1
    assert [photo.path for photo in photos_of(library)] == [str(elsewhere / "a.jpg")]
