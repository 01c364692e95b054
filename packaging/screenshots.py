"""Take the pictures in docs/images from a real window on the bundled sample photos (under Xvfb where there is no screen).

``screenshots.py [IMAGES [PHOTOS]] [--library FOLDER] [--look dark]``: where to write them (then all are written, to look at
the window with), other photos than the sample, or a library that is there already (a copy of it is opened).
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tour.looks import LOOKS, PUBLISHED, SERIES, Look, is_published

PROJECT = Path(__file__).resolve().parents[1]
IMAGES = PROJECT / "docs" / "images"
SAMPLE = PROJECT / "resources" / "sample" / "photos"
LIMIT_S = 900
INSIDE = "TWINLENS_TOUR"


def in_a_screen(look: Look) -> None:
    """Run the tour in a process of its own, for a scale is chosen before Qt starts; in a virtual screen if there is none."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "desktop"), "QT_SCALE_FACTOR": str(look.scale)}
    environment[INSIDE] = "1"
    command = [sys.executable, *sys.argv, "--look", look.name]
    if not os.environ.get("DISPLAY"):
        environment["QT_QPA_PLATFORM"] = "xcb"
        command = ["xvfb-run", "-a", "-s", f"-screen 0 {look.screen_px}", *command]
    subprocess.run(command, env=environment, check=True, timeout=LIMIT_S)


def tour(look: Look, images: Path, photos: Path, library: Path | None) -> None:
    """One look, with a fresh copy of the photos or of the library."""
    from tour.camera import Camera
    from tour.drive import made_drive
    from tour.walk import visited
    from twinlens.gui.app import prepare

    application = prepare()
    published = images == IMAGES
    series = IMAGES / "review" if published else None
    camera = Camera(application, images, look, lambda name: not published or is_published(look, name), series)
    with tempfile.TemporaryDirectory() as folder:
        if library is not None:
            visited(application, Path(shutil.copytree(library, f"{folder}/library")), look, camera, None)
        else:
            # A place that reads well in the pictures.
            with made_drive(Path(tempfile.gettempdir()) / "Photos", photos) as drive:
                visited(application, Path(folder) / "library", look, camera, drive)
    print(f"{look.name}: {images}", flush=True)


def remove_stale() -> None:
    """Pictures in the documentation that are not made any more."""
    made = {f"{name}-{look}" for look, names in PUBLISHED.items() for name in names}
    made |= {f"{number:02d}-{name}" for number, name in enumerate(SERIES, start=1)}
    for path in IMAGES.rglob("*.*"):
        if path.stem not in made:
            path.unlink()


def main() -> None:
    """The tour in every look, or in one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("images", type=Path, nargs="?", default=IMAGES)
    parser.add_argument("photos", type=Path, nargs="?", default=SAMPLE)
    parser.add_argument("--library", type=Path)
    parser.add_argument("--look", action="append", choices=[look.name for look in LOOKS])
    asked = parser.parse_args()
    by_name = {look.name: look for look in LOOKS}
    if INSIDE in os.environ:
        tour(by_name[asked.look[-1]], asked.images.absolute(), asked.photos.absolute(), asked.library)
        return
    images = asked.images.absolute()
    for name in asked.look or by_name:
        if images != IMAGES or name in PUBLISHED:
            in_a_screen(by_name[name])
    if images == IMAGES and not asked.look:
        remove_stale()


if __name__ == "__main__":
    main()
