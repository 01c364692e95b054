"""Scanning: one scan at a time on its own thread, with pause and stop, its events as signals in batches."""

import time
from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from twinlens.domain.events import (
    Event,
    FilesAwaited,
    PhotosCatalogued,
    PhotosGone,
    ProblemFound,
    RelationsChanged,
    ScanFinished,
    StageProgress,
)
from twinlens.domain.watching import NOTHING, FoldersChanged
from twinlens.gui.desks.lateness import Lateness
from twinlens.gui.desks.scanners import Scanner, here
from twinlens.gui.jobs import EventRelay, Task
from twinlens.gui.thumbnails.runner import Runner
from twinlens.library.open import Library
from twinlens.scanning.control import PauseStop
from twinlens.scanning.courtesy import Courtesy
from twinlens.scanning.order import Attention


class ScanDesk(QObject):
    """Starts, pauses and stops scans. A folder asked for during a scan is scanned after it."""

    stateChanged = Signal()  # running, paused
    progressed = Signal(object)  # StageProgress
    filesAwaited = Signal(object)  # FilesAwaited
    filesCatalogued = Signal(object)  # PhotosCatalogued of files that were studied; before photosCatalogued
    photosCatalogued = Signal(object)  # list of photo ids
    photosGone = Signal(object)  # list of photo ids
    relationsChanged = Signal()
    problemsFound = Signal(object)  # list of ProblemFound
    finished = Signal(object)  # ScanFinished
    failed = Signal(str)

    def __init__(
        self, library: Library, runner: Runner, parent: QObject | None = None, scanner: Scanner = here
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._scanner = scanner
        self._control: PauseStop | None = None
        self._attention = Attention()
        self._courtesy = Courtesy()
        self._lateness = Lateness(self)
        self._lateness.late.connect(self._courtesy.make_room)
        self._waiting: list[str] = []
        self._roots: tuple[str, ...] = ()
        self._changed, self._told_ns = NOTHING, 0
        self._quiet = False
        self._relay = EventRelay(self)
        self._relay.arrived.connect(self._tell)
        self._task = Task(runner, self)
        self._task.done.connect(self._scan_done)
        self._task.failed.connect(self._scan_failed)

    @property
    def running(self) -> bool:
        """Whether a scan is going on, paused ones too."""
        return self._control is not None

    @property
    def paused(self) -> bool:
        """Whether the scan rests."""
        return self._control is not None and self._control.paused

    @property
    def stopping(self) -> bool:
        """Whether the scan was told to end and has not ended yet."""
        return self._control is not None and self._control.stopped

    @property
    def roots(self) -> tuple[str, ...]:
        """The folders being scanned, as they were asked for."""
        return self._roots

    @property
    def quiet(self) -> bool:
        """Whether the scan that goes on, or else the last one, was not asked for: it follows up what was watched."""
        return self._quiet

    def start(self, roots: Sequence[str]) -> None:
        """Scan these folders, now or after the scan that goes on."""
        if self._control is not None:
            self._waiting += [root for root in roots if root not in self._waiting]
        elif roots:
            self._begin(tuple(roots), None, time.time_ns())

    def follow_up(self, changed: FoldersChanged) -> None:
        """Scan just where something has changed, and quietly, now or after the scan that goes on."""
        self._changed, self._told_ns = self._changed | changed, time.time_ns()
        if self._control is None:
            self._follow_up()

    def _follow_up(self) -> None:
        changed, self._changed = self._changed, NOTHING
        if changed:
            self._begin((), changed, self._told_ns)

    def _begin(self, roots: tuple[str, ...], changed: FoldersChanged | None, asked_ns: int) -> None:
        self._roots, self._quiet = roots, changed is not None
        control = self._control = PauseStop()
        attention = self._attention = Attention()
        self._lateness.watch()
        self.stateChanged.emit()
        library, courtesy, emit = self._library, self._courtesy, self._relay.emit_event
        scanner = self._scanner

        def work() -> ScanFinished:
            from twinlens.scanning.apart.processes import close_processes
            from twinlens.scanning.follow_up import roots_of
            from twinlens.scanning.options import options_from

            options = replace(options_from(library.preferences), follow_up=changed, asked_ns=asked_ns)
            chosen = roots if changed is None else roots_of(changed)
            try:
                return scanner()(library, chosen, options, control, emit, attention, courtesy)
            finally:
                close_processes()  # the window stays open for hours; their memory is not needed until the next scan

        self._task.run(work)

    def prefer(self, paths: Sequence[str]) -> None:
        """Study these files next: the user looks at them."""
        self._attention.prefer(paths)

    @Slot()
    def pause(self) -> None:
        """Let the scan rest after the photos in hand."""
        if self._control is not None:
            self._control.pause()
            self.stateChanged.emit()

    @Slot()
    def resume(self) -> None:
        """Go on."""
        if self._control is not None:
            self._control.resume()
            self.stateChanged.emit()

    @Slot()
    def stop(self) -> None:
        """End the scan and keep what is done."""
        self._waiting.clear()
        self._changed = NOTHING
        if self._control is not None:
            self._control.stop()
            self.stateChanged.emit()

    @Slot(object)
    def _tell(self, events: list[Event]) -> None:
        gone = [id_ for event in events if isinstance(event, PhotosGone) for id_ in event.photo_ids]
        photos = [id_ for event in events if isinstance(event, PhotosCatalogued) for id_ in event.photo_ids]
        problems = [event for event in events if isinstance(event, ProblemFound)]
        progress = [event for event in events if isinstance(event, StageProgress)]
        for event in events:
            if isinstance(event, FilesAwaited):
                self.filesAwaited.emit(event)
            elif isinstance(event, PhotosCatalogued) and event.paths:
                self.filesCatalogued.emit(event)
        if gone:
            self.photosGone.emit(gone)
        if photos:
            self.photosCatalogued.emit(photos)
        if problems:
            self.problemsFound.emit(problems)
        if any(isinstance(event, RelationsChanged) for event in events):
            self.relationsChanged.emit()
        if progress and self.running:
            self.progressed.emit(progress[-1])

    @Slot(object)
    def _scan_done(self, report: ScanFinished) -> None:
        self._end()
        self.finished.emit(report)
        self._go_on()

    @Slot(str)
    def _scan_failed(self, sentence: str) -> None:
        self._end()
        self.failed.emit(sentence)
        self._go_on()

    def _end(self) -> None:
        self._lateness.rest()
        self._control = None
        self._roots = ()
        self.stateChanged.emit()

    def _go_on(self) -> None:
        waiting, self._waiting = self._waiting, []
        self.start(waiting)
        if self._control is None:
            self._follow_up()
