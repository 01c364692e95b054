"""The bare minimum: what no program can leave out. Run in a process of its own: ``python -m benchmarks.bare WHAT FOLDER``.

``decode``: two threads read every JPEG and draft-decode it with Pillow for 320 x 320. ``study-scale``: the same at the
scale that Twinlens' own study asks for. ``network``: ``decode``, and the bundled network run once for each file on a
prepared picture, by the same two threads. ``walk``: a plain scandir walk with stat.
"""

import argparse
import io
import json
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

THREADS = 2
DRAFT_SIDE_PX = 320  # the least that serves a 224 px network, a 32 px hash and a 320 px thumbnail alike
NETWORK_SIDE_PX = 224


def jpegs(folder: Path) -> list[Path]:
    """The JPEGs of a tree in a fixed order."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".jpg", ".jpeg"))


def draft_decode(path: Path) -> None:
    """Read one file and decode it at reduced scale."""
    with Image.open(io.BytesIO(path.read_bytes())) as picture:
        picture.draft("RGB", (DRAFT_SIDE_PX, DRAFT_SIDE_PX))
        picture.load()


def decode_at_study_scale(path: Path) -> None:
    """The same at the scale that Twinlens asks its decoder for."""
    from twinlens.imaging.scale import FOR_STUDY, scale_while_decoding

    with Image.open(io.BytesIO(path.read_bytes())) as picture:
        scale_while_decoding(picture, FOR_STUDY)
        picture.load()


def decode_and_network(count: int) -> Callable[[Path], None]:
    """One draft decode and one run of the network on a prepared picture."""
    from twinlens.fingerprints.embedding import OnnxEmbedder
    from twinlens.fingerprints.model import bundled_model

    embedder = OnnxEmbedder(bundled_model())
    shape = (min(count, 64), 1, NETWORK_SIDE_PX, NETWORK_SIDE_PX, 3)
    prepared = np.random.default_rng(1).integers(0, 256, shape, np.uint8)

    def work(path: Path) -> None:
        draft_decode(path)
        embedder.embed(prepared[hash(path.name) % len(prepared)])

    return work


def on_threads(work: Callable[[Path], None], files: Sequence[Path]) -> float:
    """Seconds that ``THREADS`` threads need for all files."""
    began_s = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        for _ in pool.map(work, files):
            pass
    return time.perf_counter() - began_s


def bare_walk(folder: str) -> int:
    """List a tree with ``stat`` of every file: what a rescan cannot do without."""
    count = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                count += bare_walk(entry.path)
            else:
                entry.stat(follow_symlinks=False)
                count += 1
    return count


def main() -> None:
    """Do one of them and print its seconds as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bare", description=__doc__)
    parser.add_argument("what", choices=("decode", "study-scale", "network", "walk"))
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    if options.what == "walk":
        began_s = time.perf_counter()
        count = bare_walk(str(options.folder))
        print(json.dumps({"files": count, "seconds": time.perf_counter() - began_s}))
        return
    files = jpegs(options.folder)
    if options.what == "network":
        work = decode_and_network(len(files))
    else:
        work = draft_decode if options.what == "decode" else decode_at_study_scale
    Image.init()
    print(json.dumps({"files": len(files), "seconds": on_threads(work, files)}))


if __name__ == "__main__":
    main()
