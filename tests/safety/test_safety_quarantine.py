"""The quarantine: tried when a folder is added, emptied when asked or when due, and never otherwise."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.real_mounts import RealMounts, real_mounts
from tests.review.made_library import catalogue, picture, plan_of, tree
from tests.without_privileges import run_without_privileges
from twinlens.cli.main import cli
from twinlens.disposal.placement import QUARANTINE_NAME
from twinlens.disposal.trial import try_quarantine
from twinlens.domain.errors import StepRefused
from twinlens.domain.settings import QUARANTINE_DAYS
from twinlens.library.open import Library
from twinlens.review.apply import apply_plan
from twinlens.review.quarantine_contents import purge, waiting
from twinlens.review.quarantine_due import empty_due, settle_and_empty

__all__ = ["real_mounts"]


@pytest.fixture
def library(tmp_path: Path):
    with Library.open(tmp_path / "library") as opened:
        paths = [picture(tmp_path / "photos" / name, 1) for name in ("a.png", "b.png", "c.png")]
        catalogue(opened, paths)
        plan = plan_of(([paths[0]], paths[1:]))
        assert len(apply_plan(opened, plan, quarantine_folder=str(tmp_path / "removed")).done) == 2
        yield opened


def test_a_trial_leaves_nothing(tmp_path: Path) -> None:
    place = try_quarantine(str(tmp_path), str(tmp_path / "q"))
    assert place == str(tmp_path / "q" / QUARANTINE_NAME)
    assert list(tmp_path.iterdir()) == []


def test_a_full_drive_is_noticed_when_the_folder_is_added(tmp_path: Path, real_mounts: RealMounts) -> None:
    disk = real_mounts.memory(tmp_path / "disk", 64)
    picture(disk / "a.png", 1)
    (disk / "ballast").write_bytes(bytes(os.statvfs(disk).f_bavail * os.statvfs(disk).f_bsize))
    with pytest.raises(StepRefused, match="no space left"):
        try_quarantine(str(disk), None)
    assert sorted(os.listdir(disk)) in (["a.png", "ballast"], [QUARANTINE_NAME, "a.png", "ballast"])


def test_a_scan_says_at_once_that_nothing_could_be_removed(tmp_path: Path) -> None:
    picture(tmp_path / "locked" / "a.png", 1)
    os.chmod(tmp_path / "locked", 0o555)
    code = "import sys; from twinlens.cli.main import cli; cli(sys.argv[1:], standalone_mode=False)"
    code = f"import sys; sys.stderr = sys.stdout\n{code}"
    said = run_without_privileges(
        code, "scan", "--no-embedding", "--library", tmp_path / "library", str(tmp_path / "locked")
    )
    assert "cannot be removed by Twinlens" in said


def test_nothing_is_emptied_unless_it_is_set(tmp_path: Path, library: Library) -> None:
    later = datetime.now(UTC) + timedelta(days=4000)
    assert QUARANTINE_DAYS.default == 0
    assert empty_due(library, now=later) is None
    assert settle_and_empty(library) == []
    assert len(waiting(library.catalog())) == 2


def test_what_is_due_goes_and_each_is_checked(tmp_path: Path, library: Library) -> None:
    library.preferences.set(QUARANTINE_DAYS, 30)
    soon, later = (datetime.now(UTC) + timedelta(days=days) for days in (29, 31))
    assert empty_due(library, now=soon) is None
    first, second = waiting(library.catalog())
    Path(first.resting_path or "").write_bytes(b"somebody changed it")
    report = empty_due(library, now=later)
    assert report is not None
    assert [receipt.step_id for receipt in report.purged] == [second.step_id]
    assert report.freed_bytes == second.size_bytes
    assert Path(first.resting_path or "").read_bytes() == b"somebody changed it"


def test_without_its_keeper_nothing_is_emptied(tmp_path: Path, library: Library) -> None:
    os.unlink(tmp_path / "photos" / "a.png")
    steps = [receipt.step_id for receipt in waiting(library.catalog())]
    assert purge(library, steps).purged == ()
    assert len([path for path in tree(tmp_path / "removed") if path.endswith(".png")]) == 2


def test_the_command_says_what_would_be_free_and_frees_that(tmp_path: Path, library: Library) -> None:
    os.link(waiting(library.catalog())[0].resting_path or "", tmp_path / "another name")
    size_bytes = waiting(library.catalog())[1].size_bytes
    library.close()
    place = ["--library", str(tmp_path / "library")]
    said = CliRunner().invoke(cli, ["quarantine", *place], catch_exceptions=False)
    assert "2 photos in quarantine" in said.stderr
    assert f"{size_bytes}" in said.stderr
    assert CliRunner().invoke(cli, ["quarantine", "--older-than", "1", "--empty", *place]).exit_code == 0
    assert len([path for path in tree(tmp_path / "removed") if path.endswith(".png")]) == 2
    said = CliRunner().invoke(cli, ["quarantine", "--empty", *place], catch_exceptions=False)
    assert "2 photos removed for good" in said.stderr
    assert f"{size_bytes}" in said.stderr
    assert not [path for path in tree(tmp_path / "removed") if path.endswith(".png")]
