"""Protected folders on real drives: plugged in elsewhere, and seen at two places at once."""

import os
import shutil
from pathlib import Path

import pytest

from tests.real_mounts import RealMounts, drive_image, real_mounts
from tests.review.made_library import picture, plan_of
from tests.scanning.scenes import scanned
from twinlens.domain.errors import PlanInvalid
from twinlens.domain.group import GroupQuery, Mark
from twinlens.domain.relation import PhotoClass
from twinlens.library.open import Library
from twinlens.review.apply import apply_plan
from twinlens.review.data import load_review_data
from twinlens.review.library_totals import all_groups
from twinlens.review.plan import plan_by_rule, plan_from_marks
from twinlens.review.protection import protect

__all__ = ["real_mounts"]


def write(folder: Path) -> None:
    for number in range(3):
        picture(folder / "archive" / f"{number}.png", number)
        (folder / "desk").mkdir(exist_ok=True)
        shutil.copy2(folder / "archive" / f"{number}.png", folder / "desk" / f"copy {number}.png")


def planned(library: Library, rule: str = "suggested") -> set[str]:
    groups = all_groups(load_review_data(library.catalog()), GroupQuery(PhotoClass.IDENTICAL_FILE))
    plan = plan_by_rule(library.catalog(), groups.values(), rule)
    return {os.path.basename(os.path.dirname(step.path)) for group in plan.groups for step in group.remove}


def test_the_lock_is_on_the_drive_and_not_on_the_place(
    library: Library,
    real_mounts: RealMounts,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    image = drive_image(tmp_path / "drive.img", 4)
    first = real_mounts.image(image, tmp_path / "first")
    write(first)
    scanned(library, first)
    protect(library.catalog(), str(first / "archive"))
    assert planned(library) == {"desk"}
    real_mounts.unmount(first)
    second = real_mounts.image(image, tmp_path / "second")
    library.refresh_volumes()
    (folder,) = library.catalog().protection.all()
    assert (folder.path, folder.online) == (str(second / "archive"), True)
    assert planned(library) == {"desk"}
    archived = [photo for photo in library.catalog().photos.named("0.png") if "/archive/" in photo.path]
    library.catalog().marks.set([photo.id for photo in archived], Mark.REJECT)
    assert plan_from_marks(library).removal_count == 0
    with pytest.raises(PlanInvalid, match="in a protected folder"):
        apply_plan(library, plan_of(([str(second / "desk" / "copy 0.png")], [str(second / "archive" / "0.png")])))


def test_a_second_mount_of_a_protected_folder_does_not_open_it(
    library: Library,
    real_mounts: RealMounts,
    tmp_path: Path,
) -> None:
    """The catalog knows the other place by another name; the folder itself is the same."""
    drive = real_mounts.image(drive_image(tmp_path / "drive.img", 4), tmp_path / "drive")
    write(drive)
    window = real_mounts.bind(drive / "archive", tmp_path / "window")
    scanned(library, window, drive / "desk")
    protect(library.catalog(), str(drive / "archive"))
    copy = str(drive / "desk" / "copy 1.png")
    report = apply_plan(library, plan_of(([copy], [str(window / "1.png")])))
    assert report.done == ()
    assert "protected folder" in report.refused[0][1]
    assert (drive / "archive" / "1.png").exists()
