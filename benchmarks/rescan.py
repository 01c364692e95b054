"""What must not read a photo: a rescan, another threshold, the network turned on later. ``python -m benchmarks.rescan``.

Runs inside one process with the library open, beside a bare walk of the same tree, and counts the files opened.
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.bare import bare_walk
from benchmarks.opened_files import OpenedFiles
from twinlens.library.open import Library
from twinlens.scanning.control import PauseStop
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.pipeline import scan


def timed(work: Callable[[], object]) -> float:
    """Seconds of one call."""
    began_s = time.perf_counter()
    work()
    return time.perf_counter() - began_s


def scan_once(library: Library, folder: Path, *, embedding: bool) -> Any:
    """Bring the library up to date."""
    return scan(library, [str(folder)], ScanOptions(embedding=embedding), PauseStop(), lambda _event: None)


def rescans(library: Library, folder: Path, repeats: int, *, embedding: bool) -> dict[str, Any]:
    """A bare walk and a rescan in turn."""
    scan_once(library, folder, embedding=embedding)
    bare_walk(str(folder))
    walks: list[float] = []
    scans: list[float] = []
    stages: dict[str, float] = {}
    with OpenedFiles(folder) as opened:
        for _ in range(repeats):
            walks.append(timed(lambda: bare_walk(str(folder))))
            began_s = time.perf_counter()
            stages = scan_once(library, folder, embedding=embedding).stages_s
            scans.append(time.perf_counter() - began_s)
    return {"walk_s": walks, "scan_s": scans, "opened": opened.count, "stages": stages}


def regrouped(library: Library, folder: Path) -> dict[str, Any]:
    """Groups of every class that is stored, at two other thresholds."""
    from twinlens.domain.group import GroupQuery
    from twinlens.domain.relation import PhotoClass
    from twinlens.review.data import load_review_data
    from twinlens.review.duplicates import find_groups

    with OpenedFiles(folder) as opened:
        began_s = time.perf_counter()
        for similarity in (0.8, 0.95):
            data = load_review_data(library.catalog())
            for photo_class in PhotoClass:
                if photo_class is not PhotoClass.LOOKALIKE:
                    find_groups(data, GroupQuery(photo_class, similarity, 3.0))
        spent_s = time.perf_counter() - began_s
    return {"scan_s": spent_s / 2, "opened": opened.count}


def network_later(library: Library, folder: Path) -> dict[str, Any]:
    """A scan with the network of a library that was made without it."""
    with OpenedFiles(folder) as opened:
        began_s = time.perf_counter()
        report = scan_once(library, folder, embedding=True)
        spent_s = time.perf_counter() - began_s
    return {"scan_s": spent_s, "opened": opened.count, "changed": report.changed, "stages": report.stages_s}


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rescan", description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repeats", type=int, default=9)
    parser.add_argument("--later", action="store_true", help="the library was made without the network")
    options = parser.parse_args()
    with Library.open(options.library) as library:
        if options.later:
            print(json.dumps(network_later(library, options.folder)))
            return
        figures = rescans(library, options.folder, options.repeats, embedding=True)
        figures["regroup"] = regrouped(library, options.folder)
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
