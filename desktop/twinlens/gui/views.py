"""The views of the window, declared once: the sidebar, the menu and the remembered place come from here."""

from enum import StrEnum

from msgspec import Struct
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication


class ViewId(StrEnum):
    """Which view is in the middle of the window."""

    DUPLICATES = "duplicates"
    BURSTS = "bursts"
    PHOTOS = "photos"
    RESULTS = "results"
    QUARANTINE = "quarantine"
    HISTORY = "history"
    PROBLEMS = "problems"


class ViewEntry(Struct, frozen=True):
    """One view as the sidebar and the menu name it."""

    id: ViewId
    text: str
    icon: str

    @property
    def title(self) -> str:
        """The name in the user's language."""
        return QCoreApplication.translate("Views", self.text)


VIEWS: tuple[ViewEntry, ...] = (
    ViewEntry(ViewId.DUPLICATES, str(QT_TRANSLATE_NOOP("Views", "Duplicates")), "duplicates"),
    ViewEntry(ViewId.BURSTS, str(QT_TRANSLATE_NOOP("Views", "Bursts")), "bursts"),
    ViewEntry(ViewId.PHOTOS, str(QT_TRANSLATE_NOOP("Views", "All photos")), "photos"),
    ViewEntry(ViewId.RESULTS, str(QT_TRANSLATE_NOOP("Views", "Results")), "similar"),
    ViewEntry(ViewId.QUARANTINE, str(QT_TRANSLATE_NOOP("Views", "Quarantine")), "quarantine"),
    ViewEntry(ViewId.HISTORY, str(QT_TRANSLATE_NOOP("Views", "History")), "history"),
    ViewEntry(ViewId.PROBLEMS, str(QT_TRANSLATE_NOOP("Views", "Problems")), "problems"),
)
