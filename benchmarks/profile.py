"""Where a scan's time goes: the real scan with a stopwatch around each step. ``python -m benchmarks.profile``.

The study runs in this process for once, so that the stopwatches see it; the last row is a scan as it is, in processes of
its own, without their start: what lies between is pipes, and what threads of one process cost each other. Processor time,
so that what others do on the machine hardly shows. What no stopwatch stands at is the row ``the rest``.
"""

import argparse
import os
import shutil
import tempfile
import time
from pathlib import Path
from unittest import mock

import cv2

from benchmarks.limits import load
from benchmarks.measured import fresh, twinlens
from benchmarks.sets import PhotoSet, camera, small, two_photos
from benchmarks.stopwatch import Step, Stopwatches
from benchmarks.workplace import WORK, print_table, require_shared_data
from twinlens.isolation.frames import Body, Head

FINGERPRINTS = "twinlens.fingerprints"
METADATA = "twinlens.imaging.metadata"
APART = "twinlens.scanning.apart"
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
        Step("network's input", (f"{FINGERPRINTS}.network_input:network_input",)),
        Step("network", (f"{FINGERPRINTS}.embedding:OnnxEmbedder.embed",)),
        Step("start of the network", (f"{FINGERPRINTS}.embedding:OnnxEmbedder.__init__", f"{FINGERPRINTS}.model:bundled_model")),
        Step("messages", (f"{APART}.messages:encode", f"{APART}.messages:decode")),
        Step("other work on one file", (f"{APART}.child:answer", "twinlens.scanning.study:Study.__call__")),
        Step("write to the catalog", ("twinlens.scanning.batches:Batches.flush",)),
        Step("index", ("twinlens.library.vectors:VectorShelf.add", "twinlens.library.vectors:VectorShelf.save")),
        Step("verify pairs", ("twinlens.matching.verify:Verifier.relate",)),
        Step("look for candidates", ("twinlens.matching.candidates:candidates",)),
        Step("match, other", ("twinlens.scanning.match:Matcher.round", "twinlens.scanning.match:Matcher.close_gaps")),
    ]  # fmt: skip


class StudyHere:
    """Stands in for the pool of studying processes: the same work, in the thread that asks."""

    def ask(self, head: Head, body: Body, _patience_s: float, _max_answer_bytes: int) -> tuple[Head, bytearray]:
        """What a process would answer."""
        from twinlens.scanning.apart import child

        reply, answer = child.answer(head, bytes(body))
        return reply, bytearray(answer)

    def start(self, _count: int) -> None:
        """Nothing to start."""

    def close(self) -> None:
        """Nothing to end."""


def scan_here(folder: Path) -> float:
    """One first scan in this process; returns its processor seconds."""
    from twinlens.library.open import Library
    from twinlens.scanning.apart import child, processes
    from twinlens.scanning.control import PauseStop
    from twinlens.scanning.options import ScanOptions
    from twinlens.scanning.pipeline import scan

    place = tempfile.mkdtemp(dir=WORK, prefix="library-profile-")
    cv2.setNumThreads(1)
    try:
        with (
            mock.patch.object(processes, "POOL", StudyHere()),
            mock.patch.object(child, "allow"),  # this process keeps its limits
            Library.open(Path(place)) as library,
        ):
            began_s = time.process_time()
            scan(library, [str(folder)], ScanOptions(threads=1), PauseStop(), lambda _event: None)
            return time.process_time() - began_s
    finally:
        shutil.rmtree(place)


def scan_as_it_is(photos: PhotoSet) -> float:
    """Processor seconds of a first scan with its processes, without their start."""
    first = twinlens(fresh("library-profile-one"), "scan", str(two_photos(photos).folder), "--threads", "1").cpu_s
    return twinlens(fresh("library-profile-all"), "scan", str(photos.folder), "--threads", "1").cpu_s - first


def profile(photos: PhotoSet) -> None:
    """Print the table of one set."""
    scan_here(two_photos(photos).folder)  # libraries loaded, so that their start is not counted
    watched = steps()
    with Stopwatches(watched) as watches:
        here_s = scan_here(photos.folder)
    total_s = scan_as_it_is(photos)
    count = photos.count
    parts = [(step.name, step.cpu_s) for step in watched if step.calls]
    parts.append(("the rest", here_s - sum(cpu_s for _, cpu_s in parts)))
    rows: list[tuple[str, ...]] = [
        (name, f"{cpu_s / count * 1000:.3f}", f"{cpu_s / here_s * 100:.1f}")
        for name, cpu_s in [*parts, ("all", here_s)]
    ]
    rows.append(("all, as it is, with its processes", f"{total_s / count * 1000:.3f}", ""))
    title = f"{photos.name}: where the time of a first scan goes, {count} photos, one studying process; {load()}"
    print_table(title, ("step", "processor ms a photo", "%"), rows)
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
