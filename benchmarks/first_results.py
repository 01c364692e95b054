"""``python -m benchmarks.first_results``: how soon a first scan shows something, from the start of the program.

A new process opens an empty library and scans a folder of made photos with camera thumbnails, in a real window under
Xvfb. Photos are made once; the file system's cache is as it is.
"""

import argparse
import io
import json
import os
import shutil
import struct
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from benchmarks.workplace import PROJECT, WORK, made_scale, print_table

THUMBNAIL_PX = (160, 120)
EXIF = b"Exif\x00\x00"


@dataclass(frozen=True)
class Limit:
    """One figure of the probe and the most it may be; none is only told."""

    key: str
    words: str
    most_ms: float | None = None


LIMITS = (
    Limit("first_thumbnail_ms", "program start to the first thumbnail painted", 2000),
    Limit("screen_thumbnails_ms", "... to every photo of the first screen painted"),
    Limit("hundred_photos_ms", "... to 100 photos in the library"),
    Limit("first_group_ms", "... to the first group in the list of groups", 10_000),
    Limit("group_painted_ms", "... to the first group painted, gone to as soon as it is listed", 10_000),
    Limit("gap_ms", "longest gap of the event loop while scanning", 100),
    Limit("gap_start_ms", "longest gap of the event loop in the first two seconds (engine loaded)", 100),
    Limit("first_thumbnail_cpu_ms", "processor time of all processes to the first thumbnail"),
    Limit("first_group_cpu_ms", "processor time of all processes to the first group"),
    Limit("gap_cpu_ms", "longest work of the window's thread between two turns while scanning (processor time)"),
    Limit("gap_start_cpu_ms", "... in the first two seconds"),
)


def made_photos(count: int) -> Path:
    """``count`` made photos with planted copies and bursts, each with a thumbnail in its EXIF as cameras write it."""
    folder = WORK / f"first-results-{count}"
    made_scale(folder, count, 640)
    marker = folder / ".thumbnails"
    if not marker.exists():
        for path in folder.rglob("*.[jJ][pP][gG]"):
            add_thumbnail(path)
        marker.touch()
    return folder


def add_thumbnail(path: Path) -> None:
    """As a camera writes it. Copies keep being copies: the same bytes get the same thumbnail, and all keep their time."""
    facts, data, small = path.stat(), path.read_bytes(), io.BytesIO()
    at = data.find(EXIF)
    if at < 0:
        return
    with Image.open(path) as picture:
        picture.thumbnail(THUMBNAIL_PX)
        picture.save(small, "JPEG", quality=75)
    end = at - 2 + int.from_bytes(data[at - 2 : at], "big")
    exif = with_thumbnail(data[at + len(EXIF) : end], small.getvalue())
    size = (2 + len(EXIF) + len(exif)).to_bytes(2, "big")
    path.write_bytes(data[: at - 2] + size + EXIF + exif + data[end:])
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def with_thumbnail(tiff: bytes, jpeg: bytes) -> bytes:
    """The same EXIF data with a second directory that points to a thumbnail at its end."""
    order = "<" if tiff.startswith(b"II") else ">"
    [first] = struct.unpack_from(order + "I", tiff, 4)
    [count] = struct.unpack_from(order + "H", tiff, first)
    link = first + 2 + 12 * count
    tiff += bytes(len(tiff) % 2)
    jpeg_at = len(tiff) + 2 + 3 * 12 + 4
    # Compression is a short value, which stands at the left of its field.
    compression = struct.pack(order + "HHIHH", 0x0103, 3, 1, 6, 0)
    pointers = struct.pack(order + "HHIIHHII", 0x0201, 4, 1, jpeg_at, 0x0202, 4, 1, len(jpeg))
    second = struct.pack(order + "H", 3) + compression + pointers + bytes(4)
    return tiff[:link] + struct.pack(order + "I", len(tiff)) + tiff[link + 4 :] + second + jpeg


def run(photos: Path, seconds: float, turns: int) -> bool:
    """Run the probe ``turns`` times, print the table of the best; True when every limit held."""
    results = [_probe(photos, seconds) for _ in range(turns)]
    rows: list[tuple[str, ...]] = []
    broken = []
    for limit in LIMITS:
        figures = sorted(float(result[limit.key]) for result in results)
        holds = limit.most_ms is None or figures[0] <= limit.most_ms
        if not holds:
            broken.append(limit.key)
        most = "" if limit.most_ms is None else f"{limit.most_ms:.0f}"
        every = " ".join(f"{figure:.0f}" for figure in figures)
        rows.append((limit.words, every, most, "" if limit.most_ms is None else "ok" if holds else "BROKEN"))
    rows.append(("memory of the process, MB", f"{max(r['memory_mb'] for r in results):.0f}", "", ""))
    rows.append(("photos catalogued meanwhile", " ".join(str(r["catalogued"]) for r in results), "", ""))
    load = f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    print_table(f"First results on {results[0]['awaited']:,} new photos, {load}", ("what", "ms", "limit", ""), rows)
    print(f"\nbroken: {', '.join(broken)}" if broken else "\nall limits hold")
    return not broken


def _probe(photos: Path, seconds: float) -> dict[str, Any]:
    if not os.environ.get("DISPLAY") and not shutil.which("xvfb-run"):
        sys.exit("there is no display and no Xvfb (apt-get install xvfb)")
    library = WORK / "library-first-results"
    shutil.rmtree(library, ignore_errors=True)
    screen = [] if os.environ.get("DISPLAY") else ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24"]
    environment = {**os.environ, "PYTHONPATH": f"{PROJECT / 'desktop'}:{PROJECT}", "QT_QPA_PLATFORM": "xcb"}
    command = [sys.executable, "-m", "benchmarks.first_results_probe", str(library), str(photos), str(seconds)]
    # The clock starts inside the virtual screen: how long Xvfb takes is nobody's concern.
    start = 'exec "$@" "$(date +%s.%N)"'
    done = subprocess.run(
        [*screen, "sh", "-c", start, "sh", *command], check=True, stdout=subprocess.PIPE, env=environment, timeout=900
    )
    shutil.rmtree(library, ignore_errors=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def main() -> None:
    """Parse the sizes, print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.first_results", description=__doc__)
    parser.add_argument("--photos", type=int, default=10_000, help="made photos")
    parser.add_argument("--folder", type=Path, help="other photos than made ones")
    parser.add_argument("--seconds", type=float, default=25.0, help="how long the scan is watched; 0: to its end")
    parser.add_argument(
        "--turns", type=int, default=1, help="how often; the best counts, for a busy machine adds to it"
    )
    options = parser.parse_args()
    began = time.time()
    photos = options.folder or made_photos(options.photos)
    print(f"photos at {photos} ({time.time() - began:.0f} s)", flush=True)
    sys.exit(not run(photos, options.seconds, options.turns))


if __name__ == "__main__":
    main()
