"""A disk that is full when photos are removed or put back: nothing is lost, and nothing is left undecided."""

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.real_mounts import RealMounts, real_mounts
from tests.review.made_library import catalogue, picture, plan_of, tree
from twinlens.domain.errors import LibraryUnusable, NothingToUndo
from twinlens.domain.plan import Plan
from twinlens.library.open import Library
from twinlens.review.apply import apply_plan
from twinlens.review.settle import settle_interrupted
from twinlens.review.undo import undo_session

__all__ = ["real_mounts"]

PAIRS = 6
Tree = dict[str, tuple[bytes, int, int]]


def raw(library: Library) -> sqlite3.Connection:
    return library.catalog()._connection._raw


def allow_pages(library: Library, more: int) -> None:
    pages = raw(library).execute("PRAGMA page_count").fetchone()[0]
    free = raw(library).execute("PRAGMA freelist_count").fetchone()[0]
    raw(library).execute(f"PRAGMA max_page_count = {pages - free + more}")


def surplus(folder: Path) -> Plan:
    """Pairs of copies in a folder, and the plan that removes one of each."""
    for at in range(PAIRS):
        for side in "ab":
            picture(folder / f"{at} {'long name ' * 20}{side}.png", at)
    paths = sorted(tree(folder))
    return plan_of(*[([paths[at]], [paths[at + 1]]) for at in range(0, len(paths), 2)])


def check_nothing_is_lost(root: Path, before: Tree) -> None:
    """There is room again: all is settled, and undo gives back every byte and time."""
    contents = {data for data, _, _ in tree(root / "photos").values()} | {
        data for data, _, _ in tree(root / "removed").values()
    }
    assert {data for data, _, _ in before.values()} <= contents
    with Library.open(root / "library") as library:
        settle_interrupted(library)
        assert library.catalog().journal.unsettled() == []
        assert set(tree(root / "photos")) == set(library.catalog().photos.columns().paths)
        with contextlib.suppress(NothingToUndo):
            undo_session(library)
    assert tree(root / "photos") == before


@pytest.mark.parametrize("more", range(3))
def test_a_journal_that_cannot_grow_loses_nothing(tmp_path: Path, more: int) -> None:
    plan = surplus(tmp_path / "photos")
    before = tree(tmp_path / "photos")
    told = []
    with Library.open(tmp_path / "library") as library:
        catalogue(library, sorted(before))
        allow_pages(library, more)
        try:
            apply_plan(library, plan, quarantine_folder=str(tmp_path / "removed"))
        except LibraryUnusable as error:
            told.append(str(error))
    assert all("the disk is full" in sentence for sentence in told)
    assert told or more
    check_nothing_is_lost(tmp_path, before)


@pytest.mark.parametrize("left_kib", [0, 4, 16, 40, 60, 80, 120])
def test_a_library_on_a_full_disk_loses_nothing(tmp_path: Path, real_mounts: RealMounts, left_kib: int) -> None:
    plan = surplus(tmp_path / "photos")
    before = tree(tmp_path / "photos")
    disk = real_mounts.memory(tmp_path / "library", 4_000)
    with Library.open(disk) as library:
        catalogue(library, sorted(before))
        (disk / "ballast").write_bytes(bytes(max(0, shutil.disk_usage(disk).free - left_kib * 1024)))
        with contextlib.suppress(LibraryUnusable):
            apply_plan(library, plan, quarantine_folder=str(tmp_path / "removed"))
            undo_session(library)
    (disk / "ballast").unlink()
    check_nothing_is_lost(tmp_path, before)


def test_a_quarantine_on_a_full_disk_takes_nothing(tmp_path: Path, real_mounts: RealMounts) -> None:
    disk = real_mounts.memory(tmp_path / "disk", 256)
    for at in range(PAIRS):
        picture(disk / f"{at}a.png", at)
        picture(disk / f"{at}b.png", at)
    before = tree(disk)
    paths = sorted(before)
    plan = plan_of(*[([paths[at]], [paths[at + 1]]) for at in range(0, len(paths), 2)])
    with Library.open(tmp_path / "library") as library:
        catalogue(library, paths)
        ballast = tmp_path / "disk" / "ballast"
        with ballast.open("wb") as file, contextlib.suppress(OSError):
            file.write(bytes(shutil.disk_usage(disk).free))
        report = apply_plan(library, plan)
        assert report.done == ()
        assert len(report.refused) == PAIRS
        assert all("no space left" in reason for _, reason in report.refused)
        assert {path: data for path, data in tree(disk).items() if path.endswith(".png")} == before
        ballast.unlink()
        assert len(apply_plan(library, plan).done) == PAIRS
        assert undo_session(library).refused == ()
    assert {path: data for path, data in tree(disk).items() if path.endswith(".png")} == before
