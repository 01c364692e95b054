"""Programs under watch: what they and their children write, read and ask of a network. See ``watching/sitecustomize.py``.

The notes come through a pipe: the children that decode may not write a single byte to a file (``RLIMIT_FSIZE``).
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
_END = b"\0"


class Watch:
    """Collects the notes of all programs that run under it."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._notes: list[bytes] = []

    def read(self, descriptor: int) -> None:
        """Take notes until the end is written."""
        while not (block := os.read(descriptor, 65_536)).endswith(_END):
            self._notes.append(block)
        self._notes.append(block[:-1])

    def lines(self) -> list[str]:
        """All notes: what happened, a blank, and where."""
        return os.fsdecode(b"".join(self._notes)).splitlines()

    def twinlens(self, *arguments: str, reads: bool = False) -> "subprocess.CompletedProcess[str]":
        """Run the command line."""
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("TWINLENS")},
            "PYTHONPATH": os.pathsep.join((str(Path(__file__).with_name("watching")), str(PROJECT / "desktop"))),
            "PYTHONDONTWRITEBYTECODE": "1",
            "TWINLENS_WATCH": str(self.place / "notes"),
            "TWINLENS_LIBRARY": str(self.place / "library"),
            "HOME": str(self.place / "home"),
            "TMPDIR": str(self.place / "temporary"),
            **({"TWINLENS_WATCH_READS": "1"} if reads else {}),
        }
        command = [sys.executable, "-m", "twinlens", *arguments]
        home = self.place / "home"
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=home)


@contextmanager
def watch_over(place: Path) -> Iterator[Watch]:
    """A watch with a home, a folder for temporary files and a library below ``place``."""
    for name in ("home", "temporary"):
        (place / name).mkdir()
    os.mkfifo(place / "notes")
    descriptor = os.open(place / "notes", os.O_RDWR)
    watch = Watch(place)
    reader = threading.Thread(target=watch.read, args=(descriptor,))
    reader.start()
    try:
        yield watch
    finally:
        os.write(descriptor, _END)
        reader.join()
        os.close(descriptor)
