"""The first page of a window needs no arithmetic: numpy, a sixth of all that a start would load, comes when it is there."""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SAMPLE = PROJECT / "resources" / "sample" / "photos"
LIMIT_S = 90

STORY = """
import sys
from pathlib import Path
from PySide6.QtCore import QObject, Slot
from twinlens.gui import app
from twinlens.gui.desks import opening_desk
from twinlens.gui.main_window import MainWindow
from twinlens.gui.session import LibrarySession
from twinlens.gui.theme.theme import Theme
from twinlens.gui.views import ViewId
from twinlens.library.open import Library

opening_desk.AT_ONCE_BELOW = 0  # as a large library, which is not loaded before the page is there

class Story(QObject):
    def __init__(self, window):
        super().__init__()
        self.window, self.seen = window, False
        window.loader.loaded.connect(self.look)

    @Slot(object)
    def look(self, photo_ids):
        if not self.seen:
            self.seen = True
            print(len(self.window.workspace.photos.view().photos().ids()), "numpy" in sys.modules, flush=True)
            self.window.close()

application = app.prepare()
window = MainWindow(LibrarySession(Library.open(Path(sys.argv[1]))), Theme(application))
window.workspace.show_view(ViewId.PHOTOS)
story = Story(window)
window.show()
window.begin([])
application.exec()
"""


def test_the_first_page_is_there_before_numpy_is_loaded(tmp_path: Path):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(PROJECT / "desktop")}
    library = str(tmp_path / "library")

    def run(*arguments: str) -> str:
        command = [sys.executable, *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LIMIT_S, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("-m", "twinlens", "scan", "--no-embedding", "--library", library, str(SAMPLE))
    photos, has_numpy = run("-c", STORY, library).split()
    assert int(photos) > 10
    assert has_numpy == "False"
