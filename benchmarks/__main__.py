"""``make bench``: the whole table. ``make bench BENCH="--photos 20 --skip-window"`` runs a smaller one."""

import argparse
import sys

from benchmarks import quality, speed, window
from benchmarks.workplace import require_shared_data


def main() -> None:
    """Parse the sizes and print every table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--photos", type=int, default=60, help="source photos whose variants are scored (0: no quality table)"
    )
    parser.add_argument("--camera", type=int, default=200, help="12-megapixel photos of the speed table")
    parser.add_argument("--small", type=int, default=2000, help="1-megapixel photos of the speed table")
    parser.add_argument("--window-photos", type=int, default=20_000, help="photos in the library of the window's probe")
    parser.add_argument("--skip-window", action="store_true", help="leave the probe of the real window out")
    options = parser.parse_args()
    require_shared_data()
    if options.photos:
        quality.measure(options.photos)
    if options.camera or options.small:
        speed.measure(options.camera, options.small)
    if not options.skip_window:
        sys.exit(not window.run_under_xvfb(options.window_photos))


if __name__ == "__main__":
    main()
