"""Killed with -9 at any moment of an apply or an undo: nothing is lost, and the next start settles and says it."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TORTURE = os.environ.get("TWINLENS_TORTURE")
KILLS = 300 if TORTURE else 36


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.timeout(1200)
def test_killed_at_random_moments(tmp_path: Path) -> None:
    seed = int(time.time()) if TORTURE else 20
    command = [sys.executable, "-m", "tests.safety.killing", str(tmp_path / "world"), str(KILLS), str(seed)]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'desktop'}{os.pathsep}{ROOT}"}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, f"seed {seed}\n{done.stderr[-3000:]}"
    counts = json.loads(done.stdout)
    sys.stdout.write(f"\nseed {seed}: {counts}\n")
    assert counts["killed"] == KILLS
    assert counts["with open steps"] > KILLS // 12  # some met the work itself, not what comes before and after
