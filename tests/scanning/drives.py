"""Drives that are only folders: an injected mount table says what is mounted where."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from twinlens.volumes import identity
from twinlens.volumes.mounts import Mount


@dataclass
class Drives:
    """Plug drives in at folders and out again. A drive's files lie in a folder of its own until it is plugged in."""

    shelf: Path
    _plugged: dict[str, tuple[str, int]] = field(default_factory=dict)  # mount point: UUID and device number
    _numbers: dict[str, int] = field(default_factory=dict)
    real_root: Mount = field(default_factory=lambda: Mount("/", "/", "ext4", "/dev/root-of-the-test", 1))

    def plug_in(self, uuid: str, mount_point: Path, *, device: int | None = None) -> Path:
        """Mount the drive at this folder; returns the folder."""
        mount_point.parent.mkdir(parents=True, exist_ok=True)
        if mount_point.exists():
            mount_point.rmdir()
        resting = self._resting(uuid, device)
        if resting.exists():
            resting.rename(mount_point)
        else:
            mount_point.mkdir()
        number = device or self._numbers.setdefault(uuid, os.makedev(8, 16 + len(self._numbers)))
        self._plugged[str(mount_point)] = (uuid, number)
        return mount_point

    def unplug(self, mount_point: Path, *, leave_folder: bool = True) -> None:
        """Take the drive away; the empty folder stays, as under ``/mnt``, or goes, as under ``/media``."""
        uuid, number = self._plugged.pop(str(mount_point))
        resting = self._resting(uuid, number if number not in self._numbers.values() else None)
        shutil.rmtree(resting, ignore_errors=True)
        resting.parent.mkdir(parents=True, exist_ok=True)
        mount_point.rename(resting)
        if leave_folder:
            mount_point.mkdir()

    def mounts(self) -> list[Mount]:
        """The table as the system would give it."""
        drives = [Mount(place, "/", "vfat", "none", number) for place, (_, number) in self._plugged.items()]
        return [self.real_root, *drives]

    def uuids(self) -> dict[int, str]:
        """What udev would say."""
        return {number: uuid for uuid, number in self._plugged.values()}

    def _resting(self, uuid: str, device: int | None) -> Path:
        return self.shelf / f"{uuid}-{device or ''}"


@pytest.fixture
def drives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Drives:
    made = Drives(tmp_path / "shelf")
    monkeypatch.setattr(identity, "mounts", made.mounts)
    monkeypatch.setattr(identity, "_links", lambda folder: made.uuids() if folder == identity.BY_UUID else {})
    return made
