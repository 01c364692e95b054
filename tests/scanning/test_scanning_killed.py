"""kill -9 at random moments, again and again: the catalog ends as that of a scan that nobody disturbed, bit for bit."""

import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scanning.killing import Outcome, contents, make_kill_album, photos_in, scan_and_kill
from twinlens.library.open import Library

SEED = 20_261_121
KILLS = 300 if os.environ.get("TWINLENS_TORTURE") else 30
KILLS_EACH = 8  # of one library, so that its beginning is met as often as its end
NEVER_S = 120.0

pytestmark = [pytest.mark.long, pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")]


@pytest.fixture(scope="module")
def kill_album(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kill-album")
    make_kill_album(shared_data, folder)
    return folder


def moments(chance: random.Random, longest_s: float) -> Iterator[float]:
    """When to kill: most of them early, so that one library is interrupted several times."""
    while True:
        yield chance.uniform(0.1, 1.0) * longest_s * chance.choice((0.25, 0.5, 1.0))


def test_thirty_kills_leave_no_trace(kill_album: Path, tmp_path: Path) -> None:
    undisturbed = scan_and_kill(tmp_path / "undisturbed", kill_album, NEVER_S)
    assert not undisturbed.killed
    expected = contents(tmp_path / "undisturbed")
    assert len(expected["photos"]) > 100
    assert len(expected["relations"]) > 40
    assert len(expected["problems"]) >= 2
    sys.stdout.write(f"seed {SEED}: {len(expected['photos'])} photos, undisturbed {undisturbed.after_s:.2f} s\n")
    when = moments(random.Random(SEED), 0.8 * undisturbed.after_s)
    kills, number = 0, 0
    while kills < KILLS:
        number += 1
        kills = killed_until_done(tmp_path / f"library {number}", kill_album, when, kills)
        found = contents(tmp_path / f"library {number}")
        for table, rows in expected.items():
            assert found[table] == rows, f"{table} differs (seed {SEED}, after kill {kills})"
        with Library.open(tmp_path / f"library {number}") as library:
            ids = library.catalog().photos.columns().photo_id.tolist()
            assert len(library.thumbnails.get_many(ids)) == len(ids)


def killed_until_done(folder: Path, album: Path, when: Iterator[float], kills: int) -> int:
    """Scan and kill until a scan comes to its end, or there were enough; returns how many kills there were by then."""
    before = kills
    while True:
        enough = kills >= KILLS or kills - before == KILLS_EACH
        outcome = scan_and_kill(folder, album, NEVER_S if enough else next(when))
        assert outcome.orphans == 0, "child processes outlived the scan"
        if not outcome.killed:
            return kills
        kills += 1
        tell(kills, folder, outcome)


def tell(number: int, folder: Path, outcome: Outcome) -> None:
    """One line of the log."""
    sys.stdout.write(
        f"kill {number:3d} in {folder.name}: {outcome.after_s:.3f} s after the scan began, in {outcome.doing!r},"
        f" {photos_in(folder)} photos in\n"
    )
