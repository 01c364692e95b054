"""How often the best frame wins: frames of real series, spoilt by us, judged as the program judges them.

``python -m benchmarks.best_shot [--frames 4]``. Three questions for every kind of damage, over runs of consecutive frames:
"itself": does a frame win against itself, spoilt; "only one left": does the one frame win that was not spoilt; "one spoilt":
does the one that was spoilt lose. Constants were set on the tuning half; both halves are printed.
"""

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.photo_truth import is_test_half, manifest
from benchmarks.workplace import SHARED, print_table, require_shared_data
from twinlens.domain.fingerprint import UInt8Array
from twinlens.fingerprints.measures import SIDE_PX, at_measuring_scale, measure
from twinlens.imaging.decode import close_workers, decode_preview
from twinlens.matching.best_shot import Shots, best_shots

Spoil = Callable[[UInt8Array], UInt8Array]
QUESTIONS = ("itself", "only one left", "one spoilt")
KINDS = ("series", "burst")


def blurred(sigma_px: float) -> Spoil:
    """Out of focus, in pixels at the scale of measuring."""
    return lambda pixels: np.asarray(cv2.GaussianBlur(pixels, (0, 0), sigma_px), np.uint8)


def shaken(length_px: int) -> Spoil:
    """Moved while exposed, along a diagonal."""
    kernel = np.eye(length_px, dtype=np.float32) / length_px
    return lambda pixels: np.asarray(cv2.filter2D(pixels, -1, kernel), np.uint8)


def exposed(stops: float) -> Spoil:
    """Another exposure: in linear light, clipped as a sensor clips."""
    table = np.clip(np.round(255 * ((np.arange(256) / 255) ** 2.2 * 2**stops) ** (1 / 2.2)), 0, 255).astype(np.uint8)
    return lambda pixels: table[pixels]


def noisy(levels: float) -> Spoil:
    """Gaussian noise; always the same."""

    def spoil(pixels: UInt8Array) -> UInt8Array:
        noise = np.random.default_rng(5).normal(0, levels, pixels.shape)
        return np.clip(np.round(pixels + noise), 0, 255).astype(np.uint8)

    return spoil


def enlarged(factor: float) -> Spoil:
    """Taken with fewer pixels and enlarged again."""

    def spoil(pixels: UInt8Array) -> UInt8Array:
        height, width = pixels.shape[:2]
        small = cv2.resize(pixels, (round(width / factor), round(height / factor)), interpolation=cv2.INTER_AREA)
        return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)

    return spoil


DAMAGE: dict[str, Spoil] = {
    "blur 0.8 px": blurred(0.8),
    "blur 1.5 px": blurred(1.5),
    "blur 3 px": blurred(3.0),
    "shake 5 px": shaken(5),
    "shake 11 px": shaken(11),
    "enlarged 2x": enlarged(2.0),
    "-1 EV": exposed(-1.0),
    "-2 EV": exposed(-2.0),
    "+1 EV": exposed(1.0),
    "+2 EV": exposed(2.0),
    "noise 6": noisy(6.0),
    "noise 12": noisy(12.0),
}


@dataclass(frozen=True)
class Frame:
    """One frame: its measures as it is, and spoilt in each way."""

    name: str
    plain: NDArray[np.void]
    spoilt: dict[str, NDArray[np.void]]


def frame(path: Path, kinds: tuple[str, ...] = tuple(DAMAGE)) -> Frame:
    """Measure one photo as it is and spoilt."""
    pixels = at_measuring_scale(decode_preview(str(path), SIDE_PX))
    return Frame(path.name, measure(pixels), {kind: measure(DAMAGE[kind](pixels)) for kind in kinds})


def winner(rows: list[NDArray[np.void]]) -> int:
    """Which of these frames of one group is judged the best."""
    count = len(rows)
    no = np.zeros(count, np.bool_)
    shots = Shots(np.array([0, count]), np.concatenate(rows), np.full(count, 12_000_000), no, no)
    return int(np.argmax(best_shots(shots).total))


def asked(frames: list[Frame], kind: str) -> Iterator[tuple[str, bool]]:
    """Every question about one group and one kind of damage, and whether it was answered right."""
    for at, one in enumerate(frames):
        yield "itself", winner([one.plain, one.spoilt[kind]]) == 0
        left = [other.plain if other is one else other.spoilt[kind] for other in frames]
        yield "only one left", winner(left) == at
        spoilt = [other.spoilt[kind] if other is one else other.plain for other in frames]
        yield "one spoilt", winner(spoilt) != at


def groups(frames: int) -> Iterator[tuple[str, list[Path]]]:
    """Half and files of runs of so many consecutive frames of the real series, without overlap."""
    for group in manifest()["groups"]:
        if group["kind"] not in KINDS:
            continue
        half = "test" if is_test_half(group["files"][0]) else "tune"
        paths = [SHARED / path for path in group["files"] if not path.lower().endswith((".dng", ".heic"))]
        for at in range(0, len(paths) - frames + 1, frames):
            yield half, paths[at : at + frames]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.best_shot", description=__doc__)
    parser.add_argument("--frames", type=int, default=4, help="frames of a group")
    options = parser.parse_args()
    require_shared_data()
    right: defaultdict[tuple[str, str, str], list[bool]] = defaultdict(list)
    count = 0
    for half, paths in groups(options.frames):
        frames = [frame(path) for path in paths]
        count += 1
        for kind in DAMAGE:
            for question, is_right in asked(frames, kind):
                right[half, kind, question].append(is_right)
    close_workers()
    halves = sorted({half for half, _, _ in right}, reverse=True)
    header = ("damage", *(f"{half}: {question}" for half in halves for question in QUESTIONS))
    rows = [
        (kind, *(_share(right[half, kind, question]) for half in halves for question in QUESTIONS)) for kind in DAMAGE
    ]
    print_table(f"The frame that was not spoilt is called the best ({count} groups of {options.frames})", header, rows)


def _share(answers: list[bool]) -> str:
    return f"{sum(answers)}/{len(answers)}"


if __name__ == "__main__":
    main()
