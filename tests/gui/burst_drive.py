"""A drive with one handheld burst of real photos, copies, and a window on it."""

import shutil
from pathlib import Path

BURST = "series_rock"


def make_burst_drive(photos_dir: Path, folder: Path) -> Path:
    """Four handheld frames, two frames of a trail camera, and a copy of one of them."""
    folder.mkdir(parents=True)
    for path in sorted((photos_dir / BURST).iterdir())[:4]:
        shutil.copy2(path, folder / path.name)
    trail = sorted((photos_dir / "burst_trailcam").iterdir())[:1]
    for path in trail:
        shutil.copy2(path, folder / path.name)
        (folder / "Backup").mkdir()
        shutil.copy2(path, folder / "Backup" / path.name)
    return folder
