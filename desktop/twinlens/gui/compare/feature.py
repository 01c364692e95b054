"""Comparing, hung in the window: what C shows, how cursor and panes follow each other, and the walk."""

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QAction, QActionGroup

from twinlens.domain.columns import Float64Array
from twinlens.domain.photo import Photo
from twinlens.gui.commands.actions import give_local_keys
from twinlens.gui.compare.arrangement import MOST_PANES
from twinlens.gui.compare.bar import MODES
from twinlens.gui.compare.choosing import photos_to_compare
from twinlens.gui.compare.known import known_matrix
from twinlens.gui.compare.together import Mode
from twinlens.gui.compare.view import CompareView
from twinlens.gui.compare.walking import Walking
from twinlens.gui.looking.describing import facts_of
from twinlens.gui.thumbnails.runner import PoolRunner
from twinlens.gui.window_parts import WindowParts

MOST_AHEAD = 32


class Comparing(QObject):
    """Follows the cursor of the panel below, as the loupe does."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._parts, self._below = parts, parts.loupe_commands.below
        self._runner = PoolRunner(1)
        self.view = CompareView(parts.pictures, parts.loader, self._runner, parts.surface)
        self.view.set_describe(lambda photo: facts_of(photo, self._below))
        self.view.laying.stored = self._stored
        self.walking = Walking(parts, self.view, self)
        self._actions: Mapping[str, QAction] = {}
        self._group_id: str | None = None

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """The keys of the comparison, and what the view tells."""
        self._actions = actions
        view, session = self.view, self._parts.session
        give_local_keys(view, dict(actions))
        view.bar.give(actions)
        group = QActionGroup(self)
        for name in MODES:
            group.addAction(actions[name])
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        group.triggered.connect(self._choose_mode)
        actions["compare.side"].setChecked(True)
        for name in ("compare.align", "compare.lock", "compare.exposure"):
            actions[name].setChecked(True)
        actions["compare.align"].toggled.connect(view.set_by_content)
        actions["compare.lock"].toggled.connect(view.set_locked)
        actions["compare.exposure"].toggled.connect(view.set_exposure_explained)
        actions["compare"].triggered.connect(self.toggle)
        self.walking.connect_all(actions)
        view.navigated.connect(self._move)
        view.focusMoved.connect(self._below.go_to)
        view.markRequested.connect(session.mark)
        view.closed.connect(self._closed)
        view.menuRequested.connect(self._show_menu)
        session.marks.changed.connect(view.refresh)
        session.groups.changed.connect(self._leave_what_has_gone)
        self._below.frontChanged.connect(self._front_changed)
        workspace, side = self._parts.workspace, self._parts.side
        for panel in (*workspace.group_panels(), workspace.photos, side.similar):
            panel.currentPhotoChanged.connect(self._cursor_moved)

    @Slot()
    def toggle(self) -> None:
        """C."""
        if self.view.isVisible():
            self.view.leave()
            return
        self.open()

    def open(self) -> bool:
        """Compare what is selected; whether there is something to compare."""
        photos = photos_to_compare(self._below, self._parts.session, self._parts.workspace)
        if len(photos) < 2:
            self._parts.toast.say(self.tr("Select two to four photos to compare them."))
            return False
        current = self._below.current()
        focused = next((at for at, photo in enumerate(photos) if current and photo.id == current.id), 1)
        if len(self._below.base().selected_ids()) > MOST_PANES:
            self._parts.toast.say(self.tr("Four photos can be compared at once. Survey (N) shows all of them."))
        self._below.enter(self.view)
        self.show(photos, focused or 1)
        return True

    def show(self, photos: list[Photo], focused: int, frame: Photo | None = None) -> None:
        """Compare these."""
        group = self._below.group()
        self._group_id = None if group is None else group.id
        self.view.show_photos(photos, focused, frame=frame, ahead=self._below.ahead(MOST_AHEAD))

    @Slot(QAction)
    def _choose_mode(self, action: QAction) -> None:
        """A mode, or side by side where it was on already."""
        if not action.isChecked():
            action = self._actions["compare.side"]
            action.setChecked(True)
        if not self.view.isVisible() and not self.open():
            return
        self.view.set_mode(Mode(action.objectName().removeprefix("compare.")))

    @Slot(int)
    def _move(self, key: int) -> None:
        """The cursor moves below; the pane that has the new photo gets the keys, or else shows it."""
        if self.view.walk is not None:
            return  # who meets whom is decided by the walk
        self._below.send(key)

    @Slot()
    def _cursor_moved(self) -> None:
        """By an arrow here, or by going on to the next group."""
        if self.view.isVisible() and self.view.walk is None:
            group = self._below.group()
            self.follow(same_group=group is None or group.id == self._group_id)

    def follow(self, *, same_group: bool) -> None:
        """Show what is under the cursor now."""
        current, shown = self._below.current(), list(self.view.photos())
        if current is None or not shown:
            return
        ids = [photo.id for photo in shown]
        if current.id in ids:
            self.view.focus(ids.index(current.id))
        elif same_group:
            at = self.view.stage.shown.focused or 1
            shown[at] = current
            self.show(shown, at)
        else:
            photos = photos_to_compare(self._below, self._parts.session, self._parts.workspace)
            if len(photos) >= 2:
                self.show(photos, 1)

    @Slot()
    def _front_changed(self) -> None:
        self.view.in_front = self._below.front() is self.view
        self.view.refresh()

    def _stored(self, frame_id: int, photo_id: int) -> Float64Array | None:
        group = self._below.group()
        return None if group is None else known_matrix(group.members, frame_id, photo_id)

    @Slot()
    def _leave_what_has_gone(self) -> None:
        """Photos were moved to the quarantine, or their files have gone: there is nothing to compare any more."""
        data, ids = self._parts.session.groups.data, np.array([photo.id for photo in self.view.photos()], np.int64)
        if data is None or not len(ids):
            return  # the groups change with every step of a slider
        at = np.minimum(np.searchsorted(data.photos.photo_id, ids), max(0, len(data.photos) - 1))
        if not len(data.photos) or (data.photos.photo_id[at] != ids).any():
            self.view.leave()

    @Slot(QPoint)
    def _show_menu(self, point: QPoint) -> None:
        self._below.base().menuRequested.emit(point)

    @Slot()
    def _closed(self) -> None:
        self.walking.pause()
        self._below.leave(self.view)

    def restyle(self) -> None:
        """The palette has changed."""
        self.view.bar.restyle()

    def shut_down(self) -> None:
        """End the thread that lays photos over each other."""
        self._runner.finish()
