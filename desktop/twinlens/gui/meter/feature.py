"""The meter in the footer: follows marks, groups, filters and removals."""

import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAction

from twinlens.domain.deed import Origin
from twinlens.domain.photo import PhotoId
from twinlens.gui.desks.record_desk import Records
from twinlens.gui.groups.undecided import waiting
from twinlens.gui.meter.label import MeterLabel
from twinlens.gui.meter.pace import Pace
from twinlens.gui.meter.words import explanation_words, left_words, pace_words, removed_words
from twinlens.gui.window_parts import WindowParts

REFRESH_MS = 150  # counting takes milliseconds, and keys may come faster than eyes

Clock = Callable[[], float]


class Meter(QObject):
    """Decisions left in the list shown, photos an hour, and bytes removed so far."""

    def __init__(self, parts: WindowParts, clock: Clock = time.monotonic) -> None:
        super().__init__(parts.window)
        self._session, self._workspace, self._footer = parts.session, parts.workspace, parts.footer
        self.label = MeterLabel(parts.footer)
        self.pace = Pace(clock)
        self._removed_bytes = self._waiting_bytes = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REFRESH_MS)
        self._soon.timeout.connect(self.refresh)

    def connect_all(self, _actions: Mapping[str, QAction]) -> None:
        """Take the place in the footer, and listen."""
        self._footer.show_beside_button(self.label)
        session = self._session
        session.marks.marked.connect(self._marked)
        session.marks.changed.connect(self._touch)
        session.groups.changed.connect(self._touch)
        session.records.changed.connect(self._count_bytes)
        self._workspace.viewShown.connect(self._touch)
        self._workspace.duplicates.classChosen.connect(self._touch)
        for panel in self._workspace.group_panels():
            panel.notDuplicatesRequested.connect(self._parted)

    def restyle(self) -> None:
        """The label follows the palette by itself."""

    def shut_down(self) -> None:
        """Count nothing more."""
        self._soon.stop()

    @Slot()
    def refresh(self) -> None:
        """Count now."""
        parts: list[str] = []
        panel, left, hidden = self._workspace.groups_panel(), 0, 0
        if panel is not None:
            kind, marks = panel.query().photo_class, self._session.marks.marks
            shown, groups = self._session.groups.shown(kind), self._session.groups.groups(kind)
            if shown is not None and groups is not None and len(groups):
                left = len(waiting(shown, marks))
                hidden = len(waiting(groups, marks)) - left if len(shown) < len(groups) else 0
                parts.append(left_words(left, hidden))
        pace = self.pace.photos_an_hour()
        if pace is not None:
            parts.append(pace_words(pace))
        if self._removed_bytes:
            parts.append(removed_words(self._removed_bytes, self._waiting_bytes))
        self.label.say(parts, explanation_words(left, hidden, self._waiting_bytes) if parts else "")

    @Slot()
    def _touch(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    @Slot(object, str)
    def _marked(self, photo_ids: list[int], origin: str) -> None:
        """By hand, not by a rule; whoever takes a suggestion has decided on the whole group."""
        if origin not in (Origin.HAND, Origin.SUGGESTION):
            return
        decided = set(photo_ids)
        panel = self._workspace.groups_panel()
        if origin == Origin.SUGGESTION and panel is not None:
            shown = self._session.groups.shown(panel.query().photo_class)
            if shown is not None:
                found = {shown.group_of(PhotoId(photo_id)) for photo_id in photo_ids}
                decided.update(id_ for at in found if at is not None for id_ in shown.photo_ids(at).tolist())
        self.pace.note(decided)
        self._touch()

    @Slot(object)
    def _parted(self, families: list[list[int]]) -> None:
        self.pace.note([photo_id for family in families for photo_id in family])
        self._touch()

    @Slot(object)
    def _count_bytes(self, records: Records) -> None:
        self._removed_bytes, self._waiting_bytes = records.removed_bytes, records.waiting_bytes
        self._touch()
