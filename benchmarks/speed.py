"""First scan and rescan as ratios to a plain loop that only decodes the same files on two threads with Pillow's draft mode."""

import os
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image

from benchmarks.workplace import SHARED, WORK, made_once, made_scale, print_table, twinlens_json

THREADS = 2


def draft_decode(path: Path) -> None:
    """The least that any tool must do with a JPEG: decode it at a scale that suffices for a 224 px network."""
    with Image.open(path) as picture:
        picture.draft("RGB", (320, 320))
        picture.load()


def timed(work: Callable[[], object]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bare_decode(files: list[Path]) -> None:
    """Decode all files on ``THREADS`` threads and throw the pixels away."""
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(draft_decode, files))


def bare_walk(folder: Path) -> int:
    """List a tree with ``stat`` of every file: what a rescan cannot do without."""
    count = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                count += bare_walk(Path(entry.path))
            else:
                entry.stat(follow_symlinks=False)
                count += 1
    return count


def measure_folder(name: str, folder: Path) -> list[tuple[str, ...]]:
    """The rows of the table for one folder of JPEGs."""
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".jpg", ".jpeg"))
    bare_decode(files)  # everything is in the page cache from here on, for all that follows
    rows: list[tuple[str, ...]] = []
    decode_s = timed(lambda: bare_decode(files))
    rows.append((name, "bare draft decode", str(len(files)), f"{decode_s:.2f}", f"{len(files) / decode_s:.1f}", "1.00"))
    for label, options in (("first scan", ()), ("first scan --no-embedding", ("--no-embedding",))):
        library = WORK / f"library-speed-{name}"
        shutil.rmtree(library, ignore_errors=True)
        document = twinlens_json(library, "scan", str(folder), *options)
        seconds = document["seconds"]
        rows.append(
            (
                name,
                label,
                str(document["photos"]),
                f"{seconds:.2f}",
                f"{document['photos'] / seconds:.1f}",
                f"{seconds / decode_s:.2f}",
            )
        )
        if not options:
            walk_s = timed(lambda: bare_walk(folder))
            rescan = twinlens_json(library, "scan", str(folder))
            rows.append(
                (
                    name,
                    "rescan, nothing changed",
                    str(rescan["unchanged"]),
                    f"{rescan['seconds']:.3f}",
                    "",
                    f"{rescan['seconds'] / walk_s:.1f} x bare walk",
                )
            )
    return rows


def measure(camera_photos: int, small_photos: int) -> None:
    """Print the speed table for camera-size and for small photos."""
    rows: list[tuple[str, ...]] = []
    if camera_photos:
        camera = WORK / f"camera-{camera_photos}"
        source = str(SHARED / "photos")
        made_once(
            camera,
            "IMG_00000.jpg",
            "make_camera.py",
            "--src",
            source,
            "--out",
            str(camera),
            "--n",
            str(camera_photos),
            "--variants",
            "0",
        )
        rows += measure_folder("12 MP", camera)
    if small_photos:
        small = WORK / f"small-{small_photos}"
        made_scale(small, small_photos, side_px=1280)
        rows += measure_folder("1 MP", small)
    print_table(
        "Speed (ratio: to the bare decode of the same files in this run)",
        ("photos", "what", "n", "seconds", "photos/s", "ratio"),
        rows,
    )
