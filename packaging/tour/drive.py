"""The folders that the tour shows: a copy of the photos, some of them damaged, and an older drive that goes away."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DAMAGED = {
    "Phone/IMG_0815.JPG": b"\xff\xd8\xff\xe0 cut short by a full card",
    "Phone/IMG_0042.HEIC": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic and nothing more",
    "Export/Panorama.tif": b"This is a text file.",
}
OLD_PHOTOS = 6
OLD_DRIVE_MB = 64


@dataclass(frozen=True, slots=True)
class Drive:
    """The folder to look at, and the older drive: a file system of its own where one may be mounted."""

    family: Path
    old: Path
    can_be_unplugged: bool

    def unplug(self) -> None:
        """The older drive goes away, if it is not gone yet."""
        if os.path.ismount(self.old):
            subprocess.run(["umount", "-l", str(self.old)], check=True, timeout=30)


@contextmanager
def made_drive(parent: Path, photos: Path) -> Iterator[Drive]:
    """In a folder of its own, taken away afterwards. Fails where there is one already: nothing in that is touched."""
    parent.mkdir()
    old = parent / "Old drive"
    old.mkdir()
    drive = Drive(parent / "Family photos", old, _is_mounted(old))
    try:
        shutil.copytree(photos, drive.family)
        for name, content in DAMAGED.items():
            path = drive.family / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        every = sorted(
            path
            for path in drive.family.rglob("*.[jJ][pP][gG]")
            if path.relative_to(drive.family).as_posix() not in DAMAGED
        )
        for path in every[:: max(1, len(every) // OLD_PHOTOS)][:OLD_PHOTOS]:
            shutil.copy2(path, drive.old / path.name)
        yield drive
    finally:
        drive.unplug()
        shutil.rmtree(parent, ignore_errors=True)


def _is_mounted(place: Path) -> bool:
    """Put an empty file system in memory there, if that is permitted."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={OLD_DRIVE_MB}m", "tmpfs", str(place)]
    return shutil.which("mount") is not None and subprocess.run(command, check=False, timeout=30).returncode == 0
