"""Killing scans at random moments, and what a catalog holds whatever the numbers of its photos."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.scanning.orphans import still_running
from tests.scanning.scenes import make_album
from twinlens.catalog import Catalog

ROOT = Path(__file__).resolve().parents[2]
ORPHANS_END_WITHIN_S = 10.0
PHOTOS = 16
SERIES = {"burst_trailcam": 6, "bracket_statue": 3}
ODD = ("orientation", "made", "fuzz")
LARGEST_BYTES = 200_000

# Traces are looked for where relations leave a doubt: a scan killed while gaps are closed has more relations to doubt.
# Counters, the log of changes, the journal of removals, and a table that is the same in every catalog and no text.
_NOT_COMPARED = ("embedding_change", "changes", "traces", "sessions", "steps", "sqlite_sequence", "not_slash")


def make_kill_album(shared: Path, folder: Path) -> None:
    """Over 100 small files: photos with copies and variants, series, and awkward ones of which some are no photos."""
    make_album(shared / "photos", folder, PHOTOS)
    for name, count in SERIES.items():
        (folder / name).mkdir()
        for path in sorted((shared / "photos" / name).iterdir())[:count]:
            shutil.copy2(path, folder / name / path.name)
    for name in ODD:
        small = [path for path in sorted((shared / "odd" / name).rglob("*")) if path.is_file()]
        (folder / "odd" / name).mkdir(parents=True)
        for path in small:
            if path.stat().st_size <= LARGEST_BYTES:
                shutil.copy2(path, folder / "odd" / name / path.name)
    (folder / "empty.jpg").touch()
    (folder / "no photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 this is no photo")


@dataclass(frozen=True)
class Outcome:
    """How one scan went. ``killed`` is False when it came to its end first."""

    killed: bool
    after_s: float
    doing: str
    orphans: int


def scan_and_kill(library: Path, album: Path, after_s: float) -> Outcome:
    """Scan in a process of its own and send it SIGKILL so long after it began."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'desktop'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-m", "tests.scanning.killed_scan", str(library), str(album)]
    lines: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as process:
        assert process.stdout is not None
        lines.append(process.stdout.readline())
        began = time.perf_counter()
        reader = threading.Thread(target=lambda: lines.extend(process.stdout or ()))
        reader.start()
        children: list[psutil.Process] = []
        try:
            process.wait(after_s)
        except subprocess.TimeoutExpired:
            children = psutil.Process(process.pid).children(recursive=True)
            process.send_signal(signal.SIGKILL)
        killed_after_s = time.perf_counter() - began
        process.wait()
        left = still_running(children, ORPHANS_END_WITHIN_S)
        reader.join()
    assert lines[0] == "begun\n", lines
    assert "finished\n" in lines or process.returncode == -signal.SIGKILL, (process.returncode, lines[-3:])
    return Outcome("finished\n" not in lines, killed_after_s, lines[-1].strip(), len(left))


def contents(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables of a catalog, photos named by their path instead of their number, times of writing left out."""
    with Catalog.open(folder) as catalog:
        database = catalog._connection
        assert database.rows("PRAGMA integrity_check") == [("ok",)]
        assert database.rows("PRAGMA foreign_key_check") == []
        names: dict[object, object] = dict(database.rows("SELECT id, relative_path FROM photos"))
        tables = [name for (name,) in database.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        found: dict[str, list[tuple[object, ...]]] = {}
        for table in tables:
            if table in _NOT_COMPARED:
                continue
            columns = [row[1] for row in database.rows(f"PRAGMA table_info({table})")]
            kept = [name for name in columns if name != "id" and (name == "taken_us" or not name.endswith("_us"))]
            named = [name in ("photo_id", "first", "second") and table != "verdicts" for name in kept]
            found[table] = sorted(
                (
                    tuple(names[value] if by_name else value for value, by_name in zip(row, named, strict=True))
                    for row in database.rows(f"SELECT {', '.join(kept)} FROM {table}")
                ),
                key=repr,
            )
        found["state"] = [row for row in found["state"] if str(row[0]).startswith("matching")]
        return found


def photos_in(folder: Path) -> int:
    """How many photos a catalog holds, nothing else being asked of it."""
    with Catalog.open(folder) as catalog:
        return catalog.photos.count()
