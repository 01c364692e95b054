"""A thousand photos at once: nothing that is done for each of them may be slow, and syncs are shared."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.review.made_library import catalogue, plan_of, tree
from tests.safety.world import jpeg
from twinlens.library.open import Library
from twinlens.review.apply import BATCH, apply_plan
from twinlens.review.undo import undo_session

COUNT = 1000
ROOT = Path(__file__).parents[2]


def test_a_thousand_photos_go_and_return_with_few_syncs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two seconds are promised for a removal; here it is the processor that may not take them. Measured: 0.6 s."""
    (tmp_path / "photos").mkdir()
    data = [jpeg(number) for number in range(20)]
    pairs = [tuple(str(tmp_path / "photos" / f"{number:04}{side}.jpg") for side in "ab") for number in range(COUNT)]
    for number, pair in enumerate(pairs):
        for path in pair:
            Path(path).write_bytes(data[number % len(data)])
    before = tree(tmp_path / "photos")
    syncs = [0]
    sync = os.fsync

    def counting(descriptor: int) -> None:
        syncs[0] += 1
        sync(descriptor)

    with Library.open(tmp_path / "library") as library:
        catalogue(library, [path for pair in pairs for path in pair])
        plan = plan_of(*[([keeper], [surplus]) for keeper, surplus in pairs])
        monkeypatch.setattr(os, "fsync", counting)
        began_s = time.process_time()
        report = apply_plan(library, plan, quarantine_folder=str(tmp_path / "removed"))
        assert time.process_time() - began_s < 6.0  # with coverage, on a busy machine
        assert len(report.done) == COUNT
        assert syncs[0] <= 8 * COUNT // BATCH
        assert len(undo_session(library).restored) == COUNT
    assert tree(tmp_path / "photos") == before


@pytest.mark.photos
def test_a_thousand_real_photos_take_few_times_the_bare_minimum(shared_data: Path, tmp_path: Path) -> None:
    """By the clock: what is read, decoded, compared, synced and moved for a promise, against just that. Measured: 2.2."""
    assert shared_data.is_dir()
    command = [sys.executable, "-m", "benchmarks.removal", "--busy", "--rounds", "2", "--folder", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
