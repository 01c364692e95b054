"""Attacks on the moment between plan and act, and on everything that an undo trusts."""

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.review.made_library import catalogue, picture, plan_of, tree
from tests.safety.faults import Faults, injected
from tests.without_privileges import run_without_privileges
from twinlens.disposal.manifest import MANIFEST_NAME, RESTORE_NAME
from twinlens.disposal.placement import QUARANTINE_NAME
from twinlens.domain.errors import LibraryLocked
from twinlens.domain.plan import DisposalKind, StepState
from twinlens.domain.ports import GoOn
from twinlens.library.open import Library
from twinlens.review import decisions
from twinlens.review.apply import apply_plan
from twinlens.review.undo import undo_session


@pytest.fixture
def pair(tmp_path: Path, library: Library) -> tuple[str, str]:
    keeper = picture(tmp_path / "photos" / "kept" / "a.png", 1)
    surplus = picture(tmp_path / "photos" / "surplus" / "a.png", 1)
    catalogue(library, [keeper, surplus])
    return keeper, surplus


class Meanwhile(GoOn):
    """Does something once, at the n-th time that the apply asks whether it may go on."""

    def __init__(self, at: int, deed: Callable[[], None]) -> None:
        self._left = at
        self._deed = deed

    def proceed(self) -> bool:
        self._left -= 1
        if self._left == 0:
            self._deed()
        return True


def swap_for_link(folder: Path) -> None:
    """The folder goes elsewhere, and a link to it lies in its place: every path still leads to the same bytes."""
    os.rename(folder, folder.with_name("elsewhere"))
    os.symlink(folder.with_name("elsewhere"), folder)


@pytest.mark.parametrize("kind", [DisposalKind.QUARANTINE, DisposalKind.HARDLINK])
@pytest.mark.parametrize("side", ["kept", "surplus"])
@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_folder_swapped_for_a_link_is_refused(
    tmp_path: Path, library: Library, pair: tuple[str, str], side: str, at: int, kind: DisposalKind
) -> None:
    before = {Path(path).read_bytes() for path in pair}
    plan = plan_of(([pair[0]], [pair[1]]))
    control = Meanwhile(at, lambda: swap_for_link(tmp_path / "photos" / side))
    report = apply_plan(library, plan, kind, control=control, quarantine_folder=str(tmp_path / "removed"))
    assert report.done == ()
    reason = report.refused[0][1]
    # The keeper is read on a thread of its own at the second asking: the swap may show as a folder that is gone, too.
    seen_amid = (side, at) == ("kept", 2) and "no such file or directory" in reason.lower()
    assert seen_amid or "has become a link" in reason
    assert {data for data, _, _ in tree(tmp_path / "photos").values()} == before
    assert len(tree(tmp_path / "photos")) == 2


@pytest.mark.parametrize("side", [0, 1])
def test_a_photo_swapped_for_a_link_is_refused(
    tmp_path: Path, library: Library, pair: tuple[str, str], side: int
) -> None:
    plan = plan_of(([pair[0]], [pair[1]]))

    def swap() -> None:
        os.unlink(pair[side])
        os.symlink(pair[1 - side], pair[side])

    report = apply_plan(library, plan, control=Meanwhile(2, swap), quarantine_folder=str(tmp_path / "removed"))
    assert report.done == ()
    assert Path(pair[1 - side]).is_file()


def test_nothing_is_put_back_through_a_link(tmp_path: Path, library: Library, pair: tuple[str, str]) -> None:
    apply_plan(library, plan_of(([pair[0]], [pair[1]])), quarantine_folder=str(tmp_path / "removed"))
    folder, victim = tmp_path / "photos" / "surplus", tmp_path / "victim"
    victim.mkdir()
    folder.rmdir()
    folder.symlink_to(victim)
    assert "has become a link" in undo_session(library).refused[0][1]
    assert list(victim.iterdir()) == []
    folder.unlink()
    assert len(undo_session(library).restored) == 1
    assert Path(pair[1]).is_file()


def test_a_clock_set_back_changes_no_order(
    tmp_path: Path, library: Library, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = picture(tmp_path / "photos" / "surplus" / "b.png", 1)
    catalogue(library, [other])
    first = apply_plan(library, plan_of(([pair[0]], [pair[1]])), quarantine_folder=str(tmp_path / "removed"))
    year_ns = 365 * 86400 * 10**9
    now_ns = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now_ns() - year_ns)
    second = apply_plan(library, plan_of(([pair[0]], [other])), quarantine_folder=str(tmp_path / "removed"))
    newest = decisions.horizon(library.catalog()).undo
    assert newest is not None
    assert newest.session_id == second.session_id
    assert undo_session(library).session_id == second.session_id
    assert undo_session(library).session_id == first.session_id
    assert all(os.path.isfile(path) for path in (*pair, other))


def test_two_programs_never_write_to_one_library(tmp_path: Path, library: Library, pair: tuple[str, str]) -> None:
    with pytest.raises(LibraryLocked):
        Library.open(tmp_path / "library")
    command = [sys.executable, "-m", "twinlens", "undo", "--library", str(tmp_path / "library")]
    desktop = Path(__file__).parents[2] / "desktop"
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(desktop)}, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    apply_plan(library, plan_of(([pair[0]], [pair[1]])), quarantine_folder=str(tmp_path / "removed"))
    with Library.open(tmp_path / "library", read_only=True) as reader:  # a reader sees it, and changes nothing
        assert len(reader.catalog().journal.receipts(states=(StepState.DONE,))) == 1


def test_names_that_would_collide(tmp_path: Path, library: Library) -> None:
    names = [os.fsdecode(name) for name in (b"a.png", b"A.png", b"\xff\xfe.png", b"e\xcc\x81.png", b"\xc3\xa9.png")]
    keeper = picture(tmp_path / "photos" / "keep.png", 5)
    surplus = [picture(tmp_path / "photos" / folder / name, 5) for folder in "xyz" for name in names]
    catalogue(library, [keeper, *surplus])
    before = tree(tmp_path / "photos")
    report = apply_plan(library, plan_of(([keeper], surplus)), quarantine_folder=str(tmp_path / "removed"))
    assert len(report.done) == len(surplus)
    assert len(undo_session(library).restored) == len(surplus)
    assert tree(tmp_path / "photos") == before


def test_a_line_cut_short_takes_no_other_with_it(tmp_path: Path, library: Library, pair: tuple[str, str]) -> None:
    """The disk is full in the middle of a manifest's line; there is room again, and the printed lines still restore."""
    other = picture(tmp_path / "photos" / "surplus" / "b.png", 1)
    catalogue(library, [other])
    override = str(tmp_path / "removed")
    apply_plan(library, plan_of(([pair[0]], [other])), quarantine_folder=override)
    faults = Faults()
    cut = False
    with injected(faults):
        for at in range(1, 40):
            with faults.armed(fail_at=at, fails_for=1, code=errno.ENOSPC):
                report = apply_plan(library, plan_of(([pair[0]], [pair[1]])), quarantine_folder=override, dry_run=False)
            manifest = (tmp_path / "removed" / QUARANTINE_NAME / MANIFEST_NAME).read_bytes()
            cut = cut or not manifest.endswith(b"\n")
            if cut or report.done:
                break
    assert cut
    assert len(apply_plan(library, plan_of(([pair[0]], [pair[1]])), quarantine_folder=override).done) == 1
    folder = tmp_path / "removed" / QUARANTINE_NAME
    lines = (folder / RESTORE_NAME).read_text().splitlines()
    script = "\n".join(line[4:] for line in lines if line.startswith("    "))
    subprocess.run([sys.executable, "-c", script], cwd=folder, check=True)
    assert all(os.path.isfile(path) for path in (*pair, other))


FOREIGN = """
import os, sys
from pathlib import Path
from tests.review.made_library import catalogue, picture, plan_of
from twinlens.domain.plan import DisposalKind
from twinlens.library.open import Library
from twinlens.review.apply import apply_plan
root = Path(sys.argv[1])
paths = sorted(str(path) for path in (root / "photos").iterdir())
with Library.open(root / "library") as library:
    catalogue(library, paths)
    for kind in (DisposalKind.QUARANTINE, DisposalKind.HARDLINK):
        report = apply_plan(library, plan_of(([paths[0]], [paths[1]])), kind, quarantine_folder=str(root / "removed"))
        print(kind, len(report.done), report.refused[0][1])
"""


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can make files of another user")
def test_photos_of_another_user_in_a_shared_folder_stay(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        os.chown(picture(tmp_path / "photos" / name, 3), 4711, 4711)
    os.chown(tmp_path / "photos", 4711, 4711)
    os.chmod(tmp_path / "photos", 0o1777)  # anybody may add files, and only the owner takes them out
    before = tree(tmp_path / "photos")
    said = run_without_privileges(FOREIGN, tmp_path).splitlines()
    assert len(said) == 2
    assert all(" 0 " in line and ("not permitted" in line or "denied" in line) for line in said), said
    assert tree(tmp_path / "photos") == before
