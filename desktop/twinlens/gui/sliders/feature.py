"""Histograms under the sliders of the class in the middle: after every regrouping, and a moment after decisions."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAction

from twinlens.domain.relation import PhotoClass
from twinlens.gui.desks.histogram_desk import Histograms, Question
from twinlens.gui.groups.bar import IDENTICAL
from twinlens.gui.window_parts import WindowParts

REST_MS = 120  # decisions come quickly, and a slider more quickly still


class SliderHistograms(QObject):
    """Asks for what can be seen; a class that is not in the middle is counted when it comes there."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._session, self._workspace = parts.session, parts.workspace
        self._desk = parts.session.groups.histograms
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REST_MS)
        self._soon.timeout.connect(self.ask)

    def connect_all(self, _actions: Mapping[str, QAction]) -> None:
        """Listen to what changes the counts or the class in the middle."""
        self._desk.found.connect(self._show)
        self._session.groups.changed.connect(self._touch)
        self._session.marks.changed.connect(self._touch)
        self._session.records.changed.connect(
            self._touch
        )  # what was accepted is accepted still when it has been removed
        self._workspace.viewShown.connect(self._touch)
        self._workspace.duplicates.classChosen.connect(self._touch)

    def restyle(self) -> None:
        """The strips follow the palette by themselves."""

    def shut_down(self) -> None:
        """Ask for nothing more."""
        self._soon.stop()
        self._desk.forget()

    @Slot()
    def ask(self) -> None:
        """Count for the class in the middle."""
        panel, data = self._workspace.groups_panel(), self._session.groups.data
        if panel is None or data is None or panel.query().photo_class in IDENTICAL:
            return
        bar = panel.bar()
        scales = bar.similarity.scale().values, bar.time_gap.scale().values
        query = self._session.groups.query(panel.query().photo_class)
        removed = self._session.records.records.removed_scores
        self._desk.ask(Question(data, query, *scales, dict(self._session.marks.marks), removed))

    @Slot()
    def _touch(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    @Slot(object)
    def _show(self, found: Histograms) -> None:
        bursts, duplicates = self._workspace.bursts, self._workspace.duplicates.groups
        bar = (bursts if found.photo_class is PhotoClass.BURST else duplicates).bar()
        if bar.query().photo_class is found.photo_class:
            bar.similarity.histogram.show_histogram(found.similarity)
            bar.time_gap.histogram.show_histogram(found.time_gap)
