"""Where a scan's time goes: the real scan in one thread with a stopwatch around each step. ``python -m benchmarks.profile``.

Processor time, so that what others do on the machine hardly shows. What no stopwatch stands at is the row ``the rest``.
"""

import argparse
import os
import shutil
import tempfile
import time
from pathlib import Path

from benchmarks.limits import load
from benchmarks.sets import PhotoSet, camera, small
from benchmarks.stopwatch import Step, Stopwatches
from benchmarks.workplace import WORK, print_table, require_shared_data

FINGERPRINTS = "twinlens.fingerprints"
METADATA = "twinlens.imaging.metadata"
PICTURE = "twinlens.imaging.picture_file:PictureFile"


def steps() -> list[Step]:
    """The steps in the order of one photo's way."""
    return [
        Step("walk, compare", ("twinlens.scanning.survey:survey",)),
        Step("read", ("twinlens.imaging.reading:read_with_stamp",)),
        Step("content hash", (f"{FINGERPRINTS}.content:content_hash",)),
        Step("open, headers", ("twinlens.imaging.opening:open_picture", "twinlens.imaging.opening:format_of")),
        Step("decode at reduced scale", ("PIL.ImageFile:ImageFile.load",)),
        Step("shrink", ("twinlens.imaging.scale:shrink",)),
        Step("turn, array", ("twinlens.imaging.upright:upright_image", "twinlens.imaging.tones:rgb_pixels")),
        Step("facts, metadata", (f"{PICTURE}._facts", f"{METADATA}:read_metadata", f"{METADATA}:fields_of_image")),
        Step("perceptual hashes", (f"{FINGERPRINTS}.perceptual:perceptual_hashes",)),
        Step("histogram", (f"{FINGERPRINTS}.histogram:rgb_histogram",)),
        Step("sharpness", (f"{FINGERPRINTS}.sharpness:sharpness",)),
        Step("thumbnail", ("twinlens.imaging.thumbnail:encode_thumbnail",)),
        Step("network's input", (f"{FINGERPRINTS}.embedding:network_input",)),
        Step("network", (f"{FINGERPRINTS}.embedding:OnnxEmbedder.embed",)),
        Step("other work on one file", ("twinlens.scanning.study:Study.__call__",)),
        Step("write to the catalog", ("twinlens.scanning.batches:Batches.flush",)),
        Step("index", ("twinlens.library.vectors:VectorShelf.add", "twinlens.library.vectors:VectorShelf.save")),
        Step("match", ("twinlens.scanning.match:Matcher.round", "twinlens.scanning.match:Matcher.close_gaps")),
    ]  # fmt: skip


def scan_in_line(folder: Path, *, embedding: bool) -> float:
    """One first scan in this thread; returns its processor seconds."""
    from twinlens.library.open import Library
    from twinlens.scanning.control import PauseStop
    from twinlens.scanning.options import ScanOptions
    from twinlens.scanning.pipeline import scan

    place = tempfile.mkdtemp(dir=WORK, prefix="library-profile-")
    try:
        with Library.open(Path(place)) as library:
            began_s = time.thread_time()
            scan(library, [str(folder)], ScanOptions(embedding=embedding, threads=1), PauseStop(), lambda _event: None)
            return time.thread_time() - began_s
    finally:
        shutil.rmtree(place)


def profile(photos: PhotoSet) -> None:
    """Print the table of one set."""
    first = next(path for path in sorted(photos.folder.rglob("*")) if path.suffix.lower() == ".jpg")
    scan_in_line(first, embedding=True)  # libraries loaded, so that their start is not counted
    watched = steps()
    with Stopwatches(watched) as watches:
        total_s = scan_in_line(photos.folder, embedding=True)
    count = photos.count
    rest_s = total_s - sum(step.cpu_s for step in watched)
    parts = [(step.name, step.cpu_s, step.wall_s) for step in watched if step.calls]
    rows: list[tuple[str, ...]] = [
        (name, f"{cpu_s / count * 1000:.3f}", f"{cpu_s / total_s * 100:.1f}", f"{wall_s / count * 1000:.3f}")
        for name, cpu_s, wall_s in [*parts, ("the rest", rest_s, 0.0)]
    ]
    rows.append(("all", f"{total_s / count * 1000:.3f}", "100.0", ""))
    print_table(
        f"{photos.name}: where the time of a first scan goes, {count} photos, one thread; {load()}",
        ("step", "processor ms a photo", "%", "seconds' ms a photo"),
        rows,
    )
    if watches.missing:
        print(f"not found, so part of the rest: {', '.join(watches.missing)}")


def main() -> None:
    """Profile the sets that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profile", description=__doc__)
    parser.add_argument("--camera", type=int, default=100, help="photos of 12 megapixels")
    parser.add_argument("--small", type=int, default=2000, help="photos of 1 megapixel")
    options = parser.parse_args()
    require_shared_data()
    os.makedirs(WORK, exist_ok=True)
    for photos in [
        *([camera(12, options.camera)] if options.camera else []),
        *([small(options.small)] if options.small else []),
    ]:
        profile(photos)


if __name__ == "__main__":
    main()
