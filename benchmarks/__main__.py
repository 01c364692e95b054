"""``make bench``: the whole table. ``make bench BENCH="--photos 20 --skip-window"`` runs a smaller one."""

import argparse
import sys

from benchmarks import bursts, first_results, peers, profile, quality, quality_crowded, removal, speed, window
from benchmarks.sets import camera, small
from benchmarks.workplace import require_shared_data


def main() -> None:
    """Parse the sizes, print every table; ends with 1 where a stated limit is broken."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--quality", choices=("full", "quick", "none"), default="full", help="rounds of copies among all photos"
    )
    parser.add_argument(
        "--photos", type=int, default=60, help="photos with 67 edits each in one crowded library (0: leave it out)"
    )
    parser.add_argument("--camera", type=int, default=100, help="12-megapixel photos of the speed table")
    parser.add_argument("--camera-8", type=int, default=40, help="8-megapixel photos of the speed table")
    parser.add_argument("--camera-24", type=int, default=40, help="24-megapixel photos of the speed table")
    parser.add_argument(
        "--small", type=int, default=2000, help="1-megapixel photos of the speed table (10000: the issue's)"
    )
    parser.add_argument("--previews", type=int, default=100, help="12-megapixel photos with embedded previews")
    parser.add_argument("--previews-24", type=int, default=40, help="24-megapixel photos with embedded previews")
    parser.add_argument("--repeats", type=int, default=3, help="rounds of the speed table")
    parser.add_argument(
        "--peers", type=int, default=40, help="12-megapixel photos for other programs (0: leave them out)"
    )
    parser.add_argument("--window-photos", type=int, default=20_000, help="photos in the library of the window's probe")
    parser.add_argument("--first-photos", type=int, default=10_000, help="new photos whose first results are timed")
    parser.add_argument("--first-seconds", type=float, default=25.0, help="how long their scan is watched")
    parser.add_argument("--skip-window", action="store_true", help="leave the probes of the real window out")
    options = parser.parse_args()
    require_shared_data()
    kept = options.quality == "none" or quality.measured(quick=options.quality == "quick")
    if options.quality != "none":
        bursts.measure(stripped=False)
    if options.photos:
        quality_crowded.measure(options.photos)
    sizes = {12: options.camera, 8: options.camera_8, 24: options.camera_24}
    previewed = {12: options.previews, 24: options.previews_24}
    kept = all(limit.kept for limit in speed.measure(sizes, options.small, previewed, options.repeats)) and kept
    if options.camera:
        profile.profile(camera(12, options.camera))
    if options.small:
        profile.profile(small(options.small))
    kept = removal.run() and kept
    if options.peers:
        peers.compare(camera(12, options.peers, options.peers // 4))
    if not options.skip_window:
        seen = first_results.made_photos(options.first_photos)
        kept = first_results.run(seen, options.first_seconds, turns=1) and kept
        kept = window.run_under_xvfb(options.window_photos) and kept
    sys.exit(not kept)


if __name__ == "__main__":
    main()
