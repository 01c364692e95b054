"""``python -m benchmarks.review``: a whole review in the real window, with keys alone, from a folder to the quarantine and back.

A copy of the real photos, and messenger copies of forty of them, are scanned, decided, removed and put back. Told are the
keys that each group took, how soon the next group is there to be judged, and whether the folder is afterwards what it was.
``--images DIR`` keeps a numbered series of screenshots.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from benchmarks.window import on_a_screen
from benchmarks.workplace import PROJECT, WORK, print_table, require_shared_data

MESSENGER_PHOTOS = 40
MESSENGER_SIDE_PX = 1280
NEXT_GROUP_MOST_MS = 50.0


def make_drive(folder: Path) -> None:
    """The real photos, and what a messenger made of every fifteenth of them."""
    photos = require_shared_data() / "photos"
    shutil.copytree(photos, folder / "Photos")
    messenger = folder / "Messenger"
    messenger.mkdir()
    every = sorted(path for path in photos.rglob("*") if path.suffix.lower() in (".jpg", ".jpeg"))
    chosen = every[:: max(1, len(every) // MESSENGER_PHOTOS)][:MESSENGER_PHOTOS]
    for number, path in enumerate(chosen):
        with Image.open(path) as opened:
            picture = opened.convert("RGB")
        picture.thumbnail((MESSENGER_SIDE_PX, MESSENGER_SIDE_PX))
        picture.save(messenger / f"IMG-2024-WA{number:04d}.jpg", quality=60)


def state_of(folder: Path) -> dict[str, tuple[str, int]]:
    """Content and time of every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".twinlens" not in str(path).casefold())
    return {
        str(path.relative_to(folder)): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in files
    }


def run(images: Path | None) -> bool:
    """Review, print the table; True when the limit held and everything is back."""
    WORK.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=WORK) as temporary, on_a_screen() as display:
        drive, library = Path(temporary) / "Family photos", Path(temporary) / "library"
        make_drive(drive)
        before = state_of(drive)
        environment = {**os.environ, "PYTHONPATH": f"{PROJECT / 'desktop'}:{PROJECT}"}
        environment |= {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}
        command = [sys.executable, "-m", "benchmarks.review_hands", str(library), str(drive), str(images or "")]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment, timeout=1800)
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        is_as_before = state_of(drive) == before
    return _tell(told, is_as_before=is_as_before)


def _tell(told: dict[str, Any], *, is_as_before: bool) -> bool:
    rows: list[tuple[str, ...]] = [
        _row(part["name"], part["keys"], part["rejects"]) for part in told["parts"] if part["keys"]
    ]
    every = [keys for part in told["parts"] for keys in part["keys"]]
    rows.append(_row("all", every, told["rejects"]))
    print_table("Keys for each group", ("class", "groups", "median", "most", "rejects"), rows)
    print(
        f"\nNext group in the loupe, read ahead, from the key until it is painted (limit {NEXT_GROUP_MOST_MS:.0f} ms):"
    )
    for name, spent_ms in (("on the clock", told["next_group_ms"]), ("the window's thread", told["next_group_cpu_ms"])):
        shares = ", ".join(f"{share} % within {np.percentile(spent_ms, share):.0f} ms" for share in (50, 90, 100))
        print(f"  {name}: {shares} of {len(spent_ms)}")
    worst = max(told["next_group_ms"])
    after = "as it was" if is_as_before else "NOT AS IT WAS"
    print(f"Removed {told['removed']} photos, put back {told['returned']}; the folder is {after}")
    return is_as_before and worst <= NEXT_GROUP_MOST_MS


def _row(name: str, keys: list[int], rejects: int) -> tuple[str, ...]:
    return name, str(len(keys)), f"{np.median(keys):.0f}", str(max(keys)), str(rejects)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.review", description=__doc__)
    parser.add_argument("--images", type=Path, help="folder for the screenshots")
    sys.exit(not run(parser.parse_args().images))
