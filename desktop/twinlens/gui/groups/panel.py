"""The groups of one class: strips of photos, the sliders, and what the user wants done with them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from twinlens.domain.group import Group, GroupQuery, Mark
from twinlens.domain.relation import PhotoClass
from twinlens.gui.arranging.bar import ArrangementBar
from twinlens.gui.groups.bar import GroupsBar
from twinlens.gui.groups.emptiness import emptiness_words, is_narrowed
from twinlens.gui.groups.model import GroupListModel
from twinlens.gui.groups.place_keeper import PlaceKeeper
from twinlens.gui.groups.position import find_photo, photo_ids_of
from twinlens.gui.groups.undecided import UndecidedSearch
from twinlens.gui.groups.view import GroupsView
from twinlens.gui.thumbnails.empty_state import EmptyState
from twinlens.gui.thumbnails.loader import ThumbnailLoader
from twinlens.gui.thumbnails.photo_shelf import Lookup


class GroupsPanel(QWidget):
    """Shows groups and asks for decisions by signals; it decides nothing itself."""

    currentPhotoChanged = Signal(int)
    markRequested = Signal(object, object)  # list of photo ids, Mark or None
    acceptRequested = Signal(object)  # list of groups
    notDuplicatesRequested = Signal(object)  # list of lists of photo ids, each no duplicates of each other
    queryChanged = Signal(object)  # GroupQuery
    arrangementChanged = Signal(object)  # Arrangement
    photoActivated = Signal(int)
    menuRequested = Signal(QPoint)
    nothingUndecided = Signal()

    def __init__(self, loader: ThumbnailLoader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._auto_advance = True
        self._model = GroupListModel(self)
        self._bar = GroupsBar(GroupQuery(PhotoClass.SAME_SHOT), self)
        self.arranging = ArrangementBar(self)
        self._view = GroupsView(self._model, loader, self)
        self._view.setAccessibleName(self.tr("Groups"))
        self.place_keeper = PlaceKeeper(self._view, self._model)
        self._empty = EmptyState(self, sign="duplicates")
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._view)
        self._search = UndecidedSearch(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self.arranging)
        layout.addWidget(self._pages, 1)
        self.setFocusProxy(self._view)
        self._bar.queryChanged.connect(self.queryChanged)
        self.arranging.arrangementChanged.connect(self.place_keeper.follow_order)
        self.arranging.arrangementChanged.connect(self._bar.expect_counts)
        self.arranging.arrangementChanged.connect(self.arrangementChanged)
        self._empty.pressed.connect(self.arranging.clear_all)
        self.arranging.left.connect(self._view.setFocus)
        self._view.current_photo_changed.connect(self.currentPhotoChanged)
        self._view.photo_activated.connect(self.photoActivated)
        self._view.menu_requested.connect(self.menuRequested)
        self._search.found.connect(self._go_to_group)
        self._search.nothing_left.connect(self.nothingUndecided)
        self._show_page()

    def set_groups(self, groups: Sequence[Group], query: GroupQuery) -> None:
        """Show these groups. The current photo and what is on screen stay where they are as far as they still exist.

        Coming back to a class, or from a slider or filter that hid the photo, returns to where one was.
        """
        self.place_keeper.keep(self._bar.query().photo_class)
        self._show(groups, query)
        self._bar.show_totals(groups)

    def show_first_page(self, groups: Sequence[Group], query: GroupQuery) -> None:
        """Show these until all groups are there: the same, without totals, which are not known yet."""
        self._show(groups, query)

    def _show(self, groups: Sequence[Group], query: GroupQuery) -> None:
        self._search.stop()
        self._view.forget_strips()
        self._model.set_groups(groups)
        self._bar.set_query(query)
        self._show_page()
        self.place_keeper.go_back(query.photo_class)

    def set_photos(self, lookup: Lookup) -> None:
        """Where photos come from; ``lookup`` is called for what is on screen."""
        self._model.set_lookup(lookup)
        self._view.viewport().update()

    def set_marks(self, marks: Mapping[int, Mark]) -> None:
        """The user's decisions by photo id."""
        self._model.set_marks(marks)
        self._view.refresh_current()

    def set_auto_advance(self, on: bool) -> None:
        """Whether to go to the next photo after keep or reject."""
        self._auto_advance = on

    def set_thumbnail_side(self, side_px: int) -> None:
        """Show photos in boxes of this width, in logical pixels."""
        self._view.set_side(side_px)

    def view(self) -> GroupsView:
        """The list itself."""
        return self._view

    def bar(self) -> GroupsBar:
        """The line with the sliders."""
        return self._bar

    def query(self) -> GroupQuery:
        """What is asked for at the moment."""
        return self._bar.query()

    def current_group(self) -> Group | None:
        """The group that the keys act on."""
        number = self._view.current_number()
        return self._model.row(number).group if number >= 0 else None

    def chosen_groups(self) -> list[Group]:
        """What is done to whole groups is done to these: those that are selected, or the current one."""
        return [self._model.row(number).group for number in self._view.chosen_groups()]

    def current_photo_id(self) -> int | None:
        """The photo that the keys act on."""
        group = self.current_group()
        return group.members[self._view.strip.current].photo_id if group else None

    def selected_ids(self) -> list[int]:
        """What an action applies to: the photos selected in the current group, or the current one."""
        group = self.current_group()
        return [group.members[at].photo_id for at in self._view.strip.chosen()] if group else []

    def page_ids(self, limit: int) -> list[int]:
        """The photos of the groups on screen and of some that follow, at most ``limit`` and never a part of a group."""
        ids: list[int] = []
        for number in range(self._view.visible_rows().start, self._model.rowCount()):
            more = photo_ids_of(self._model.groups, number)
            if len(ids) + len(more) > limit:
                break
            ids += more
        return ids

    def show_photo(self, photo_id: int) -> bool:
        """Go to this photo; False when it is in none of the groups."""
        number = find_photo(self._model.groups, photo_id, max(0, self._view.current_number()))
        if number is None:
            return False
        self._view.place(number, self._model.row(number).position_of(photo_id) or 0)
        return True

    @Slot()
    def select_all(self) -> None:
        """Select all photos of the current group."""
        self._view.move_cursor(self._view.strip.everything())

    @Slot()
    def select_none(self) -> None:
        """Select nothing but the current photo."""
        self._view.move_cursor(self._view.strip.to(self._view.strip.current))

    def mark_current(self, mark: Mark | None) -> None:
        """Ask for a mark on what is selected, and go on if that is set."""
        photo_ids = self.selected_ids()
        if not photo_ids:
            return
        last = self._view.strip.chosen()[-1]
        self.markRequested.emit(photo_ids, mark)
        if self._auto_advance and mark is not None:
            self._go_behind(last)

    @Slot()
    def accept_current(self) -> None:
        """Ask for the suggestions of the chosen groups to be taken, and go to the next undecided one."""
        groups = self.chosen_groups()
        if groups:
            self.acceptRequested.emit(groups)
            self.go_next_undecided()

    @Slot()
    def refuse_current(self) -> None:
        """Say that photos are not duplicates: those selected if there are several, or else each of the chosen groups."""
        groups = self.chosen_groups()
        if len(groups) == 1 and len(self._view.strip.selected) > 1:
            self.notDuplicatesRequested.emit([self.selected_ids()])
        elif groups:
            self.notDuplicatesRequested.emit([[member.photo_id for member in group.members] for group in groups])

    @Slot()
    def go_next_undecided(self) -> None:
        """Go to the next group that waits for a decision, around the end; tells when there is none."""
        self._search.start(self._model.groups, self._model.marks, self._view.current_number())

    @Slot(int)
    def _go_to_group(self, number: int) -> None:
        self._view.place(number, 0)

    def _go_behind(self, position: int) -> None:
        """The next photo; behind the last one, the next group."""
        cursor, number = self._view.strip, self._view.current_number()
        if position + 1 < cursor.count:
            self._view.place(number, position + 1)
        elif number + 1 < self._model.rowCount():
            self._view.place(number + 1, 0)
        else:
            self._view.place(number, cursor.current)

    def _show_page(self) -> None:
        """The list, or what to do when it is empty."""
        if self._model.rowCount():
            self._pages.setCurrentWidget(self._view)
            return
        kind = self._bar.query().photo_class
        self._empty.say(*emptiness_words(self._model.groups, kind, self.arranging.arrangement()))
        self._empty.offer(self.tr("&Show all groups") if is_narrowed(self._model.groups) else "")
        self._pages.setCurrentWidget(self._empty)
