"""Runs experiments away from the GUI thread, one at a time, until they answer or are stopped."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from twinlens.domain.events import Event, WorkDone
from twinlens.gui.jobs import EventRelay, Task
from twinlens.gui.thumbnails.runner import Runner
from twinlens.lab.experiment import Experiment, Wishes
from twinlens.lab.report import LabReport
from twinlens.lab.workbench import NothingToMeasure, Stopped, Workbench
from twinlens.library.open import Library


class StopSign:
    """A ``JobControl`` that another thread ends."""

    def __init__(self) -> None:
        self.stopped = False

    def proceed(self) -> bool:
        """True until it is stopped."""
        return not self.stopped


class LabDesk(QObject):
    """Everything the laboratory's window knows of experiments."""

    runningChanged = Signal(bool)
    progressed = Signal(object)  # WorkDone
    reported = Signal(object)  # LabReport
    stopped = Signal()
    failed = Signal(str)

    def __init__(self, library: Library, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library, self._control = library, StopSign()
        self.running = False
        self._events = EventRelay(self)
        self._events.arrived.connect(self._tell)
        self._task = Task(runner, self)
        self._task.done.connect(self._done)
        self._task.failed.connect(self._failed)

    def run(self, experiment: Experiment, wishes: Wishes) -> None:
        """Begin, unless one is running."""
        if self.running:
            return
        control = self._control = StopSign()
        library = self._library

        @contextmanager
        def known(folders: Sequence[str]) -> Iterator[Library]:
            refuse_unknown(library, folders)
            yield library

        bench = Workbench(known, control, self._events.emit_event)

        def work() -> LabReport | None:
            try:
                return experiment.run(bench, wishes)
            except Stopped:
                return None

        self._set_running(True)
        self._task.run(work)

    @Slot()
    def stop(self) -> None:
        """End what is running soon."""
        self._control.stopped = True

    @Slot(object)
    def _tell(self, events: list[Event]) -> None:
        """Only where it is now matters."""
        if self.running and isinstance(events[-1], WorkDone):
            self.progressed.emit(events[-1])

    @Slot(object)
    def _done(self, report: LabReport | None) -> None:
        self._set_running(False)
        if report is None:
            self.stopped.emit()
        else:
            self.reported.emit(report)

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        self._set_running(False)
        self.failed.emit(sentence)

    def _set_running(self, running: bool) -> None:
        self.running = running
        self.runningChanged.emit(running)


def refuse_unknown(library: Library, folders: Sequence[str]) -> None:
    """Raise NothingToMeasure for a folder that lies in no source: the window's own scans are what adds one."""
    from twinlens.volumes.identity import resolved

    sources = [source.path for source in library.catalog().sources.all()]
    for folder in map(resolved, folders):
        if not any(folder == source or folder.startswith(source.rstrip("/") + "/") for source in sources):
            words = QCoreApplication.translate("Laboratory", "{} was never scanned: add it to the library first.")
            raise NothingToMeasure(words.format(folder))
