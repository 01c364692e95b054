"""Every removal with its date, its rule, its count and bytes; the selected one can be taken back."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from twinlens.domain.plan import DisposalKind, SessionSummary
from twinlens.gui.records.model import Column
from twinlens.gui.records.moments import moment_words
from twinlens.gui.records.panel import RecordPanel
from twinlens.gui.thumbnails.words import file_size_words


class HistoryPanel(RecordPanel):
    """Asks for undoing a session."""

    undoRequested = Signal(int)  # session id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("History"), self._columns(), parent)
        self.empty.say(
            self.tr("Nothing was removed yet"),
            self.tr("Every removal is listed here with its date, and can be taken back, after a restart too."),
        )
        self.undo = self.add_button(self.tr("Take &back"), self.tr("Put the photos of the selected removal back"))
        self.undo.clicked.connect(self._undo)
        self.sort_by(0, Qt.SortOrder.DescendingOrder)
        self.show_values(())

    def show_sessions(self, sessions: Sequence[SessionSummary]) -> None:
        """Show these removals."""
        self.summary.setText(self.tr("%Ln removal(s). Nothing here was deleted unless it says so.", "", len(sessions)))
        self.show_values(sessions)

    def update_buttons(self) -> None:
        """One removal that was not taken back yet."""
        chosen = self.selected()
        self.undo.setEnabled(len(chosen) == 1 and _can_be_undone(chosen[0]))

    @Slot()
    def _undo(self) -> None:
        for session in self.selected()[:1]:
            self.undoRequested.emit(session.id)

    def _columns(self) -> list[Column[SessionSummary]]:
        return [
            Column(self.tr("When"), _when, lambda s: s.started_at.timestamp(), width_px=152),
            Column(self.tr("What"), self._what),
            Column(self.tr("Photos"), lambda s: QLocale().toString(_count(s)), _count, True, 80),
            Column(self.tr("Size"), lambda s: file_size_words(s.size_bytes), lambda s: s.size_bytes, True, 96),
            Column(self.tr("State"), self._state, width_px=232),
        ]

    def _what(self, session: SessionSummary) -> str:
        kind = {
            DisposalKind.QUARANTINE: self.tr("Moved to the quarantine"),
            DisposalKind.TRASH: self.tr("Moved to the system trash"),
            DisposalKind.HARDLINK: self.tr("Replaced by hard links"),
            DisposalKind.REFLINK: self.tr("Replaced by copies that share their space"),
        }[session.kind]
        rule = self.tr("marked by hand") if session.rule == "marks" else session.rule
        return f"{kind} ({rule})" if rule else kind

    def _state(self, session: SessionSummary) -> str:
        if session.undone_at is not None:
            return self.tr("Taken back {}").format(moment_words(session.undone_at))
        parts = []
        if session.finished_at is None:
            parts.append(self.tr("interrupted"))
        if session.undone:
            parts.append(self.tr("%Ln put back", "", session.undone))
        if session.purged:
            parts.append(self.tr("%Ln removed permanently", "", session.purged))
        if session.refused:
            parts.append(self.tr("%Ln left in place", "", session.refused))
        return ", ".join(parts) or self.tr("Can be taken back")


def _when(session: SessionSummary) -> str:
    return moment_words(session.started_at)


def _count(session: SessionSummary) -> int:
    """All photos it moved, wherever they are now."""
    return session.done + session.undone + session.purged


def _can_be_undone(session: SessionSummary) -> bool:
    return session.undone_at is None and session.done > 0
