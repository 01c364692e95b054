"""Live announcements. What a toast says is announced by the toast; here is what changes without one."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction

from twinlens.domain.deed import Deed, DeedKind
from twinlens.domain.events import Stage, StageProgress
from twinlens.gui.groups.view import GroupsView
from twinlens.gui.history.deed_words import deed_words
from twinlens.gui.progress.words import stage_words
from twinlens.gui.window_parts import WindowParts

if TYPE_CHECKING:
    from twinlens.review.decisions import Horizon


class Announcing(QObject):
    """Politely: what is being said is not cut short."""

    said = Signal(str)

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._stage: Stage | None = None
        self._deed: Deed | None = None
        self._began = False

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """Listen."""
        session = self._parts.session
        session.decisions.horizonChanged.connect(self._decided)
        session.scans.progressed.connect(self._progressed)
        session.scans.finished.connect(self._scan_ended)
        for panel in self._parts.workspace.group_panels():
            panel.view().current_photo_changed.connect(self._moved)
            panel.view().groups_chosen.connect(self._chosen)
            panel.bar().counted.connect(self.say)

    def say(self, text: str) -> None:
        """Let the screen reader say this."""
        if text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._parts.window, text))
            self.said.emit(text)

    def restyle(self) -> None:
        """Nothing here is seen."""

    def shut_down(self) -> None:
        """Nothing runs."""

    @Slot(object)
    def _decided(self, horizon: "Horizon") -> None:
        """A new decision; what was taken back or done again has a toast."""
        before, self._deed = self._deed, horizon.undo
        deed = horizon.undo
        if self._began and deed is not None and deed != before and horizon.redo is None and deed.kind is DeedKind.MARKS:
            self.say(deed_words(deed))
        self._began = True

    @Slot(object)
    def _progressed(self, progress: StageProgress) -> None:
        if progress.stage is not self._stage and not self._parts.session.scans.quiet:
            self._stage = progress.stage
            self.say(stage_words(progress.stage))

    @Slot()
    def _scan_ended(self) -> None:
        self._stage = None

    @Slot(int)
    def _chosen(self, count: int) -> None:
        if count:
            self.say(self.tr("%Ln groups selected", "", count))

    @Slot()
    def _moved(self) -> None:
        """Inside a strip Qt knows of no item that has become current."""
        view = self.sender()
        if isinstance(view, GroupsView) and view.hasFocus():
            self.say(view.accessibleDescription())
