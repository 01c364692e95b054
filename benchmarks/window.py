"""``make bench-window``: a real window under Xvfb on a made-up library; limits that are stated and broken fail the run."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

from benchmarks.workplace import PROJECT, WORK, print_table


@dataclass(frozen=True)
class Limit:
    """One figure of the probe and the most it may be."""

    key: str
    words: str
    most_ms: float


LIMITS = (
    Limit("first_paint_ms", "program start to the first painted grid with thumbnails", 1000),
    Limit("lookalikes_worst_ms", "click to lookalikes on screen, worst of 20 (after the first)", 150),
    Limit("slider_worst_ms", "similarity slider to regrouped list, worst of 12", 500),
    Limit("gap_scroll_photos_ms", "longest gap of the event loop, scrolling all photos", 100),
    Limit("gap_scroll_groups_ms", "longest gap of the event loop, scrolling groups", 100),
    Limit("gap_marking_ms", "longest gap of the event loop, marking 40 photos", 100),
)


def run_under_xvfb(photos: int) -> bool:
    """Make the library, run the probe in a window of its own, print the table; True when every limit held."""
    library = WORK / f"library-window-{photos}"
    if not (library / ".made").exists():
        from benchmarks.made_library import make_library
        from twinlens.fingerprints.model import bundled_model

        make_library(library, photos, bundled_model().identity)
        (library / ".made").touch()
    figures = _probe(str(library))
    rows: list[tuple[str, ...]] = [
        (limit.words, f"{figures[limit.key]:.0f}", f"{limit.most_ms:.0f}", "ok" if _holds(limit, figures) else "BROKEN")
        for limit in LIMITS
    ]
    rows.append(("first lookalikes after the start (index loaded)", f"{figures['lookalikes_first_ms']:.0f}", "", ""))
    rows.append(("memory of the process, MB", f"{figures['memory_mb']:.0f}", "", ""))
    print_table(f"The real window on {photos:,} photos", ("what", "ms", "limit", ""), rows)
    broken = [limit.key for limit in LIMITS if not _holds(limit, figures)]
    print(
        f"\n{len(LIMITS) - len(broken)} of {len(LIMITS)} limits hold"
        + (f"; broken: {', '.join(broken)}" if broken else "")
    )
    return not broken


def _holds(limit: Limit, figures: dict[str, Any]) -> bool:
    return bool(figures[limit.key] <= limit.most_ms)


def _probe(library: str) -> dict[str, Any]:
    if not os.environ.get("DISPLAY") and not shutil.which("xvfb-run"):
        sys.exit("there is no display and no Xvfb (apt-get install xvfb)")
    screen = [] if os.environ.get("DISPLAY") else ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24"]
    environment = {**os.environ, "PYTHONPATH": f"{PROJECT / 'desktop'}:{PROJECT}", "QT_QPA_PLATFORM": "xcb"}
    command = [*screen, sys.executable, "-m", "benchmarks.window_probe", library, str(time.time())]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment, timeout=600)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.window", description=__doc__)
    parser.add_argument("--photos", type=int, default=2000)
    sys.exit(not run_under_xvfb(parser.parse_args().photos))
