"""What was done to bursts, in a sentence or two."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from twinlens.gui.thumbnails.words import groups_words, photos_words

if TYPE_CHECKING:
    from twinlens.review.best_marks import BestMarks


def tr(text: str) -> str:
    """The text in the user's language."""
    return QCoreApplication.translate("BestShots", text)


def outcome_words(best: "BestMarks", *, changed: bool) -> str:
    """How many bursts were thinned, and what was left alone."""
    parts = []
    if best.burst_count and changed:
        words = tr("Marked the best of {}; {} marked to go.")
        parts.append(words.format(groups_words(best.burst_count), photos_words(best.reject_count)))
    elif best.burst_count:
        parts.append(tr("The best are marked already."))
    if best.unmeasured_count:
        parts.append(tr("Not measured yet, so left alone: {}.").format(groups_words(best.unmeasured_count)))
    if best.whole_count:
        parts.append(tr("Never thinned: {} that belong together.").format(groups_words(best.whole_count)))
    return " ".join(parts)
