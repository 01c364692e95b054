"""Where a benchmark finds its photos and puts what it makes, and how it calls Twinlens."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("TWINLENS_SHARED_DATA", PROJECT.parent / "shared" / "data"))
WORK = Path(os.environ.get("TWINLENS_BENCH_WORK", PROJECT / ".work" / "bench"))
PEERS = WORK.parent / "peers"


def require_shared_data() -> Path:
    """The real photos beside the project; ends the program with a clear sentence where they are absent."""
    if not (SHARED / "manifest.json").exists():
        sys.exit(f"the real photos are not at {SHARED} (set TWINLENS_SHARED_DATA)")
    return SHARED


def run_script(name: str, *arguments: str) -> None:
    """Run one of the scripts that make photos, quietly."""
    script = require_shared_data() / name
    subprocess.run([sys.executable, str(script), *arguments], check=True, stdout=subprocess.DEVNULL, cwd=SHARED)


def made_once(folder: Path, marker: str, name: str, *arguments: str) -> Path:
    """``folder``, made by a script unless an earlier run with the same arguments has made it."""
    stamp = folder / ".made-by"
    wanted = " ".join((name, *arguments))
    if not (folder / marker).exists() or not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        folder.mkdir(parents=True, exist_ok=True)
        run_script(name, *arguments)
        stamp.write_text(wanted, encoding="utf-8")
    return folder


def made_scale(folder: Path, photos: int, side_px: int) -> Path:
    """``photos`` distinct small photos with planted copies and bursts in a tree like a photo drive's."""
    source = str(require_shared_data() / "photos")
    arguments = ("--src", source, "--out", str(folder), "--n", str(photos), "--side", str(side_px))
    return made_once(folder, "groups.json", "make_scale.py", *arguments)


def twinlens_json(library: Path, *arguments: str) -> dict[str, Any]:
    """The JSON document that a ``twinlens`` command prints."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "desktop")}
    command = [sys.executable, "-m", "twinlens", "--library", str(library), *arguments, "--json"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment)
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def print_table(title: str, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """A plain table with aligned columns."""
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(len(header))]
    print(f"\n{title}")
    for row in [header, tuple("-" * width for width in widths), *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
