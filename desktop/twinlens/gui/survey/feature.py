"""The survey, hung in the window: which photos it shows, and how its cursor and the one below follow each other."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction

from twinlens.domain.group import Group, Mark, Suggestion
from twinlens.domain.photo import Photo
from twinlens.gui.commands.actions import give_local_keys
from twinlens.gui.groups.panel import GroupsPanel
from twinlens.gui.looking.describing import facts_of
from twinlens.gui.looking.whereabouts import group_with
from twinlens.gui.survey.tiling import nearest_in_row
from twinlens.gui.survey.view import SurveyView
from twinlens.gui.thumbnails.card_content import CardState
from twinlens.gui.thumbnails.trait_words import trait_words
from twinlens.gui.window_parts import WindowParts

MOST_AHEAD = 32


class Surveying(QObject):
    """In a list of groups it follows the cursor there; elsewhere it keeps the photos it began with."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._parts, self._below = parts, parts.loupe_commands.below
        self._kept: list[int] = []  # where the panel below has no groups
        self._group: Group | None = None
        self.view = SurveyView(parts.pictures, parts.loader, parts.surface)
        self.view.set_state_of(self._state_of, self._traits_of)

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """N, and what the view tells."""
        view = self.view
        give_local_keys(view, dict(actions))
        actions["survey"].triggered.connect(self.toggle)
        view.moved.connect(self._move)
        view.chosen.connect(self._choose)
        view.opened.connect(self._parts.loupe_commands.show_large)
        view.markRequested.connect(self._mark)
        view.menuRequested.connect(self._show_menu)
        view.closed.connect(self._closed)
        self._parts.session.marks.changed.connect(self.refresh)
        self._parts.session.groups.changed.connect(self.refresh)
        self._parts.loupe.navigated.connect(self.refresh)
        self._below.frontChanged.connect(self.refresh)
        for panel in (*self._parts.workspace.group_panels(), self._parts.workspace.photos):
            panel.currentPhotoChanged.connect(self.refresh)

    @Slot()
    def toggle(self) -> None:
        """N."""
        if self.view.isVisible():
            self.view.leave()
            return
        selected, current = self._below.base().selected_ids(), self._below.current()
        self._kept = []
        if self._below.group() is None:
            self._group = group_with(current.id, self._parts.session) if current is not None else None
            members: list[int] = [member.photo_id for member in self._group.members] if self._group is not None else []
            self._kept = selected if len(selected) > 1 else members
        if not self._photos():
            self._parts.toast.say(self.tr("Go to a group, or select photos, to see them all at once."))
            return
        self._below.enter(self.view)
        self._show(current.id if current is not None else None)

    @Slot()
    def refresh(self, *_what: object) -> None:
        """Marks, groups or the cursor below have changed."""
        self.view.in_front = self._below.front() is self.view
        if not self.view.isVisible():
            return
        if not self._photos():
            self.view.leave()
            return
        current = self._below.current()
        at = self.view.current_photo_id() if self._kept or current is None else current.id
        self._show(at)

    def _show(self, photo_id: int | None) -> None:
        photos = self._photos()
        at = next((number for number, photo in enumerate(photos) if photo.id == photo_id), 0)
        facts = facts_of(photos[at], self._below, self._group)
        self.view.show_photos(photos, at, facts, self._below.ahead(MOST_AHEAD))

    def _photos(self) -> Sequence[Photo]:
        if not self._kept:
            self._group = self._below.group()
        members = self._group.members if self._group is not None else ()
        ids = self._kept or [member.photo_id for member in members]
        return [photo for photo_id in ids if (photo := self._below.photo(photo_id)) is not None]

    @Slot(int)
    def _move(self, key: int) -> None:
        """As in the strips; photos that were kept apart are walked through here."""
        if not self._kept:
            self._below.send(key)
            self.refresh()
            return
        at, last = self.view.current(), len(self.view.photos()) - 1
        places = self.view.places()
        to = {
            Qt.Key.Key_Left: at - 1,
            Qt.Key.Key_Right: at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
            Qt.Key.Key_Up: nearest_in_row(places, at, -1),
            Qt.Key.Key_Down: nearest_in_row(places, at, 1),
        }.get(Qt.Key(key), at)
        self._choose(min(max(to, 0), last))

    @Slot(int)
    def _choose(self, number: int) -> None:
        photo = self.view.photos()[number]
        self._below.go_to(photo.id)
        self._show(photo.id)

    @Slot(object)
    def _mark(self, mark: Mark | None) -> None:
        """Keep, reject or clear, and go on as the panel below does."""
        base = self._below.base()
        if not self._kept and isinstance(base, GroupsPanel):
            self._below.mark_seen(mark)
            self.refresh()
            return
        self._parts.session.mark(self.view.selected_ids(), mark)
        if mark is not None:
            self._move(Qt.Key.Key_Right)

    def _state_of(self, photo: Photo, current: bool) -> CardState:
        members = self._group.members if self._group is not None else ()
        suggestion = next((one.suggestion for one in members if one.photo_id == photo.id), Suggestion.NONE)
        return CardState(self._below.mark(photo.id), suggestion, current=current)

    def _traits_of(self, photo: Photo) -> tuple[str, ...]:
        members = self._group.members if self._group is not None else ()
        return trait_words(next((one for one in members if one.photo_id == photo.id), None))

    @Slot(QPoint)
    def _show_menu(self, point: QPoint) -> None:
        self._below.base().menuRequested.emit(point)

    @Slot()
    def _closed(self) -> None:
        self._kept, self._group = [], None
        self._below.leave(self.view)

    def restyle(self) -> None:
        """Everything is painted in the colours of the palette."""

    def shut_down(self) -> None:
        """Nothing runs here."""
