"""Take the pictures in docs/images from a real window on the bundled sample photos (under Xvfb where there is no screen)."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
IMAGES = PROJECT / "docs" / "images"
SIZE_PX = (1440, 900)


def on_a_screen() -> bool:
    """Whether there is a screen; otherwise this program is started again inside a virtual one."""
    if os.environ.get("DISPLAY"):
        return True
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(PROJECT / "desktop")}
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24"]
    sys.exit(
        subprocess.run([*screen, sys.executable, __file__, *sys.argv[1:]], env=environment, check=False).returncode
    )


class Tour:
    """Walks through the window and takes a picture of each view."""

    def __init__(self, folder: Path, theme_name: str, images: Path) -> None:
        from twinlens.gui.app import prepare
        from twinlens.gui.main_window import MainWindow
        from twinlens.gui.session import LibrarySession
        from twinlens.gui.theme.theme import Theme
        from twinlens.library.open import Library

        self.application = prepare()
        theme = Theme(self.application)
        theme.choose(theme_name)
        self.theme_name = theme_name
        self.images = images
        self.photos = folder / "Family photos"
        self.window = MainWindow(LibrarySession(Library.open(folder / f"library-{theme_name}")), theme)
        self.window.resize(*SIZE_PX)
        self.window.show()

    def wait(self, duration_ms: int, until: Callable[[], bool] | None = None) -> None:
        """Turn the event loop for a while, or until something is so (at most a minute)."""
        from PySide6.QtCore import QEventLoop, QTimer

        for _ in range(1 if until is None else 600):
            loop = QEventLoop()
            QTimer.singleShot(duration_ms, loop.quit)
            loop.exec()
            if until is not None and until():
                return

    def take(self, name: str) -> None:
        """Save the window as it is."""
        self.wait(700)
        self.images.mkdir(parents=True, exist_ok=True)
        self.window.grab().save(str(self.images / f"{name}-{self.theme_name}.png"))

    def walk(self) -> None:
        """Every view, in the order of a session."""
        from twinlens.domain.relation import PhotoClass
        from twinlens.gui.views import ViewId

        window, session, workspace = self.window, self.window.session, self.window.workspace
        window.begin([])
        self.take("welcome")
        window.begin([str(self.photos)])
        self.wait(60, lambda: bool(session.library.catalog().photos.count()))
        self.take("scanning")
        self.wait(100, lambda: not session.scans.running)
        self.wait(1500)
        for view, name in ((ViewId.BURSTS, "bursts"), (ViewId.PHOTOS, "photos")):
            window.show_view(view)
            workspace.focus_page()
            self.take(name)
        window.show_view(ViewId.DUPLICATES)
        for photo_class in (PhotoClass.IDENTICAL_FILE, PhotoClass.EDITED, PhotoClass.SAME_SHOT):
            workspace.duplicates.choose(photo_class)
            workspace.focus_page()
            self.take(photo_class.value)
        for _ in range(3):
            window.actions_by_id["accept"].trigger()
            self.wait(200)
        self.take("duplicates")
        window.actions_by_id["remove"].trigger()
        self.wait(100, lambda: bool(session.records.records.waiting))
        self.take("removed")
        for view in (ViewId.QUARANTINE, ViewId.HISTORY, ViewId.PROBLEMS):
            window.show_view(view)
            self.take(view.value)
        window.actions_by_id["undo"].trigger()
        self.wait(1500)
        window.close()


def main() -> None:
    """Both themes, each with a fresh copy of the sample photos."""
    on_a_screen()
    images = Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES
    with tempfile.TemporaryDirectory() as work:
        for theme_name in ("dark", "light"):
            folder = Path(work)
            shutil.rmtree(folder / "Family photos", ignore_errors=True)
            shutil.copytree(PROJECT / "resources" / "sample" / "photos", folder / "Family photos")
            (folder / "Family photos" / "Phone" / "IMG_0815.JPG").write_bytes(
                b"\xff\xd8\xff\xe0 cut short by a full card"
            )
            Tour(folder, theme_name, images).walk()
            print(f"{theme_name}: {images}")


if __name__ == "__main__":
    main()
