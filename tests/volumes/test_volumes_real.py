"""Real drives, as far as the system permits: images of ext4 that are mounted, taken away and mounted elsewhere."""

import os
import shutil
from pathlib import Path

import pytest

from tests.real_mounts import RealMounts, drive_image, real_mounts
from tests.scanning.scenes import put, scanned
from tests.scanning.test_scanning_changes import forbid_reading
from twinlens.catalog import Catalog
from twinlens.domain.group import GroupQuery
from twinlens.domain.plan import DisposalKind
from twinlens.domain.relation import PhotoClass
from twinlens.library.open import Library
from twinlens.review.apply import apply_plan
from twinlens.review.data import load_review_data
from twinlens.review.history import where
from twinlens.review.library_totals import all_groups
from twinlens.review.plan import plan_by_rule
from twinlens.review.quarantine_contents import purge, waiting
from twinlens.review.undo import undo_session
from twinlens.volumes import volume_of

__all__ = ["real_mounts"]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An image with five photos, one of them twice; tests mount copies of it."""
    folder = tmp_path_factory.mktemp("images")
    image = drive_image(folder / "filled.img", 4)
    mounted = RealMounts()
    try:
        place = mounted.image(image, folder / "mounted")
        for number in range(5):
            put(place / f"DCIM/{number}.jpg", number)
        put(place / "backup/copy of 3.jpg", 3)
    finally:
        mounted.take_all_away()
    return image


@pytest.fixture
def image(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(filled, tmp_path / "drive.img"))


def remove_surplus(library: Library) -> int:
    query = GroupQuery(PhotoClass.IDENTICAL_FILE)
    groups = all_groups(load_review_data(library.catalog()), query)
    report = apply_plan(library, plan_by_rule(library.catalog(), groups.values()), DisposalKind.QUARANTINE)
    assert report.refused == ()
    return len(report.done)


def names(catalog: Catalog) -> set[tuple[str, bool]]:
    return {(photo.path, photo.online) for photo in catalog.photos.named("")}


def test_a_drive_is_known_again_wherever_it_is_mounted(
    library: Library, image: Path, real_mounts: RealMounts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = real_mounts.image(image, tmp_path / "first")
    assert scanned(library, first).new == 6
    assert remove_surplus(library) == 1
    real_mounts.unmount(first)

    library.refresh_volumes()
    assert scanned(library, first).gone == 0
    assert len(names(library.catalog())) == 5
    assert not any(online for _, online in names(library.catalog()))
    assert where(library.catalog(), "4.jpg")[0].answer == "on the drive “first”, which is not connected"

    second = real_mounts.image(image, tmp_path / "second")
    library.refresh_volumes()
    forbid_reading(monkeypatch)
    report = scanned(library, second)
    assert (report.unchanged, report.new, report.gone, report.problems) == (5, 0, 0, ())
    assert all(path.startswith(str(second)) for path, _ in names(library.catalog()))

    (receipt,) = waiting(library.catalog())  # the journal came along
    assert receipt.path.startswith(str(second))
    assert receipt.keeper_path.startswith(str(second))
    assert undo_session(library).refused == ()
    assert len(list(second.rglob("*.jpg"))) == 6
    assert scanned(library, second).unchanged == 6


def test_the_quarantine_of_a_drive_is_emptied_wherever_it_is_mounted(
    library: Library, image: Path, real_mounts: RealMounts, tmp_path: Path
) -> None:
    scanned(library, real_mounts.image(image, tmp_path / "first"))
    remove_surplus(library)
    real_mounts.unmount(tmp_path / "first")
    steps = [receipt.step_id for receipt in waiting(library.catalog())]
    assert len(purge(library, steps).refused) == 1
    second = real_mounts.image(image, tmp_path / "second")
    library.refresh_volumes()
    report = purge(library, steps)
    assert (len(report.purged), report.refused) == (1, ())
    assert len(list(second.rglob("*.jpg"))) == 5


def test_two_drives_that_change_places(
    library: Library, image: Path, real_mounts: RealMounts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = drive_image(tmp_path / "other.img", 4)
    left, right = real_mounts.image(image, tmp_path / "left"), real_mounts.image(other, tmp_path / "right")
    put(right / "DCIM/0.jpg", 20)
    put(right / "DCIM/1.jpg", 21)
    scanned(library, left, right)
    remove_surplus(library)
    before = {(photo.id, photo.volume) for photo in library.catalog().photos.named("")}
    for place in (left, right):
        real_mounts.unmount(place)
    real_mounts.image(other, left)
    real_mounts.image(image, right)
    library.refresh_volumes()
    with monkeypatch.context() as patch:
        forbid_reading(patch)
        report = scanned(library, left, right)
    assert (report.unchanged, report.new, report.gone) == (7, 0, 0)
    assert {(photo.id, photo.volume) for photo in library.catalog().photos.named("")} == before
    assert undo_session(library).refused == ()
    assert len(list(right.rglob("*.jpg"))) == 6
    assert len(list(left.rglob("*.jpg"))) == 2


def test_a_copied_disk_beside_the_original(
    library: Library, image: Path, real_mounts: RealMounts, tmp_path: Path
) -> None:
    original = real_mounts.image(image, tmp_path / "original")
    scanned(library, original)
    real_mounts.unmount(original)
    copied = Path(shutil.copyfile(image, tmp_path / "copied.img"))  # with the same UUID in it
    original = real_mounts.image(image, original)
    copy = real_mounts.image(copied, tmp_path / "copy")
    assert volume_of(str(original)).id != volume_of(str(copy)).id
    os.remove(copy / "DCIM/0.jpg")
    library.refresh_volumes()
    report = scanned(library, copy)
    assert (report.new, report.gone) == (5, 0)
    assert scanned(library, original).unchanged == 6
    assert len(names(library.catalog())) == 11


def test_a_drive_that_may_not_be_written_is_scanned_and_left_as_it_is(
    library: Library, image: Path, real_mounts: RealMounts, tmp_path: Path
) -> None:
    place = real_mounts.image(image, tmp_path / "locked", "ro")
    assert scanned(library, place).new == 6
    groups = all_groups(load_review_data(library.catalog()), GroupQuery(PhotoClass.IDENTICAL_FILE))
    plan = plan_by_rule(library.catalog(), groups.values())
    assert sum(len(group.remove) for group in plan.groups) == 1
    for kind in DisposalKind:
        report = apply_plan(library, plan, kind)
        assert report.done == ()
        ((path, reason),) = report.refused
        assert path.startswith(str(place))
        assert "\n" not in reason
        assert reason.endswith(".")
    assert len(list(place.rglob("*.jpg"))) == 6
    assert scanned(library, place).unchanged == 6


def test_a_folder_mounted_at_a_second_place_is_a_volume_of_its_own(
    library: Library, image: Path, real_mounts: RealMounts, tmp_path: Path
) -> None:
    place = real_mounts.image(image, tmp_path / "drive")
    scanned(library, place)
    bound = real_mounts.bind(place / "DCIM", tmp_path / "bound")
    report = scanned(library, bound)
    assert report.gone == 0
    assert scanned(library, place).unchanged == 6
    groups = all_groups(load_review_data(library.catalog()), GroupQuery(PhotoClass.IDENTICAL_FILE))
    plan = plan_by_rule(library.catalog(), groups.values())
    done = apply_plan(library, plan, DisposalKind.QUARANTINE)
    assert {path.read_bytes() for path in place.rglob("*.jpg")} >= {
        put(tmp_path / "x" / f"{n}.jpg", n).read_bytes() for n in range(5)
    }, done
