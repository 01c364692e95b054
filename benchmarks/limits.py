"""Figures that were measured several times, and the limits that are stated for them."""

import os
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """A ratio of one run, measured once a round, and the most its median may be."""

    what: str
    ratios: tuple[float, ...]
    most: float
    note: str = ""

    @property
    def median(self) -> float:
        """The middle of the rounds."""
        return statistics.median(self.ratios)

    @property
    def kept(self) -> bool:
        """Whether the median is within the limit."""
        return self.median <= self.most

    def row(self) -> tuple[str, ...]:
        """The limit as a row of a table."""
        word = "kept" if self.kept else "BROKEN"
        spread = f"{min(self.ratios):.2f} to {max(self.ratios):.2f}"
        return (self.what, f"{self.median:.2f}", spread, f"{self.most:g}", word, self.note)


HEADER = ("limit", "ratio", "spread", "at most", "", "note")


def middle(values: Sequence[float], digits: int = 2) -> str:
    """The median, and how far the rounds lie apart."""
    if len(values) == 1:
        return f"{values[0]:.{digits}f}"
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def load() -> str:
    """How busy the machine is: on one that others use, seconds are worth little and processor seconds more."""
    one, five, _ = os.getloadavg()
    return f"load average {one:.1f} (1 min), {five:.1f} (5 min) on {os.cpu_count()} cores"
