"""Measuring the frames of bursts beside everything else: after the scan, what is on screen first."""

import time
from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal, Slot

from twinlens.domain.settings import MEASURE_BURSTS
from twinlens.gui.jobs import Task
from twinlens.gui.thumbnails.runner import Runner
from twinlens.library.open import Library
from twinlens.scanning.control import PauseStop

TOLD_EVERY_S = 8.0  # new keepers come to the groups in portions: they move what somebody looks at


class MeasureDesk(QObject):
    """Belongs to the GUI thread. It is stopped while a scan runs or photos are moved, and goes on where it was."""

    progressed = Signal(int, int)  # how many frames are measured, and of how many; 0, 0 at the end
    measured = Signal()  # the catalog has more measures than before
    failed = Signal(str)
    _told = Signal(int, int)  # from the worker

    def __init__(self, library: Library, runner: Runner | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._control: PauseStop | None = None
        self._on_screen: tuple[int, ...] = ()
        self._held = self._wanted = self._ended = False
        self._last_s = 0.0
        self._task = Task(runner, self) if runner is not None and not library.read_only else None
        self._told.connect(self._tell)
        if self._task is not None:
            self._task.done.connect(self._done)
            self._task.failed.connect(self._fail)

    @Slot()
    def look_again(self) -> None:
        """There may be frames without measures."""
        self._wanted = True
        self._begin()

    def look_at(self, photo_ids: Iterable[int]) -> None:
        """These are on screen: they are measured first."""
        self._on_screen = tuple(photo_ids)

    def hold(self, *, held: bool) -> None:
        """Rest while something else works, which has the drive and the processor to itself."""
        if held == self._held:
            return
        self._held = held
        if held and self._control is not None:
            self._control.stop()
        elif not held:
            self._begin()

    def shut_down(self) -> None:
        """Stop; what is measured is kept."""
        self._ended = True
        if self._control is not None:
            self._control.stop()

    def wanted(self) -> tuple[int, ...]:
        """What is on screen; asked by the worker."""
        return self._on_screen

    def _begin(self) -> None:
        idle = self._control is None and self._wanted and not (self._held or self._ended)
        if not idle or self._task is None or not self._library.preferences.switch(MEASURE_BURSTS):
            return
        self._wanted = False
        control = self._control = PauseStop()
        library, told, desk = self._library, self._told.emit, self

        def work() -> bool:
            from twinlens.scanning.apart.processes import close_processes
            from twinlens.scanning.measuring import measure_frames
            from twinlens.scanning.options import options_from

            options = options_from(library.preferences)
            measure_frames(library, options.bounds, options.decoders, control, told=told, on_screen=desk)
            if control.proceed():
                close_processes()
            return control.stopped

        self._task.run(work)

    @Slot(int, int)
    def _tell(self, done: int, total: int) -> None:
        if self._ended:
            return
        self.progressed.emit(done, total)
        now_s = time.monotonic()
        if done >= total or now_s - self._last_s > TOLD_EVERY_S:
            self._last_s = now_s
            self.measured.emit()

    @Slot(object)
    def _done(self, stopped: bool) -> None:
        self._control = None
        if self._ended:
            return
        self._wanted = self._wanted or stopped
        self.progressed.emit(0, 0)
        self._begin()

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._control = None
        if not self._ended:
            self.progressed.emit(0, 0)
            self.failed.emit(sentence)
