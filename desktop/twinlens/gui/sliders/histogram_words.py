"""A histogram in words, for tooltips and screen readers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from twinlens.gui.thumbnails.words import count_words

if TYPE_CHECKING:
    from twinlens.review.slider_histogram import SliderHistogram


def tr(text: str) -> str:
    """The text in the user's language."""
    return QCoreApplication.translate("Histogram", text)


def position_words(value: str, histogram: "SliderHistogram", position: int) -> str:
    """One position: "82 %: 312 pairs; of yours 4 accepted, 1 no duplicates"."""
    words = tr("{}: {} pairs").format(value, count_words(int(histogram.counts[position])))
    return words + _decided_words(int(histogram.yes[position]), int(histogram.no[position]))


def all_words(histogram: "SliderHistogram", included: Sequence[bool]) -> str:
    """The whole of it: how many pairs, how many the slider lets in, and what the user decided."""
    inside = sum(int(count) for count, lets_in in zip(histogram.counts.tolist(), included, strict=True) if lets_in)
    words = tr("{} of {} pairs let in").format(count_words(inside), count_words(int(histogram.counts.sum())))
    return words + _decided_words(int(histogram.yes.sum()), int(histogram.no.sum()))


def _decided_words(yes: int, no: int) -> str:
    parts = []
    if yes:
        parts.append(tr("▼ {} that you accepted").format(count_words(yes)))
    if no:
        parts.append(tr("✕ {} that you called no duplicates").format(count_words(no)))
    return "; " + "; ".join(parts) if parts else ""
