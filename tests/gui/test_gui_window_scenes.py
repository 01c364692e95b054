"""The review workspace in a real window under Xvfb, with real threads, by mouse and keys."""

from pathlib import Path

import pytest

from tests.burst_photos import make_bursts
from tests.gui.real_window import in_a_real_window
from tests.gui.shell_photos import make_drive

SCENES = ["classes_sorted_and_filtered", "sliders", "looking", "best_shots", "rules", "finding", "history"]


@pytest.mark.window
def test_every_part_of_the_workspace_works_in_a_real_window(photos_dir: Path, tmp_path: Path):
    drive = make_drive(photos_dir, tmp_path / "drive")
    make_bursts(photos_dir, drive / "Card")
    done = in_a_real_window("-m", "tests.gui.window_scenes", str(drive), str(tmp_path / "library"), timeout_s=300)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == SCENES
    assert done.stderr.strip() == ""
