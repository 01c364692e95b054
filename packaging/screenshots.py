"""Take the pictures in docs/images from a real window on the bundled sample photos (under Xvfb where there is no screen).

``screenshots.py [IMAGES [PHOTOS]]``: where to write them, and other photos than the sample, to look at the window with.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

PROJECT = Path(__file__).resolve().parents[1]
IMAGES = PROJECT / "docs" / "images"
SAMPLE = PROJECT / "resources" / "sample" / "photos"
SIZE_PX = (1440, 900)
# What goes into the documentation, by theme and scale; every picture is written when a folder is named.
LEFT_OUT = {"identical-file", "same-shot", "help", "change_keys"}
PUBLISHED = {
    ("light", "1"): {"duplicates", "photos", "quarantine", "rule"},
    ("high-contrast", "1"): {"duplicates"},
    ("dark", "2"): {"duplicates"},
    ("light", "2"): set[str](),
}
LOOKS = {"1": ("dark", "light", "high-contrast"), "2": ("dark", "light")}
SCANNED_PHOTOS = 16  # as many as fill the first screen
SCREEN_PX = {"1": "1600x1000", "2": "3200x2000"}


def in_a_screen(images: Path, photos: Path, scale: str) -> None:
    """Run the tour in a process of its own, for a scale is chosen before Qt starts; in a virtual screen if there is none."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "desktop"), "QT_SCALE_FACTOR": scale}
    command = [sys.executable, __file__, "--tour", str(images), str(photos), scale]
    if not os.environ.get("DISPLAY"):
        environment["QT_QPA_PLATFORM"] = "xcb"
        command = ["xvfb-run", "-a", "-s", f"-screen 0 {SCREEN_PX[scale]}x24", *command]
    subprocess.run(command, env=environment, check=True, timeout=900)


class Tour:
    """Walks through the window and takes a picture of each view."""

    def __init__(self, folder: Path, photos: Path, theme_name: str, images: Path, scale: str = "1") -> None:
        from twinlens.gui.app import prepare
        from twinlens.gui.main_window import MainWindow
        from twinlens.gui.session import LibrarySession
        from twinlens.gui.theme.theme import Theme
        from twinlens.library.open import Library

        self.application = prepare()
        theme = Theme(self.application)
        theme.choose(theme_name)
        self.theme_name, self.scale = theme_name, scale
        self.images = images
        self.photos = photos
        self.window = MainWindow(LibrarySession(Library.open(folder / f"library-{theme_name}")), theme)
        self.window.resize(*SIZE_PX)
        self.window.show()

    def wait(self, duration_ms: int, until: Callable[[], bool] | None = None) -> None:
        """Turn the event loop for a while, or until something is so (at most a minute)."""
        from PySide6.QtCore import QEventLoop, QTimer

        for _ in range(1 if until is None else 60_000 // duration_ms):
            loop = QEventLoop()
            QTimer.singleShot(duration_ms, loop.quit)
            loop.exec()
            if until is not None and until():
                return

    def take(self, name: str, settle_ms: int = 700) -> None:
        """Save the window as it is."""
        from PySide6.QtWidgets import QWidget

        self.wait(settle_ms)
        if self.images == IMAGES and not self.is_published(name):
            return
        self.images.mkdir(parents=True, exist_ok=True)
        shown = self.application.activeModalWidget()
        self.save(shown if isinstance(shown, QWidget) else self.window, name)

    def is_published(self, name: str) -> bool:
        """Whether this picture goes into the documentation."""
        chosen = PUBLISHED.get((self.theme_name, self.scale))
        return name not in LEFT_OUT if chosen is None else name in chosen

    def save(self, widget: "QWidget", name: str) -> None:
        """Write what a widget shows, in true colour, as small as PNG goes."""
        from PIL import Image

        end = "" if self.scale == "1" else f"-{self.scale}00"
        path = self.images / f"{name}-{self.theme_name}{end}.png"
        widget.grab().save(str(path))
        with Image.open(path) as picture:
            picture.convert("RGB").save(path, optimize=True)

    def take_dialog(self, name: str, action: str) -> None:
        """Open a dialog by its action, save it, close it."""
        from PySide6.QtCore import QTimer

        def look() -> None:
            self.take(name, settle_ms=1500)
            dialog = self.application.activeModalWidget()
            if dialog is not None:
                dialog.close()

        QTimer.singleShot(100, look)
        self.window.actions_by_id[action].trigger()
        self.wait(200, lambda: self.application.activeModalWidget() is None)  # some dialogs do not wait themselves

    def walk(self) -> None:
        """Every view, in the order of a session."""
        window = self.window
        window.begin([])
        self.take("welcome")
        self.scan()
        self.look_around()
        self.decide()
        self.remove()
        window.close()
        window.deleteLater()
        self.wait(100)

    def scan(self, *, pictured: bool = True) -> None:
        """The first scan, seen in the middle."""
        session = self.window.session
        self.window.begin([str(self.photos)])
        if pictured:
            self.wait(20, lambda: len(self.window.presenter._shown) >= SCANNED_PHOTOS or not session.scans.running)
            session.scans.pause()
            self.wait(700)  # for the thumbnails
            session.scans.resume()
            self.take("scanning", settle_ms=20)
        self.wait(100, lambda: not session.scans.running)
        self.wait(1500)
        self.window.toast.dismiss()

    def look_around(self) -> None:
        """The views and the dialogs."""
        from twinlens.domain.relation import PhotoClass
        from twinlens.gui.views import ViewId

        workspace = self.window.workspace
        for view, name in ((ViewId.BURSTS, "bursts"), (ViewId.PHOTOS, "photos")):
            self.window.show_view(view)
            workspace.focus_page()
            if view is ViewId.PHOTOS:
                workspace.photos.view().step(3)
            self.take(name)
        grid = workspace.photos
        grid.show_photo(max(grid.view().photos().ids(), key=self.width_px))
        self.window.actions_by_id["loupe"].trigger()
        self.take("loupe")
        self.window.actions_by_id["loupe"].trigger()
        self.window.show_view(ViewId.DUPLICATES)
        for photo_class in (PhotoClass.IDENTICAL_FILE, PhotoClass.EDITED, PhotoClass.SAME_SHOT):
            workspace.duplicates.choose(photo_class)
            workspace.focus_page()
            self.take(photo_class.value)
        self.look_nearer()
        dialogs = (("settings", "settings"), ("shortcuts", "keys"), ("change_keys", "change_keys"), ("rule", "rule"))
        for name, action in dialogs:
            self.take_dialog(name, action)

    def look_nearer(self) -> None:
        """What covers the window, on a burst: compare, its ways to look, survey; then the results of a search."""
        from twinlens.gui.help.window import HelpWindow
        from twinlens.gui.views import ViewId

        window, actions = self.window, self.window.actions_by_id
        window.show_view(ViewId.BURSTS)
        window.workspace.focus_page()
        actions["compare"].trigger()
        self.take("compare", settle_ms=2500)
        for way in ("curtain", "difference"):
            actions[f"compare.{way}"].trigger()
            self.take(f"compare-{way}", settle_ms=1500)
        actions["compare.side"].trigger()
        actions["compare"].trigger()
        actions["survey"].trigger()
        self.take("survey", settle_ms=2000)
        actions["survey"].trigger()
        actions["results"].trigger()
        self.take("results", settle_ms=1500)
        window.show_view(ViewId.DUPLICATES)
        actions["help"].trigger()
        (shown,) = window.findChildren(HelpWindow)
        self.wait(400)
        if self.images != IMAGES:
            self.save(shown, "help")
        shown.close()

    def width_px(self, photo_id: int) -> int:
        """Of a photo, to find one that is worth to be seen large."""
        return self.window.session.photos.photo(photo_id).facts.width_px

    def decide(self) -> None:
        """Some suggestions taken."""
        for _ in range(3):
            self.window.actions_by_id["accept"].trigger()
            self.wait(200)
        self.take("duplicates")

    def remove(self) -> None:
        """Rejects to the quarantine, the lists afterwards, and everything back."""
        from twinlens.gui.views import ViewId

        session = self.window.session
        self.window.actions_by_id["remove"].trigger()
        self.wait(100, lambda: bool(session.records.records.waiting))
        self.take("removed")
        self.window.toast.dismiss()
        for view in (ViewId.QUARANTINE, ViewId.HISTORY, ViewId.PROBLEMS):
            self.window.show_view(view)
            self.take(view.value)
        self.window.actions_by_id["undo"].trigger()
        self.wait(1500)


def tour(images: Path, photos: Path, scale: str) -> None:
    """Every theme of this scale, each with a fresh copy of the photos."""
    parent = Path(tempfile.gettempdir()) / "Photos"  # a place that reads well in the pictures
    folder = parent / "Family photos"
    parent.mkdir()  # fails where there is one already: it is not ours, and nothing in it is touched
    with tempfile.TemporaryDirectory() as libraries:
        for theme_name in LOOKS[scale]:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(photos, folder)
            (folder / "IMG_0815.JPG").write_bytes(b"\xff\xd8\xff\xe0 cut short by a full card")
            Tour(Path(libraries), folder, theme_name, images, scale).walk()
            print(f"{theme_name} at {scale}00 %: {images}", flush=True)
    shutil.rmtree(parent)


def main() -> None:
    """The tour at both scales."""
    if sys.argv[1:2] == ["--tour"]:
        tour(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
        return
    images = Path(sys.argv[1]).absolute() if len(sys.argv) > 1 else IMAGES
    photos = Path(sys.argv[2]).absolute() if len(sys.argv) > 2 else SAMPLE
    for scale in ("1", "2"):
        in_a_screen(images, photos, scale)


if __name__ == "__main__":
    main()
