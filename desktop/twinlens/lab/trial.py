"""A library for one experiment, in a temporary folder: what an experiment scans never comes into the user's own."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from twinlens.lab.workbench import Stopped, Workbench
from twinlens.library.open import Library
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.pipeline import scan


@contextmanager
def trial_library(bench: Workbench, places: Sequence[str], ignored_names: tuple[str, ...] = ()) -> Iterator[Library]:
    """A library that knows these files and folders and nothing else; gone afterwards. Raises Stopped."""
    with (
        tempfile.TemporaryDirectory(prefix="twinlens-trial-", ignore_cleanup_errors=True) as folder,
        Library.open(Path(folder) / "library") as library,
    ):
        scan_into(bench, library, places, ignored_names)
        yield library


def scan_into(bench: Workbench, library: Library, places: Sequence[str], ignored_names: tuple[str, ...] = ()) -> float:
    """Scan more into a trial library; gives the seconds it took."""
    options = ScanOptions(ignored_names=ignored_names, ignored_paths=())
    finished = scan(library, list(places), options, bench.control, bench.emit)
    if finished.stopped:
        raise Stopped
    return finished.duration_s
