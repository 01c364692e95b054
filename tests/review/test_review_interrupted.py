"""Killed at any moment, nothing is lost: the next start settles, an undo gives every byte and time back."""

import contextlib
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.review.made_library import catalogue, picture, plan_of, tree
from twinlens.domain.errors import NothingToUndo
from twinlens.library.open import Library
from twinlens.review.apply import apply_plan
from twinlens.review.settle import settle_interrupted
from twinlens.review.undo import undo_session

ROOT = Path(__file__).parents[2]
PAIRS = 8


def _prepare(root: Path) -> dict[str, tuple[bytes, int, int]]:
    paths = [picture(root / "photos" / f"{at}-{side}.png", at) for at in range(PAIRS) for side in ("a", "b")]
    with Library.open(root / "library") as library:
        catalogue(library, paths)
    return tree(root / "photos")


def _die(root: Path, what: str, deaths_at: int, alarm_s: float) -> int:
    command = [sys.executable, "-m", "tests.review.interrupted_worker", str(root), what, str(deaths_at), str(alarm_s)]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'desktop'}{os.pathsep}{ROOT}"}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True).returncode


def _contents(root: Path) -> set[bytes]:
    return {data for path, (data, _, _) in tree(root).items() if path.endswith(".png")}


RANDOM_DEATHS = 75 if os.environ.get("TWINLENS_TORTURE") else 1  # 0 and -1 are moments left to chance


@pytest.mark.parametrize("what", ["apply", "undo"])
@pytest.mark.parametrize("deaths_at", [1, 2, 7, 10, *([0, -1] * RANDOM_DEATHS)])
def test_killed_at_any_moment(tmp_path: Path, what: str, deaths_at: int) -> None:
    before = _prepare(tmp_path)
    if what == "undo":
        photos = sorted(before)
        with Library.open(tmp_path / "library") as library:
            plan = plan_of(*[([photos[at]], [photos[at + 1]]) for at in range(0, len(photos), 2)])
            apply_plan(library, plan, quarantine_folder=str(tmp_path / "removed"))
    alarm_s = 0.0 if deaths_at > 0 else random.Random(f"{what}{deaths_at}").uniform(0.005, 0.06)
    code = _die(tmp_path, what, deaths_at, alarm_s)
    assert code < 0 or deaths_at <= 0  # an alarm may ring after the work was done
    assert _contents(tmp_path) == {data for data, _, _ in before.values()}
    with Library.open(tmp_path / "library") as library:
        said = settle_interrupted(library)
        assert bool(said) == (code < 0) or deaths_at <= 0
        assert library.catalog().journal.unsettled() == []
        on_disk = set(tree(tmp_path / "photos"))
        assert on_disk == set(library.catalog().photos.columns().paths)
        with contextlib.suppress(NothingToUndo):
            undo_session(library)
        assert tree(tmp_path / "photos") == before
        assert library.catalog().photos.count() == 2 * PAIRS
        assert all(session.finished_at for session in library.catalog().journal.sessions())
