"""Run a story in a process of its own, in a real window: on the display there is, or under Xvfb."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


def in_a_real_window(*arguments: str, timeout_s: float) -> subprocess.CompletedProcess[str]:
    """What Python with these arguments prints; warnings are errors. Skips where nothing can be shown."""
    command = [sys.executable, "-W", "error", *arguments]
    if not os.environ.get("DISPLAY"):
        xvfb = shutil.which("xvfb-run")
        if xvfb is None:
            pytest.skip("there is no display and no xvfb-run")
        command = [xvfb, "-a", "-s", "-screen 0 1600x1000x24", *command]
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": f"{PROJECT / 'desktop'}:{PROJECT}"}
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=timeout_s, check=False, cwd=PROJECT
    )
