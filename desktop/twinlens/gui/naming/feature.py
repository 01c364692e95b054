"""Type-ahead in the grid. It begins with a key of its own, because single letters are decisions."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from twinlens.gui.jobs import Task
from twinlens.gui.naming.bar import NameBar
from twinlens.gui.views import ViewId
from twinlens.gui.window_parts import WindowParts
from twinlens.review.names import find_by_name


class Naming(QObject):
    """Searches beside the window; only the newest question is answered."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._typed, self._newest = "", 0
        self.bar = NameBar(parts.workspace.photos)
        self._search = Task(parts.session.workers.queries, self)
        self._search.done.connect(self._go)
        self._search.failed.connect(self.bar.say)
        self.bar.typed.connect(self._first)
        self.bar.next_wanted.connect(self._next)
        self.bar.left.connect(parts.workspace.photos.setFocus)

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """Connect the action."""
        actions["go_to_name"].triggered.connect(self.begin)

    @Slot()
    def begin(self) -> None:
        """Open the field over the grid."""
        if self._parts.workspace.view is not ViewId.PHOTOS:
            self._parts.workspace.show_view(ViewId.PHOTOS)
        if self._parts.workspace.photo_panel() is self._parts.workspace.photos:
            self.bar.open()

    def restyle(self) -> None:
        """Colours come with the palette."""

    def shut_down(self) -> None:
        """The errand ends with the session."""

    @Slot(str)
    def _first(self, typed: str) -> None:
        self._typed = typed
        self._ask(max(0, self._parts.workspace.photos.view().currentIndex().row()))

    @Slot()
    def _next(self) -> None:
        self._ask(self._parts.workspace.photos.view().currentIndex().row() + 1)

    def _ask(self, start: int) -> None:
        data, typed = self._parts.session.groups.data, self._typed
        if data is None or not typed.strip():
            return
        self._newest += 1
        number, ids = self._newest, self._parts.workspace.photos.view().photos().all_ids()
        self._search.run(lambda: (number, find_by_name(data, ids, typed, start), ids))

    @Slot(object)
    def _go(self, answer: tuple[int, int | None, object]) -> None:
        number, row, ids = answer
        view = self._parts.workspace.photos.view()
        if number != self._newest or view.photos().all_ids() is not ids:
            return
        if row is None:
            self.bar.say(self.tr("Nothing has this in its name"))
        else:
            view.go_to(row)
            self.bar.say(self.tr("Enter: next, Esc: back"))
