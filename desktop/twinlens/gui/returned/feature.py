"""A drive is back: what was rejected on it can go now, and a toast offers it. Nothing goes by itself."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from twinlens.gui.jobs import Task
from twinlens.gui.window_parts import WindowParts


class Returned(QObject):
    """Follows the volumes."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts.window)
        self._session, self._toast = parts.session, parts.toast
        self._task = Task(parts.session.workers.desk, self)
        self._task.done.connect(self._tell)
        self._task.failed.connect(parts.toast.say)

    def connect_all(self, actions: Mapping[str, QAction]) -> None:
        """The desk that watches says which sources have returned."""
        self._session.watch.volumesChanged.connect(self._look)

    def restyle(self) -> None:
        """No colours here."""

    def shut_down(self) -> None:
        """Nothing runs that the workers do not end."""

    @Slot(object)
    def _look(self, returned: list[str]) -> None:
        library = self._session.library
        if not returned or library.read_only:
            return

        def work() -> object:
            from twinlens.review.returned import rejected_below

            return rejected_below(library, returned)

        self._task.run(work)

    @Slot(object)
    def _tell(self, count: int) -> None:
        if count:
            self._toast.say(
                self.tr("A drive is back. %Ln rejected photo(s) on it can go now.", "", count),
                self.tr("Move to the quarantine"),
                self._session.remove_rejects,
            )
