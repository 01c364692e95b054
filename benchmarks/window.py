"""``make bench-window``: a real window under Xvfb on a made-up library; limits that are stated and broken fail the run."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from benchmarks.workplace import PROJECT, WORK, made_scale, print_table

NEW_PHOTOS = 500  # real files that a scan brings into the library while the window is used
NEW_SIDE_PX = 1000
SMALL = 10_000  # photos; up to here the lower bound of memory holds


@dataclass(frozen=True)
class Limit:
    """One figure of the probe and the most it may be."""

    key: str
    words: str
    most: float


LIMITS = (
    Limit("first_paint_ms", "program start to the first painted grid with thumbnails", 1000),
    Limit("lookalikes_worst_ms", "click to lookalikes on screen, worst of 20 (after the first)", 150),
    Limit("slider_worst_ms", "similarity slider to regrouped list, worst of 12", 100),
    Limit("time_gap_worst_ms", "time gap slider to regrouped list, worst of 12", 100),
    Limit("page_worst_ms", "jump to a page with all its thumbnails, worst of 10", 300),
    Limit("frame_photos_ms", "turn of the wheel to the painted frame, photos, 95th percentile", 1000 / 60),
    Limit("frame_groups_ms", "turn of the wheel to the painted frame, groups, 95th percentile", 1000 / 60),
    Limit("thumbnails_mb", "thumbnails in memory, MB", 64 * 1.05),
    Limit("gap_opening_ms", "longest gap of the event loop, opening and loading", 100),
    Limit("gap_scroll_photos_ms", "longest gap of the event loop, scrolling all photos", 100),
    Limit("gap_jump_ms", "longest gap of the event loop, jumping through all photos", 100),
    Limit("gap_scroll_groups_ms", "longest gap of the event loop, scrolling groups", 100),
    Limit("gap_slider_ms", "longest gap of the event loop, dragging the similarity slider", 100),
    Limit("gap_time_slider_ms", "longest gap of the event loop, dragging the time gap slider", 100),
    Limit("gap_marking_ms", "longest gap of the event loop, marking 40 photos", 100),
    Limit("gap_scan_ms", "longest gap of the event loop, new photos being scanned", 100),
    Limit("gap_lookalikes_ms", "longest gap of the event loop, asking for lookalikes", 100),
)
NOTES = {
    "stolen_percent": "of this machine's processor time: taken by other machines on the same host meanwhile, %",
    "bare_window_ms": "a bare window of the same libraries, started just before: to its first paint, best of three",
    "start_python_ms": "of the start: the interpreter",
    "start_imports_ms": "of the start: imports",
    "start_library_ms": "of the start: application object, library opened",
    "start_window_ms": "of the start: the window made",
    "whole_page_ms": "program start to every card on screen painted with its thumbnail",
    "loaded_ms": "program start to the whole library and its groups loaded",
    "lookalikes_first_ms": "first lookalikes after the start (index loaded)",
    "groups": "groups of all classes",
    "scan_s": "the scan, s",
    "memory_mb": "memory after loading, scrolling, marking, MB",
    "memory_scan_own_mb": "most memory during the scan, the program itself, MB",
    "memory_scan_children_mb": "most memory during the scan, its child processes, MB",
}


def run_under_xvfb(photos: int, new_photos: int = NEW_PHOTOS) -> bool:
    """Make the library, run the probe in a window of its own, print the table; True when every limit held."""
    from benchmarks.made_library import window_library

    library = window_library(photos)
    figures = _probe(library, new_photos)
    most_mb = 600 if photos <= SMALL else 1500
    limits = [*LIMITS, Limit("memory_scan_mb", "most memory during the scan, child processes included, MB", most_mb)]
    limits = [limit for limit in limits if limit.key in figures]
    rows: list[tuple[str, ...]] = [
        (
            limit.words,
            f"{figures[limit.key]:.0f}",
            f"{figures[busy]:.0f}" if (busy := limit.key.replace("_ms", "_busy_ms")) in figures else "",
            f"{limit.most:.0f}",
            "ok" if _holds(limit, figures) else "BROKEN",
        )
        for limit in limits
    ]
    rows += [(words, f"{figures[key]:.0f}", "", "", "") for key, words in NOTES.items() if key in figures]
    print_table(f"The real window on {photos:,} photos", ("what", "ms", "computing", "limit", ""), rows)
    broken = [limit.key for limit in limits if not _holds(limit, figures)]
    print(
        f"\n{len(limits) - len(broken)} of {len(limits)} limits hold"
        + (f"; broken: {', '.join(broken)}" if broken else "")
    )
    return not broken


def _holds(limit: Limit, figures: dict[str, Any]) -> bool:
    return bool(figures[limit.key] <= limit.most)


def _probe(library: Path, new_photos: int) -> dict[str, Any]:
    with on_a_screen() as display, tempfile.TemporaryDirectory(dir=WORK) as temporary:
        # Bytecode as an installed program has it, whatever this environment says about writing it.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"PYTHONPATH": f"{PROJECT / 'desktop'}:{PROJECT}", "PYTHONPYCACHEPREFIX": str(WORK / "bytecode")}
        environment |= {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}
        warm_up = [sys.executable, "-c", "import benchmarks.window_probe, twinlens.scanning.pipeline"]
        subprocess.run(warm_up, check=True, env=environment, timeout=120)
        command = [sys.executable, "-m", "benchmarks.window_probe", str(library)]
        added = Path(temporary) / "new"
        if new_photos:
            shutil.copytree(made_scale(WORK / f"new-{new_photos}", new_photos, NEW_SIDE_PX), added)
        arguments = [str(added)] if new_photos else []
        bare_ms = min(_bare_window_ms(environment) for _ in range(3))
        before = psutil.cpu_times()
        try:
            started = str(time.time())
            done = subprocess.run(
                [*command, started, *arguments], check=True, stdout=subprocess.PIPE, env=environment, timeout=900
            )
            stolen_percent = _stolen_percent(before, psutil.cpu_times())
        finally:
            _forget(library, added)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {**figures, "bare_window_ms": bare_ms, "stolen_percent": stolen_percent}


def _bare_window_ms(environment: dict[str, str]) -> float:
    """How long this machine takes for a window at the moment."""
    command = [sys.executable, "-m", "benchmarks.bare_window", str(time.time())]
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment, timeout=120).stdout)


def _stolen_percent(before: tuple[float, ...], after: tuple[float, ...]) -> float:
    """What a virtual machine was denied of its processors between two looks; 0 where the system does not tell."""
    spent_s = sum(after) - sum(before)
    return 100 * (getattr(after, "steal", 0.0) - getattr(before, "steal", 0.0)) / spent_s if spent_s else 0.0


def _forget(folder: Path, added: Path) -> None:
    """Take the new photos out again, so that the next run finds the library as it was, its index included."""
    from twinlens.domain.ports import as_ids
    from twinlens.fingerprints.model import bundled_model
    from twinlens.library.open import Library
    from twinlens.volumes.identity import relative_to_volume, volume_of

    with Library.open(folder) as library:
        catalog, volume = library.catalog(), volume_of(str(added.parent))
        relative = relative_to_volume(str(added), volume)
        catalog.sources.remove(volume.id, relative)
        gone = [known.photo_id for known in catalog.photos.known_under(volume.id, relative).values()]
        library.vectors.use_model(bundled_model().identity)
        library.vectors.remove(as_ids(gone))
        catalog.photos.remove(gone)
        library.vectors.save()


@contextmanager
def on_a_screen() -> Iterator[str]:
    """A display: the user's own, or an Xvfb that is up before anything is timed."""
    if os.environ.get("DISPLAY"):
        yield os.environ["DISPLAY"]
        return
    if shutil.which("Xvfb") is None:
        sys.exit("there is no display and no Xvfb (apt-get install xvfb)")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL) as server:
        try:
            os.close(writing)
            with os.fdopen(reading) as answer:
                yield f":{int(answer.readline())}"
        finally:
            server.terminate()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.window", description=__doc__)
    parser.add_argument("--photos", type=int, default=2000)
    parser.add_argument("--new", type=int, default=NEW_PHOTOS, help="new photos scanned while the window is used")
    options = parser.parse_args()
    sys.exit(not run_under_xvfb(options.photos, options.new))
