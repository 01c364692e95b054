"""Other programs that find duplicate photos: how each is installed, called and understood. None is part of Twinlens."""

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.workplace import PEERS

INSTALL_TIMEOUT_S = 600  # imagededup brings torch along
INTERPRETERS = ("python3.13", "python3.12", "python3.11")

# Its command line has no JSON: the calls of its documentation, and the hashes kept as it says to keep them.
IMAGEDEDUP = """
import json, os, sys, warnings
from imagededup.methods import PHash
if __name__ == "__main__":
    warnings.simplefilter("ignore")
    folder, kept = sys.argv[1:]
    hasher = PHash(verbose=False)
    if os.path.exists(kept):
        hashes = json.load(open(kept))
    else:
        hashes = hasher.encode_images(image_dir=folder, recursive=True)
        json.dump(hashes, open(kept, "w"))
    found = hasher.find_duplicates(encoding_map=hashes)
    print(json.dumps({"groups": [[name, *others] for name, others in found.items() if others]}))
"""


@dataclass(frozen=True)
class Peer:
    """``command``: of a folder and a place for what it keeps. ``groups``: of what it prints, in paths."""

    package: str
    least_python: tuple[int, int]
    command: Callable[["Peer", Path, Path], list[str]]
    groups: Callable[[dict[str, Any]], Iterable[list[str]]]

    @property
    def place(self) -> Path:
        """Its own environment."""
        return PEERS / self.package

    @property
    def installed(self) -> bool:
        """Whether the installation came to its end."""
        return (self.place / ".installed").exists()

    def program(self, name: str) -> str:
        """A program of its environment."""
        return str(self.place / "bin" / name)


def _imagededup(peer: Peer, folder: Path, kept: Path) -> list[str]:
    script = kept.with_name("ask_for_hashes.py")  # not the name of the package, which it would stand before
    script.write_text(IMAGEDEDUP, encoding="utf-8")
    return [peer.program("python"), str(script), str(folder), str(kept.with_suffix(".json"))]


PEER_PROGRAMS = (
    Peer(
        "image-dedup-ai",
        (3, 10),
        lambda peer, folder, kept: [peer.program("image-dedup-ai"), str(folder), "--index", str(kept), "--json"],
        lambda document: document["groups"],
    ),
    Peer(
        "immaculate",
        (3, 12),
        lambda peer, folder, _kept: [peer.program("immaculate"), str(folder), "--json"],
        lambda document: [*document["exact"], *document["near"]],
    ),
    Peer("imagededup", (3, 9), _imagededup, lambda document: document["groups"]),
)


def interpreter(least: tuple[int, int]) -> str | None:
    """A Python of at least this version: this one, one on the path, or one of pyenv's; None where there is none."""
    if sys.version_info[:2] >= least:
        return sys.executable
    versions = sorted(Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob("versions/3.*/bin/python3"))
    for candidate in [*filter(None, map(shutil.which, INTERPRETERS)), *map(str, versions)]:
        told = subprocess.run(
            [candidate, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True, check=False
        )
        if told.returncode == 0 and tuple(map(int, told.stdout.split())) >= least:
            return candidate
    return None


def install(peer: Peer) -> str:
    """Install a peer into its environment; says in one line what came of it."""
    if peer.installed:
        return f"{peer.package}: installed already"
    python = interpreter(peer.least_python)
    if python is None:
        return f"{peer.package}: absent, it asks for Python {'.'.join(map(str, peer.least_python))}"
    shutil.rmtree(peer.place, ignore_errors=True)
    steps = (
        [python, "-m", venv.__name__, str(peer.place)],
        [peer.program("python"), "-m", "pip", "install", "-q", peer.package],
    )
    try:
        for step in steps:
            subprocess.run(step, check=True, timeout=INSTALL_TIMEOUT_S, capture_output=True, text=True)
    except subprocess.TimeoutExpired:
        shutil.rmtree(peer.place, ignore_errors=True)
        return f"{peer.package}: absent, its installation took longer than {INSTALL_TIMEOUT_S} s"
    except subprocess.CalledProcessError as error:
        shutil.rmtree(peer.place, ignore_errors=True)
        return f"{peer.package}: absent, {error.stderr.strip().splitlines()[-1] if error.stderr.strip() else error}"
    (peer.place / ".installed").touch()
    return f"{peer.package}: installed"
