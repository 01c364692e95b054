"""The grid of results: a card says how alike it is, or that it contains the part that was asked about."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from twinlens.gui.grid.panel import PhotoGridPanel
from twinlens.gui.thumbnails.loader import ThumbnailLoader
from twinlens.gui.thumbnails.words import class_words, percent_words

if TYPE_CHECKING:
    from twinlens.domain.group import Match
    from twinlens.review.results import ResultRow

LINES = 3


class ResultsGrid(PhotoGridPanel):
    """Knows the match of each of its rows, and the photo that was asked about."""

    def __init__(self, loader: ThumbnailLoader, parent: QWidget | None = None) -> None:
        super().__init__(loader, parent, caption=self._caption, lines=LINES)
        self._rows: Sequence[ResultRow] = ()
        self.asked_id: int | None = None  # None for a file or a picture
        self.view().setAccessibleName(self.tr("Results, best first"))

    def show_rows(self, rows: "Sequence[ResultRow]", *, from_top: bool) -> None:
        """Show these; ``from_top`` for another query, otherwise what the eye is on stays."""
        self._rows = rows
        self.set_photo_ids([row.photo.id for row in rows])
        if from_top or not self.has_current():
            self.go_to_top()

    def say_when_empty(self, heading: str, hint: str) -> None:
        """What is said where there are no photos."""
        self.empty.say(heading, hint)

    def message(self) -> str:
        """What is said, or would be."""
        return self.empty.texts()[0]

    def _caption(self, row: int) -> str:
        return match_words(self._rows[row].match) if row < len(self._rows) else ""


def match_words(match: "Match") -> str:
    """How alike, and what it is."""
    contains = QCoreApplication.translate("Results", "contains it")
    kind = contains if match.contains else class_words(match.photo_class).lower()
    return f"{percent_words(match.score)} · {kind}"
