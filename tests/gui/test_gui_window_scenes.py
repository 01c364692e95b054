"""The review workspace in a real window under Xvfb, with real threads, by mouse and keys."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.burst_photos import make_bursts
from tests.gui.shell_photos import make_drive

PROJECT = Path(__file__).resolve().parents[2]
SCENES = ["classes_sorted_and_filtered", "sliders", "looking", "best_shots", "rules", "finding", "history"]


@pytest.mark.window
def test_every_part_of_the_workspace_works_in_a_real_window(photos_dir: Path, tmp_path: Path):
    drive = make_drive(photos_dir, tmp_path / "drive")
    make_bursts(photos_dir, drive / "Card")
    command = [sys.executable, "-W", "error", "-m", "tests.gui.window_scenes", str(drive), str(tmp_path / "library")]
    if not os.environ.get("DISPLAY"):
        xvfb = shutil.which("xvfb-run")
        if xvfb is None:
            pytest.skip("there is no display and no xvfb-run")
        command = [xvfb, "-a", "-s", "-screen 0 1600x1000x24", *command]
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": f"{PROJECT / 'desktop'}:{PROJECT}"}
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=300, check=False, cwd=PROJECT
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == SCENES
    assert done.stderr.strip() == ""
