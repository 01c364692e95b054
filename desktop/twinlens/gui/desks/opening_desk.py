"""The first moments of a window: a page of photos at once, the rest of the library when that page has been painted."""

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from twinlens.domain.group import GroupQuery
from twinlens.domain.photo import PhotoId
from twinlens.gui.jobs import Task
from twinlens.gui.thumbnails.runner import Runner
from twinlens.library.open import Library

if TYPE_CHECKING:
    from twinlens.review.first_page import FirstPage

LONGEST_WAIT_S = 0.6  # a page without thumbnails never says that it was painted
AT_ONCE_BELOW = 2000  # photos: loading these takes no longer than a frame or two


class OpeningDesk(QObject):
    """Asks for the page, then waits on the worker, so that loading takes no time from the first paint."""

    page = Signal(object)  # FirstPage
    ready = Signal()  # the rest may be loaded
    failed = Signal(str)

    def __init__(self, library: Library, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._painted = threading.Event()
        self._arrived: FirstPage | None = None
        # The window is painted first, then the page: both in one turn hold the event loop for more than a tenth of a second.
        self._next_turn = QTimer(self)
        self._next_turn.setSingleShot(True)
        self._next_turn.timeout.connect(self._show_page)
        self._page, self._rest = Task(runner, self), Task(runner, self)
        self._page.done.connect(self._deliver)
        self._rest.done.connect(self._go_on)
        for task in (self._page, self._rest):
            task.failed.connect(self.failed)

    def open(self, remembered: Sequence[int], query: GroupQuery | None) -> None:
        """Show this page, or the newest photos; with ``query`` the page's groups. ``ready`` follows in any case."""
        library, ids = self._library, [PhotoId(photo_id) for photo_id in remembered]

        def load() -> "FirstPage":
            from twinlens.review.first_page import first_page

            return first_page(library.catalog(), ids, query)

        def wait() -> None:
            if library.catalog().photos.count_up_to(AT_ONCE_BELOW) == AT_ONCE_BELOW:
                self._painted.wait(LONGEST_WAIT_S)

        self._page.run(load)
        self._rest.run(wait)

    @Slot()
    def note_painted(self) -> None:
        """Thumbnails have arrived: whoever waits for that may begin."""
        self._painted.set()

    @Slot(object)
    def _deliver(self, page: "FirstPage") -> None:
        self._arrived = page
        self._next_turn.start(0)

    @Slot()
    def _show_page(self) -> None:
        page, self._arrived = self._arrived, None
        if page is not None:
            self.page.emit(page)

    @Slot(object)
    def _go_on(self, _nothing: object) -> None:
        self._show_page()  # never behind the library, of which it shows a part
        self.ready.emit()
