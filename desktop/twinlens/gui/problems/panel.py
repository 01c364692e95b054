"""The files that could not be read, with the reason."""

import os.path
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from twinlens.domain.events import ProblemFound
from twinlens.gui.records.model import Column
from twinlens.gui.records.panel import RecordPanel
from twinlens.gui.thumbnails.card_content import printable
from twinlens.gui.thumbnails.words import sentence_words


class ProblemsPanel(RecordPanel):
    """Unchanged files are not read again by a scan; a changed one leaves the list by itself."""

    rescanRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Problems"), self._columns(), parent, sign="accept")
        self.empty.say(
            self.tr("No problems"), self.tr("A file that cannot be read becomes one line here; the scan goes on.")
        )
        self.rescan = self.add_button(self.tr("Look &again"), self.tr("Scan for files that have changed"))
        self.rescan.clicked.connect(self.rescanRequested)
        self.sort_by(1, Qt.SortOrder.AscendingOrder)
        self.show_values(())

    def show_problems(self, problems: Sequence[ProblemFound]) -> None:
        """Show these."""
        self.summary.setText(self.tr("%Ln file(s) could not be read. Nothing was changed.", "", len(problems)))
        self.show_values(problems)

    def _columns(self) -> list[Column[ProblemFound]]:
        return [
            Column(self.tr("File"), lambda p: printable(os.path.basename(p.path)), width_px=232, tip=_path),
            Column(self.tr("Reason"), lambda p: sentence_words(p.error)),
            Column(self.tr("Folder"), lambda p: printable(os.path.dirname(p.path)), tip=_path),
        ]


def _path(problem: ProblemFound) -> str:
    return printable(problem.path)
