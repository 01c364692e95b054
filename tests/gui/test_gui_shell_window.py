"""The program in a real window under Xvfb: opens on a folder, shows it, closes without leaving anything behind."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gui.shell_photos import make_drive

PROJECT = Path(__file__).resolve().parents[2]

STORY = """
import sys
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication
from twinlens.gui import app
from twinlens.gui.main_window import MainWindow

class Story(QObject):
    def __init__(self):
        super().__init__()
        self.ticks = 0
        self.timer = QTimer(self, interval=50)
        self.timer.timeout.connect(self.look)
        self.timer.start()

    @Slot()
    def look(self):
        self.ticks += 1
        window = next((w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)), None)
        if self.ticks > 900:
            QApplication.exit(3)
        elif window and window.isVisible() and not window.session.scans.running:
            groups = window.session.groups.groups("identical-file")
            if groups is not None and len(groups) == 2 and window.loader.cache:
                print("photos", len(window.presenter._shown), "groups", len(groups), flush=True)
                self.timer.stop()
                window.close()

application = app.prepare()
story = Story()
sys.exit(app.run([sys.argv[1]], sys.argv[2]))
"""


@pytest.mark.window
def test_the_program_opens_on_a_folder_and_closes(photos_dir: Path, tmp_path: Path):
    drive = make_drive(photos_dir, tmp_path / "drive")
    command = [sys.executable, "-W", "error", "-c", STORY, str(drive), str(tmp_path / "library")]
    if not os.environ.get("DISPLAY"):
        xvfb = shutil.which("xvfb-run")
        if xvfb is None:
            pytest.skip("there is no display and no xvfb-run")
        command = [xvfb, "-a", "-s", "-screen 0 1600x1000x24", *command]
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(PROJECT / "desktop")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["photos", "7", "groups", "2"]
    assert done.stderr.strip() == ""
