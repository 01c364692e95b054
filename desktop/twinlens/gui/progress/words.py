"""A scan's progress in words."""

import math

from PySide6.QtCore import QCoreApplication

from twinlens.domain.events import Stage, StageProgress
from twinlens.gui.thumbnails.words import count_words


def tr(text: str) -> str:
    """The text in the user's language."""
    return QCoreApplication.translate("Progress", text)


def stage_words(stage: Stage) -> str:
    """What the scan does at the moment."""
    return {
        Stage.WALK: tr("Looking for photos"),
        Stage.STUDY: tr("Studying photos"),
        Stage.MATCH: tr("Comparing photos"),
        Stage.SAVE: tr("Saving"),
    }[stage]


def amount_words(progress: StageProgress) -> str:
    """Says "1,204 of 3,000", or the count alone while the total is not known."""
    if progress.total is None:
        return count_words(progress.done)
    return tr("{} of {}").format(count_words(progress.done), count_words(progress.total))


def speed_words(progress: StageProgress) -> str:
    """Says "41 photos/s"; empty while it is not known."""
    if progress.photos_per_s <= 0 or not math.isfinite(progress.photos_per_s):
        return ""
    return tr("{} photos/s").format(count_words(max(1, round(progress.photos_per_s))))


def remaining_words(remaining_s: float | None) -> str:
    """Says "about 3 min left", over all stages; empty while it is not known."""
    if remaining_s is None or not math.isfinite(remaining_s):
        return ""
    if remaining_s < 8:
        return tr("a few seconds left")
    if remaining_s < 90:
        return tr("about {} s left").format(round(remaining_s / 5) * 5)
    if remaining_s < 5400:
        return tr("about {} min left").format(round(remaining_s / 60))
    return tr("about {} h left").format(round(remaining_s / 3600))


def progress_words(progress: StageProgress) -> str:
    """All of it in one line."""
    parts = (amount_words(progress), speed_words(progress), remaining_words(progress.remaining_s))
    return "  ·  ".join(part for part in parts if part)
