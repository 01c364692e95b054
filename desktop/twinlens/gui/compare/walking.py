"""The walk through a group: what the winner's keys do, and what becomes of it at the end."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from twinlens.domain.group import Mark
from twinlens.gui.compare.together import Mode
from twinlens.gui.compare.view import CompareView
from twinlens.gui.compare.walk import Walk, walk_through
from twinlens.gui.thumbnails.words import count_words, photos_words
from twinlens.gui.window_parts import WindowParts


class Walking(QObject):
    """Nothing is marked before the last decision. A walk that is left is remembered, and goes on where it was."""

    def __init__(self, parts: WindowParts, view: CompareView, parent: QObject) -> None:
        super().__init__(parent)
        self._parts, self._below, self._view = parts, parts.loupe_commands.below, view
        self._left: dict[frozenset[int], Walk] = {}
        self._ids: tuple[int, ...] = ()
        self._side_by_side: QAction | None = None

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """The keys."""
        self._side_by_side = actions["compare.side"]
        actions["walk"].triggered.connect(self.begin)
        actions["walk.left"].triggered.connect(self.left_wins)
        actions["walk.right"].triggered.connect(self.right_wins)
        actions["walk.both"].triggered.connect(self.both)
        self._view.undoRequested.connect(self.back)

    @Slot()
    def begin(self) -> None:
        """W: through the current group, or through what is selected; once more W ends it."""
        if self._view.walk is not None:
            self._view.leave()
            return
        selected, group = self._below.base().selected_ids(), self._below.group()
        ids = selected if len(selected) > 1 or group is None else [member.photo_id for member in group.members]
        walk = self._left.pop(frozenset(ids), None) or walk_through(ids)
        if walk is None:
            self._parts.toast.say(self.tr("Select the photos among which the best is to be found, or go to a group."))
            return
        self._ids = tuple(ids)
        self._below.enter(self._view)
        is_mixed = self._view.stage.shown.mode in (Mode.OVERLAY, Mode.DIFFERENCE)
        if is_mixed and self._side_by_side is not None:  # nobody would see which is the left one
            self._side_by_side.setChecked(True)
            self._view.set_mode(Mode.SIDE)
        self._show(walk)

    @Slot()
    def left_wins(self) -> None:
        """1."""
        if self._view.walk is not None:
            self._decide(self._view.walk.left_wins())

    @Slot()
    def right_wins(self) -> None:
        """2."""
        if self._view.walk is not None:
            self._decide(self._view.walk.right_wins())

    @Slot()
    def both(self) -> None:
        """3: the challenger is kept too."""
        if self._view.walk is not None:
            self._decide(self._view.walk.both())

    @Slot()
    def back(self) -> None:
        """Ctrl+Z while the walk is on."""
        if self._view.walk is not None:
            self._show(self._view.walk.back())

    def pause(self) -> None:
        """The view was left: remember a walk that has begun."""
        walk, self._view.walk = self._view.walk, None
        if walk is None or walk.is_over or not walk.decided:
            return
        self._left[frozenset(self._ids)] = walk
        self._parts.toast.say(self.tr("The walk is remembered: W goes on with it. Nothing is marked yet."))

    def _decide(self, walk: Walk) -> None:
        if not walk.is_over:
            self._show(walk)
            return
        marks: dict[int, Mark | None] = dict(walk.marks())
        self._view.walk = None
        self._view.leave()
        self._below.go_to(walk.left)
        session = self._parts.session
        session.mark_many(marks)
        kept = sum(mark is Mark.KEEP for mark in marks.values())
        said = self.tr("{} kept, {} rejected.").format(photos_words(kept), count_words(len(marks) - kept))
        self._parts.toast.say(said, self.tr("Undo"), session.undo)

    def _show(self, walk: Walk) -> None:
        self._view.walk = walk
        photos = [self._below.photo(photo_id) for photo_id in (walk.left, walk.right) if photo_id is not None]
        there = [photo for photo in photos if photo is not None]
        if len(there) < 2:
            self._view.leave()  # one has left the library meanwhile
            return
        frame = self._view.laying.frame or there[0]
        waiting = [photo for photo_id in walk.waiting[:6] if (photo := self._below.photo(photo_id)) is not None]
        self._view.show_photos(there, 1 if walk.champion_is_left else 0, frame=frame, ahead=waiting)
