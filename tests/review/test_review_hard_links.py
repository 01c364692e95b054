"""One file under several names (hard links): counted once, never offered, and never taken for a copy of itself."""

import os
import shutil
from pathlib import Path

import pytest

from tests.cli.small_tree import document, run
from tests.scanning.scenes import noise_jpeg, put, scanned
from twinlens.domain.group import GroupQuery, Mark, Suggestion
from twinlens.domain.relation import PhotoClass
from twinlens.library.open import Library
from twinlens.matching.rules.built_in import RULES
from twinlens.review.apply import apply_plan
from twinlens.review.data import load_review_data
from twinlens.review.duplicates import SAME_FILE, SEVERAL_NAMES, GroupList
from twinlens.review.library_totals import all_groups, totals
from twinlens.review.plan import plan_by_rule, plan_from_marks

SIZE = len(noise_jpeg(1))


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A photo under three names, as backup programs make them, with one true copy that is older; and one by itself."""
    folder = tmp_path / "photos"
    first = put(folder / "2024-01/a.jpg", 1)
    for name in ("2024-02/a.jpg", "2024-03/a.jpg"):
        (folder / name).parent.mkdir()
        os.link(first, folder / name)
    copy = folder / "copy of a.jpg"
    shutil.copyfile(first, copy)
    os.utime(copy, (1e9, 1e9))
    os.link(put(folder / "2024-01/alone.jpg", 30), folder / "2024-02/alone.jpg")
    return folder


def identical(library: Library) -> GroupList:
    query = GroupQuery(PhotoClass.IDENTICAL_FILE)
    return all_groups(load_review_data(library.catalog()), query)[PhotoClass.IDENTICAL_FILE]


def suggestions(library: Library) -> dict[str, tuple[Suggestion, str]]:
    (group,) = identical(library)
    catalog = library.catalog()
    return {
        os.path.relpath(catalog.photos.get(member.photo_id).path, library.folder.parent / "photos"): (
            member.suggestion,
            member.reason,
        )
        for member in group.members
    }


def test_names_of_one_file_are_no_copies(library: Library, photos: Path) -> None:
    assert scanned(library, photos).photos == 6
    found = suggestions(library)  # one group: a file that is there once under two names is none
    assert found["copy of a.jpg"][0] is Suggestion.REJECT
    names = {name: verdict for name, verdict in found.items() if name.startswith("2024")}
    assert sorted(suggestion.value for suggestion, _ in names.values()) == ["keep", "none", "none"]
    assert {reason for suggestion, reason in names.values() if suggestion is Suggestion.NONE} == {SAME_FILE}
    counted = totals({PhotoClass.IDENTICAL_FILE: identical(library)})[PhotoClass.IDENTICAL_FILE]
    assert (counted.groups, counted.reclaimable_bytes) == (1, SIZE)
    assert library.catalog().photos.total_bytes() == 2 * SIZE + len(noise_jpeg(30))


@pytest.mark.parametrize("rule", sorted(RULES))
def test_no_rule_removes_a_name(library: Library, photos: Path, rule: str) -> None:
    scanned(library, photos)
    groups = all_groups(load_review_data(library.catalog()), GroupQuery(PhotoClass.IDENTICAL_FILE))
    plan = plan_by_rule(library.catalog(), groups.values(), rule)
    removed = [step.path for group in plan.groups for step in group.remove]
    assert removed in ([], [str(photos / "copy of a.jpg")])
    assert apply_plan(library, plan).refused == ()
    assert len(list((photos).rglob("2024*/*.jpg"))) == 5


def test_a_name_that_the_user_rejects_is_refused_with_the_reason(library: Library, photos: Path) -> None:
    scanned(library, photos)
    os.remove(photos / "copy of a.jpg")
    scanned(library, photos)
    assert len(identical(library)) == 0
    put(photos / "b.jpg", 1)
    scanned(library, photos)
    catalog = library.catalog()
    names = [photo.id for photo in catalog.photos.named("a.jpg") if photo.path.endswith("/a.jpg")]
    (copy,) = [photo.id for photo in catalog.photos.named("b.jpg")]
    catalog.marks.set([copy, *names[1:]], Mark.REJECT)
    report = apply_plan(library, plan_from_marks(library))
    assert [receipt.path for receipt in report.done] == [str(photos / "b.jpg")]
    assert len(report.refused) == 2
    assert all("one file: removing a name frees nothing" in reason for _, reason in report.refused)


def test_the_smaller_of_two_files_with_names_is_left_alone_too(library: Library, photos: Path) -> None:
    os.link(photos / "copy of a.jpg", photos / "copy again.jpg")
    scanned(library, photos)
    found = suggestions(library)
    assert [suggestion for suggestion, _ in found.values()].count(Suggestion.REJECT) == 0
    assert SEVERAL_NAMES in {reason for _, reason in found.values()}
    assert identical(library).total_reclaimable_bytes == 0


def test_a_link_that_is_cut_makes_two_files(library: Library, photos: Path) -> None:
    scanned(library, photos)
    for name in ("2024-02/a.jpg", "2024-03/a.jpg"):  # as an editor does that writes beside and replaces
        shutil.copyfile(photos / name, photos / "new")
        os.replace(photos / "new", photos / name)
    scanned(library, photos)
    values = [suggestion for suggestion, _ in suggestions(library).values()]
    assert (values.count(Suggestion.KEEP), values.count(Suggestion.REJECT)) == (1, 3)
    assert identical(library).total_reclaimable_bytes == 3 * SIZE


def test_the_command_line_says_the_same(photos: Path, tmp_path: Path) -> None:
    library = ("--library", str(tmp_path / "library"))
    found = document(run("duplicates", str(photos), "--class", "identical-file", "--json", *library))
    (group,) = found["groups"]
    assert group["reclaimable_bytes"] == SIZE
    rejected = [photo["path"] for photo in group["photos"] if photo["suggestion"] == "reject"]
    assert rejected == [str(photos / "copy of a.jpg")]
    assert sum("hard link" in photo["reason"] for photo in group["photos"]) == 2


def test_after_a_copy_was_made_a_hard_link_it_is_not_offered_again(photos: Path, tmp_path: Path) -> None:
    library = ("--library", str(tmp_path / "library"))
    document(run("scan", str(photos), "--no-embedding", "--json", *library))
    plan = tmp_path / "plan.json"
    assert run("plan", "--output", str(plan), *library).exit_code == 0
    assert run("apply", str(plan), "--to", "hardlink", *library).exit_code == 0
    assert (photos / "copy of a.jpg").stat().st_nlink == 4
    found = document(run("duplicates", str(photos), "--class", "identical-file", "--json", *library))
    assert found["groups"] == []
