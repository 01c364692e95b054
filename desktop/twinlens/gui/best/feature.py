"""Best shots: frames measured beside the window, what is on screen first, and bursts thinned to the best."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout

from twinlens.domain.deed import Origin
from twinlens.domain.relation import PhotoClass
from twinlens.domain.settings import KEEP_BEST
from twinlens.gui.best.bar import KeepBestBar
from twinlens.gui.best.words import outcome_words
from twinlens.gui.desks.best_desk import BestDesk
from twinlens.gui.desks.measure_desk import MeasureDesk
from twinlens.gui.window_parts import WindowParts

if TYPE_CHECKING:
    from twinlens.review.best_marks import BestMarks

ON_SCREEN_FRAMES = 96
PLACE_OF_BAR = 2  # below the sliders and the order


class BestShots(QObject):
    """Hangs in the view of bursts."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._session, self._panel, self._toast = parts.session, parts.workspace.bursts, parts.toast
        self._workspace = parts.workspace
        workers = parts.session.workers
        self._measuring = MeasureDesk(parts.session.library, workers.measures, self)
        self._desk = BestDesk(workers.desk, self)
        self._bar: KeepBestBar | None = None
        self._actions: Mapping[str, QAction] = {}

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """Put the line into the view, and follow scans."""
        self._actions = actions
        keep = int(self._session.library.preferences.number(KEEP_BEST))
        self._bar = KeepBestBar(actions["keep_best"], actions["keep_best_all"], keep, self._panel)
        layout = self._panel.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(PLACE_OF_BAR, self._bar)
        self._bar.countChanged.connect(self._keep_count)
        self._panel.view().groups_chosen.connect(self._bar.show_chosen)
        self._measuring.progressed.connect(self._bar.show_progress)
        self._measuring.measured.connect(self._session.groups.refresh)
        self._measuring.failed.connect(self._session.failed)
        self._desk.worked_out.connect(self._mark)
        self._desk.failed.connect(self._session.failed)
        actions["keep_best"].triggered.connect(self.keep_best)
        actions["keep_best_all"].triggered.connect(self.keep_best_of_all)
        self._session.opened.connect(self._measuring.look_again)
        self._session.scans.stateChanged.connect(self._hold)
        self._session.removals.busyChanged.connect(self._hold)
        self._session.scans.finished.connect(self._measuring.look_again)
        self._panel.currentPhotoChanged.connect(self._look)
        self._workspace.viewShown.connect(self._look)
        self._session.groups.changed.connect(self._offer)
        self._offer()

    def restyle(self) -> None:
        """Everything here follows the palette by itself."""

    def shut_down(self) -> None:
        """Stop measuring; the number was kept when it was chosen."""
        self._measuring.shut_down()

    @Slot()
    def keep_best(self) -> None:
        """Of the bursts that are selected, or of the one under the cursor."""
        numbers = self._panel.view().chosen_groups()
        if self._workspace.groups_panel() is self._panel and numbers:
            self._ask(numbers)

    @Slot()
    def keep_best_of_all(self) -> None:
        """Of every burst of the list."""
        self._ask(None)

    def _ask(self, numbers: Sequence[int] | None) -> None:
        groups = self._session.groups.shown(PhotoClass.BURST)
        if groups is not None and self._bar is not None and len(groups):
            self._desk.ask(groups, numbers, self._bar.count.value())

    @Slot(object)
    def _mark(self, best: "BestMarks") -> None:
        undone = self._session.marks.order
        self._session.mark_many(best.marks, Origin.RULE, "best-shot")
        changed = self._session.marks.order != undone
        undo = (self.tr("Undo"), self._session.undo) if changed else ()
        self._toast.say(outcome_words(best, changed=changed), *undo)

    @Slot(int)
    def _keep_count(self, count: int) -> None:
        if not self._session.library.read_only:
            self._session.library.preferences.set(KEEP_BEST, count)

    @Slot()
    def _hold(self) -> None:
        self._measuring.hold(held=self._session.scans.running or self._session.removals.busy)

    @Slot()
    def _look(self) -> None:
        if self._workspace.groups_panel() is self._panel:
            self._measuring.look_at(self._panel.page_ids(ON_SCREEN_FRAMES))

    @Slot()
    def _offer(self) -> None:
        """The actions need bursts."""
        groups = self._session.groups.shown(PhotoClass.BURST)
        there = groups is not None and len(groups) > 0 and not self._session.library.read_only
        for name in ("keep_best", "keep_best_all"):
            self._actions[name].setEnabled(there)
        if self._bar is not None:
            self._bar.setVisible(groups is not None and len(groups) > 0)
        self._look()
