"""What a step of a slider costs: ``python -m benchmarks.regroup --photos 100000``, in processor time, without a window.

On the made-up library of ``benchmarks.window`` (made where it is not there yet) both sliders are dragged through their
range; each step groups the class again, sorts and filters it, and counts the histogram, as the window's worker does.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from msgspec.structs import replace

from benchmarks.made_library import window_library
from benchmarks.workplace import WORK, print_table
from twinlens.domain.arrangement import Arrangement, GroupFilter, Sort
from twinlens.domain.group import GroupQuery
from twinlens.domain.relation import PhotoClass
from twinlens.gui.sliders.scale import similarity_scale, time_gap_scale
from twinlens.library.open import Library
from twinlens.review.arrangement import arrange
from twinlens.review.data import ReviewData, load_review_data
from twinlens.review.duplicates import find_groups
from twinlens.review.slider_histogram import Decided, similarity_histogram, time_gap_histogram

_Result = TypeVar("_Result")

MOST_MS = 100.0
STEPS = 24
SIMILARITY, TIME_GAP = np.array(similarity_scale().values), np.array(time_gap_scale().values)


@dataclass
class Step:
    """Milliseconds of the processor for one step of a slider."""

    grouping: float
    arranging: float
    counting: float

    @property
    def whole(self) -> float:
        """All of it."""
        return self.grouping + self.arranging + self.counting


def drag(data: ReviewData, start: GroupQuery, arrangement: Arrangement, *, by_time: bool) -> Iterator[Step]:
    """A slider from one end to the other and back to the middle."""
    values = TIME_GAP if by_time else SIMILARITY
    marked = data.photos.photo_id[::2]
    decided = Decided(marked[::2], marked[1::2])
    for at in np.linspace(0, len(values) - 1, STEPS).round().astype(int).tolist():
        value = float(values[at])
        query = replace(start, time_gap_s=value) if by_time else replace(start, similarity=value)
        groups, grouping = timed(partial(find_groups, data, query))
        _, arranging = timed(partial(arrange, groups, arrangement, marked))
        _, counting = timed(partial(count, data, query, decided))
        yield Step(grouping, arranging, counting)


def count(data: ReviewData, query: GroupQuery, decided: Decided) -> None:
    """What lies under the sliders of a class."""
    similarity_histogram(data, query, SIMILARITY, decided)
    if query.photo_class is PhotoClass.BURST:
        time_gap_histogram(data, TIME_GAP, decided)


def timed(work: Callable[[], _Result]) -> tuple[_Result, float]:
    """What it gives, and the milliseconds of the processor."""
    began = time.process_time()
    result = work()
    return result, (time.process_time() - began) * 1000


def main() -> None:
    """Print the table; ends with 1 where a step takes longer than it may."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.regroup", description=__doc__)
    parser.add_argument("--photos", type=int, default=100_000)
    photos = parser.parse_args().photos
    made = window_library(photos)
    with tempfile.TemporaryDirectory(dir=WORK) as folder:
        shutil.copy2(made / "catalog.db", folder)  # opening may bring it up to date
        with Library.open(Path(folder)) as library:
            data = load_review_data(library.catalog())
    sys.exit(not report(data))


def report(data: ReviewData) -> bool:
    """The table of all drags; whether every step kept the limit."""
    by_folder = Arrangement(Sort.FOLDER, wanted=GroupFilter(text="img", undecided_only=True))
    arrange(find_groups(data, GroupQuery(PhotoClass.BURST)), by_folder, data.photos.photo_id)  # texts are folded once
    rows, worst = [], 0.0
    for words, kind, arrangement, by_time in (
        ("same shot, similarity", PhotoClass.SAME_SHOT, Arrangement(), False),
        ("bursts, similarity", PhotoClass.BURST, Arrangement(), False),
        ("bursts, time gap", PhotoClass.BURST, Arrangement(), True),
        ("bursts, time gap, filtered by text and undecided, by folder", PhotoClass.BURST, by_folder, True),
    ):
        find_groups(data, GroupQuery(kind))
        steps = list(drag(data, GroupQuery(kind), arrangement, by_time=by_time))
        worst = max(worst, *(step.whole for step in steps))
        parts = [[getattr(step, name) for step in steps] for name in ("grouping", "arranging", "counting", "whole")]
        rows.append((words, *(f"{statistics.median(part):.0f}" for part in parts), f"{max(parts[-1]):.0f}"))
    heads = ("slider", "grouping", "arranging", "histograms", "a step, median", "worst")
    print_table(f"A step of a slider among {len(data.photos):,} photos, ms of the processor", heads, rows)
    print(f"\nlimit {MOST_MS:.0f} ms: " + ("kept" if worst <= MOST_MS else "BROKEN"))
    return worst <= MOST_MS


if __name__ == "__main__":
    main()
