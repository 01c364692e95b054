"""The program started again and again on a fresh library: no start may hang, whatever its threads do at which moment."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SAMPLE = PROJECT / "resources" / "sample" / "photos"
STARTS, PHOTOS = 5, 60
ONE_START_S = 90  # a hang lasts for ever; a machine that does much else is only slow

STORY = """
import sys
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication
from twinlens.gui import app
from twinlens.gui.main_window import MainWindow

class Story(QObject):
    def __init__(self):
        super().__init__()
        self.settled = 0
        self.timer = QTimer(self, interval=20)
        self.timer.timeout.connect(self.look)
        self.timer.start()

    @Slot()
    def look(self):
        window = next((w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)), None)
        if window and window.isVisible() and not window.session.scans.running and len(window.presenter._shown) == PHOTOS:
            self.settled += 1
            if self.settled < 10:
                return  # the list is sorted once more when the scan has ended
            grid = window.workspace.photos
            print(grid.view().currentIndex().row(), grid.view().verticalScrollBar().value(), flush=True)
            self.timer.stop()
            window.close()

application = app.prepare()
story = Story()
sys.exit(app.run([sys.argv[1]], sys.argv[2]))
""".replace("PHOTOS", str(PHOTOS))


def test_five_starts_none_hangs_and_each_ends_at_the_top_of_the_grid(tmp_path: Path):
    drive = tmp_path / "drive"
    shutil.copytree(SAMPLE, drive)
    photos = sorted(path for path in drive.rglob("*") if path.is_file())
    for number, path in enumerate(photos[: PHOTOS - len(photos)]):
        shutil.copy2(path, drive / f"again {number}{path.suffix}")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(PROJECT / "desktop")}

    def start(number: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", STORY, str(drive), str(tmp_path / f"library {number}")]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=ONE_START_S, check=False
        )

    with ThreadPoolExecutor(max_workers=2) as pool:
        for done in pool.map(start, range(STARTS)):
            assert done.returncode == 0, done.stderr
            assert done.stdout.split() == ["0", "0"], "the user has not moved: first photo current, nothing scrolled"
