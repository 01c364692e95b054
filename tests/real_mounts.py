"""Real file systems for a test: in memory, or an ext4, Btrfs or XFS in a file. Skips where mounting is not permitted."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest


@dataclass
class RealMounts:
    """Mounts what a test asks for; the fixture takes all of it away again."""

    _points: list[Path] = field(default_factory=list)

    def memory(self, place: Path, size_kib: int) -> Path:
        """An empty file system in memory, of this size."""
        return self._mount(place, "-t", "tmpfs", "-o", f"size={size_kib}k", "tmpfs")

    def resize(self, place: Path, size_kib: int) -> None:
        """Give a file system in memory another size."""
        subprocess.run(["mount", "-o", f"remount,size={size_kib}k", str(place)], check=True, timeout=30)

    def image(self, image: Path, place: Path, *options: str) -> Path:
        """The file system in an image file."""
        return self._mount(place, "-o", ",".join(("loop", *options)), str(image))

    def bind(self, folder: Path, place: Path) -> Path:
        """A folder at a second place."""
        return self._mount(place, "--bind", str(folder))

    def unmount(self, place: Path) -> None:
        """Unplug it."""
        subprocess.run(["umount", str(place)], check=True, capture_output=True, timeout=30)
        self._points.remove(place)

    def take_all_away(self) -> None:
        """Unmount whatever is left, newest first."""
        for place in reversed(self._points):
            subprocess.run(["umount", "-l", str(place)], check=False, capture_output=True, timeout=30)
        self._points.clear()

    def _mount(self, place: Path, *arguments: str) -> Path:
        place.mkdir(parents=True, exist_ok=True)
        try:
            subprocess.run(["mount", *arguments, str(place)], check=True, capture_output=True, timeout=30)
        except (OSError, subprocess.CalledProcessError) as error:
            said = getattr(error, "stderr", b"").decode(errors="replace").strip()
            pytest.skip(f"mounting is not permitted here: {said or error}")
        self._points.append(place)
        return place


_MAKERS = {
    "ext4": ("mkfs.ext4", "-q", "-m", "0"),
    "btrfs": ("mkfs.btrfs", "-q", "--mixed"),
    "xfs": ("mkfs.xfs", "-q"),
}


def drive_image(place: Path, size_mib: int, kind: str = "ext4") -> Path:
    """A file that holds an empty file system of this kind, with a UUID of its own."""
    with place.open("wb") as file:
        file.truncate(size_mib * 2**20)
    try:
        subprocess.run([*_MAKERS[kind], str(place)], check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no {kind} can be made here: {error}")
    return place


@pytest.fixture
def real_mounts() -> Iterator[RealMounts]:
    mounted = RealMounts()
    try:
        yield mounted
    finally:
        mounted.take_all_away()
