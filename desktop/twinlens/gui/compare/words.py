"""What a comparison says: about each photo, about the slider, about what could not be laid over."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale

from twinlens.gui.compare.together import Mode
from twinlens.gui.compare.walk import Walk


def tr(text: str) -> str:
    """The text in the user's language."""
    return QCoreApplication.translate("Compare", text)


def figure_words(mode: Mode, amount: float, threshold: int, share: float | None) -> str:
    """What the slider stands at."""
    number = QLocale().toString
    if mode is Mode.DIFFERENCE:
        if share is None:
            return tr("comparing…")
        return tr("{} % differ by {} or more").format(number(100 * share, "f", 1), number(threshold))
    return "" if mode is Mode.SIDE else tr("{} %").format(number(round(100 * amount)))


def hint_words(lost: Sequence[str], walk: Walk | None) -> str:
    """What one should know about what is seen."""
    said = []
    if walk is not None and not walk.is_over:
        number = QLocale().toString
        said.append(tr("Decision {} of {}").format(number(walk.decided + 1), number(walk.total)))
    if lost:
        said.append(tr("Not laid over, nothing in common was found: {}").format(", ".join(lost)))
    return "  ·  ".join(said)
