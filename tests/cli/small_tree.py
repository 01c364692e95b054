"""A small tree of real photos with known copies, and the command line run inside this process or as one of its own."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from PIL import Image, ImageOps

from twinlens.cli.main import cli
from twinlens.cli.shared import Shared

PROJECT = Path(__file__).resolve().parents[2]
PHOTO_COUNT = 22


@dataclass(frozen=True)
class Tree:
    """``photos`` has originals in ``card``, and copies of known kinds in ``copies``."""

    photos: Path
    library: Path
    identical: tuple[str, str]
    smaller: tuple[str, str]
    turned: tuple[str, str]
    broken: str

    def contents(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.photos)): path.read_bytes()
            for path in sorted(self.photos.rglob("*"))
            if path.is_file() and ".twinlens-quarantine" not in path.parts
        }


def make_tree(photos_dir: Path, place: Path) -> Tree:
    card, copies = place / "photos" / "card", place / "photos" / "copies"
    card.mkdir(parents=True)
    copies.mkdir()
    landscapes = sorted((photos_dir / "landscape").glob("*.jpg"))[:6]
    small_ones = sorted((photos_dir / "caltech101").rglob("*.jpg"))[:: 288 // PHOTO_COUNT]
    sources = [*landscapes, *small_ones][:PHOTO_COUNT]
    for number, source in enumerate(sources):
        shutil.copyfile(source, card / f"IMG_{number:04}.jpg")  # with rights of its own: the real ones are read-only
    originals = sorted(card.iterdir(), key=lambda path: -path.stat().st_size)
    first, second, third = originals[:3]
    shutil.copyfile(first, copies / "copy of first.jpg")
    with Image.open(second) as image:
        ImageOps.contain(image.convert("RGB"), (image.width // 2, image.height // 2)).save(copies / "small.jpg")
    with Image.open(third) as image:
        image.convert("RGB").transpose(Image.Transpose.ROTATE_90).save(copies / "turned.jpg", quality=70)
    (copies / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 but nothing more")
    return Tree(
        place / "photos",
        place / "library",
        (str(first), str(copies / "copy of first.jpg")),
        (str(second), str(copies / "small.jpg")),
        (str(third), str(copies / "turned.jpg")),
        str(copies / "broken.jpg"),
    )


def run(*arguments: str, shared: Shared | None = None) -> Result:
    return CliRunner().invoke(cli, list(arguments), obj=shared, catch_exceptions=False)


def document(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    assert found["schema"] == 1
    return found


def environment(**more: str) -> dict[str, str]:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "TWINLENS_LIBRARY", "TWINLENS_QUARANTINE")
    plain = {key: value for key, value in os.environ.items() if key not in hidden}
    return plain | {"PYTHONPATH": str(PROJECT / "desktop")} | more


Finished = subprocess.CompletedProcess[str]


def twinlens(*arguments: str | bytes, cwd: Path | None = None, **more: str) -> Finished:
    """The command line as a process of its own, without a screen."""
    return subprocess.run(
        [sys.executable, "-m", "twinlens", *arguments],
        env=environment(**more),
        cwd=cwd,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
