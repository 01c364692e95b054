"""The program in a real window under Xvfb: opens on a folder, shows it, closes without leaving anything behind."""

from pathlib import Path

import pytest

from tests.gui.real_window import in_a_real_window
from tests.gui.shell_photos import make_drive

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
    done = in_a_real_window("-c", STORY, str(drive), str(tmp_path / "library"), timeout_s=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["photos", "7", "groups", "2"]
    assert done.stderr.strip() == ""
