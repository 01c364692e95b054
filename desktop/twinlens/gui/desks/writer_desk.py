"""The other window, which writes to the library that this one only reads: what it changed, and whether it is there."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from twinlens.gui.jobs import Task
from twinlens.gui.thumbnails.runner import Runner
from twinlens.library.lock import has_writer
from twinlens.library.open import Library

INTERVAL_MS = 1500


class WriterDesk(QObject):
    """Looks now and then, on the desk's worker. Belongs to the GUI thread."""

    changed = Signal()  # something was written
    writerThere = Signal(bool)  # told when it changes
    failed = Signal(str)

    def __init__(self, library: Library, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._last_change: int | None = None
        self._there = True
        self._ended = False
        self._task = Task(runner, self)
        self._task.done.connect(self._seen)
        self._task.failed.connect(self.failed)
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.setSingleShot(True)  # the next look follows the answer to this one
        self._timer.timeout.connect(self.look)

    @Slot()
    def look(self) -> None:
        """Look now, and then again and again."""
        library = self._library

        def ask() -> tuple[int, bool]:
            return library.catalog().outside_change, has_writer(library.folder)

        self._task.run(ask)

    def shut_down(self) -> None:
        """Look no more."""
        self._ended = True
        self._timer.stop()

    @Slot(object)
    def _seen(self, answer: tuple[int, bool]) -> None:
        if self._ended:
            return
        change, there = answer
        if self._last_change is not None and change != self._last_change:
            self.changed.emit()
        self._last_change = change
        if there != self._there:
            self._there = there
            self.writerThere.emit(there)
        self._timer.start()
