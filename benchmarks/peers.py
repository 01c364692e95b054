"""Twinlens beside other programs on the same files in the same run. ``python -m benchmarks.peers --install`` gets them.

Whole processes with default settings: a first run, a second run of the same folder, peak memory, processor seconds, and
the pairs found against the known truth. Twinlens runs its network and makes thumbnails as well; the others do not.
"""

import argparse
import os
import shutil
import subprocess
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

from benchmarks.limits import load
from benchmarks.measured import Cost, measured, twinlens
from benchmarks.peer_programs import PEER_PROGRAMS, Peer, install
from benchmarks.quality_crowded import COPY_CLASSES
from benchmarks.sets import PhotoSet, camera, small
from benchmarks.workplace import WORK, print_table, require_shared_data

Pair = frozenset[str]


def score(photos: PhotoSet, groups: Iterable[list[str]]) -> tuple[float, float, int]:
    """Precision, recall and number of the pairs that share a group.

    Recall counts each copy with its original; precision all pairs, right where both belong to one family.
    """
    root = os.path.realpath(photos.folder)
    family_of = {name: number for number, family in enumerate(photos.families) for name in family}
    found: set[Pair] = set()
    for group in groups:
        names = [os.path.relpath(os.path.realpath(os.path.join(root, path)), root) for path in group]
        found |= {frozenset(pair) for pair in combinations(set(names), 2)}
    wanted = {frozenset((family[0], copy)) for family in photos.families for copy in family[1:]}
    right = sum(len({family_of.get(name, name) for name in pair}) == 1 for pair in found)
    return right / max(1, len(found)), len(wanted & found) / max(1, len(wanted)), len(found)


def row(name: str, photos: PhotoSet, first: Cost, second: Cost, groups: Iterable[list[str]]) -> tuple[str, ...]:
    """One program's figures."""
    precision, recall, pairs = score(photos, groups)
    return (
        name, f"{first.whole_s:.1f}", f"{first.cpu_s:.1f}", f"{first.peak_mb:.0f}", f"{second.whole_s:.2f}",
        f"{second.cpu_s:.1f}", str(pairs), f"{precision:.3f}", f"{recall:.3f}",
    )  # fmt: skip


def run_peer(peer: Peer, photos: PhotoSet, place: Path) -> tuple[str, ...]:
    """A peer twice on one folder."""
    command = peer.command(peer, photos.folder, place / peer.package)
    inside = f"{peer.place / 'bin'}{os.pathsep}{os.environ['PATH']}"
    costs = [measured(command, {"PATH": inside, "PYTHONPATH": ""}) for _ in range(2)]
    return row(peer.package, photos, costs[0], costs[1], peer.groups(costs[0].document))


def run_twinlens(photos: PhotoSet, place: Path, *options: str) -> tuple[str, ...]:
    """Twinlens twice on one folder: scan, then the groups of the copies."""
    library = place / "library"
    shutil.rmtree(library, ignore_errors=True)
    classes = [option for name in COPY_CLASSES for option in ("--class", name)]
    command = ("duplicates", str(photos.folder), *classes)
    if options:
        first = twinlens(library, "scan", str(photos.folder), *options)
        command = (*command, "--no-scan")
    else:
        first = twinlens(library, *command)
    second = twinlens(library, *command)
    groups = [[photo["path"] for photo in group["photos"]] for group in second.document["groups"]]
    return row(" ".join(("twinlens", *options)), photos, first, second, groups)


def compare(photos: PhotoSet) -> None:
    """Print the table of one set."""
    for path in photos.folder.rglob("*"):
        if path.is_file():
            path.read_bytes()  # in the page cache for everyone
    place = WORK / "peers-kept"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    rows = [run_twinlens(photos, place), run_twinlens(photos, place, "--no-embedding")]
    for peer in PEER_PROGRAMS:
        if not peer.installed:
            print(f"{peer.package} is absent (make peers installs it)")
            continue
        try:
            rows.append(run_peer(peer, photos, place))
        except (subprocess.CalledProcessError, ValueError, KeyError) as error:
            print(f"{peer.package} could not be measured: {error}")
    header = ("program", "first s", "processor s", "peak MB", "second s", "processor s", "pairs", "precision", "recall")
    files = sum(path.is_file() for path in photos.folder.rglob("*"))
    print_table(f"Programs, whole processes: {photos.name}, {files} files; {load()}", header, rows)
    shutil.rmtree(place)


def main() -> None:
    """Install, or compare."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--install", action="store_true", help="install the other programs, and do no more")
    parser.add_argument("--camera", type=int, default=60, help="photos of 12 megapixels")
    parser.add_argument("--variants", type=int, default=15, help="of them with nine variants each")
    parser.add_argument("--small", type=int, default=0, help="photos of 1 megapixel with planted copies")
    options = parser.parse_args()
    if options.install:
        for peer in PEER_PROGRAMS:
            print(install(peer), flush=True)
        return
    require_shared_data()
    if options.camera:
        compare(camera(12, options.camera, options.variants))
    if options.small:
        compare(small(options.small))


if __name__ == "__main__":
    main()
