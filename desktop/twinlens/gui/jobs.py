"""Worker threads of the window. Injected, so that tests run the work at once and nothing sleeps."""

import logging
import queue
import threading
from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal, Slot

from twinlens.domain.errors import TwinlensError
from twinlens.domain.events import Event
from twinlens.gui.desks.scanners import Scanner, elsewhere, here
from twinlens.gui.thumbnails.runner import Runner
from twinlens.isolation.precedence import BEHIND_THE_WINDOW, thread_gives_way

log = logging.getLogger(__name__)


class SerialThread:
    """A Runner with one thread of its own, begun with the first piece of work; pieces run one after the other.

    The window's own thread goes before it: with several at work on few cores, what is painted would wait for all of them.
    ``finishes_all``: whether what was given is done before the thread ends, because decisions are written there.
    """

    def __init__(self, name: str, at_end: Callable[[], None] | None = None, *, finishes_all: bool = False) -> None:
        self._name = name
        self._at_end = at_end
        self._finishes_all = finishes_all
        self._queue: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._finished = False

    def start(self, work: Callable[[], None]) -> None:
        """Run ``work`` behind all that was given before; nothing is run any more after ``finish``."""
        if self._finished:
            return  # an answer that was on its way when the window closed may ask for more
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=self._name)
            self._thread.start()
        self._queue.put(work)

    def finish(self) -> None:
        """Forget what has not begun, unless all is to be finished; wait for the rest, and end the thread."""
        self._finished = True
        if self._thread is None:
            return
        while not (self._finishes_all or self._queue.empty()):
            try:
                self._queue.get_nowait()
            except queue.Empty:
                break
        self._queue.put(None)
        self._thread.join()
        self._thread = None

    def _run(self) -> None:
        thread_gives_way(BEHIND_THE_WINDOW)
        try:
            while (work := self._queue.get()) is not None:
                work()
        finally:
            if self._at_end is not None:
                self._at_end()


class AtOnce:
    """A Runner for tests: ``start`` returns when the work is done."""

    def start(self, work: Callable[[], None]) -> None:
        """Run ``work`` now."""
        work()

    def finish(self) -> None:
        """Nothing is left to wait for."""


class Task(QObject):
    """Work away from the GUI thread whose answer comes back as a signal, on the thread that owns the Task."""

    done = Signal(object)
    failed = Signal(str)

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner

    def run(self, work: Callable[[], object]) -> None:
        """Run ``work``; its result arrives by ``done``, a sentence about what went wrong by ``failed``."""

        def guarded() -> None:
            try:
                result = work()
            except (TwinlensError, OSError) as error:
                log.info("a piece of work failed: %s", error)
                self.failed.emit(str(error))
            except Exception as error:  # the end of the thread: say it here, or nobody ever does
                log.exception("a piece of work failed unexpectedly")
                self.failed.emit(f"Something went wrong that should not have: {type(error).__name__}: {error}.")
            else:
                self.done.emit(result)

        self._runner.start(guarded)


class EventRelay(QObject):
    """Carries a job's events to the GUI thread in batches: one wake-up however many wait."""

    arrived = Signal(object)  # list of Event
    _waiting = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._events: list[Event] = []
        self._waiting.connect(self._deliver)

    def emit_event(self, event: Event) -> None:
        """Called by the job, on its thread."""
        with self._lock:
            self._events.append(event)
            first = len(self._events) == 1
        if first:
            self._waiting.emit()

    @Slot()
    def _deliver(self) -> None:
        with self._lock:
            events, self._events = self._events, []
        if events:
            self.arrived.emit(events)


class Workers(Struct, frozen=True):
    """The threads of a session, one for each thing that must not wait for another."""

    scans: Runner
    removals: Runner  # the scan is paused while it works
    desk: Runner  # short: grouping, lists
    decisions: Runner  # shorter still, so that no decision waits for grouping: marks and undo, in their order
    queries: Runner  # lookalikes, so that they answer during a scan
    watches: bool = True  # whether folders are watched, which has a thread of its own
    measures: Runner | None = None  # frames of bursts; None measures nothing
    reports: Runner | None = None  # histograms, a file of all groups; None does it at the desk
    scanner: Scanner = here
    rest_ms: int = 0  # between the first groups and all that waits for them

    @classmethod
    def threads(cls, at_end: Callable[[], None]) -> "Workers":
        """Real threads; each calls ``at_end`` before it ends."""
        return cls(
            SerialThread("twinlens-scan", at_end),
            SerialThread("twinlens-removal", at_end),
            SerialThread("twinlens-desk", at_end, finishes_all=True),
            SerialThread("twinlens-decisions", at_end, finishes_all=True),
            SerialThread("twinlens-query", at_end),
            measures=SerialThread("twinlens-measure", at_end),
            reports=SerialThread("twinlens-report", at_end),
            scanner=elsewhere,
            rest_ms=300,
        )

    @classmethod
    def at_once(cls) -> "Workers":
        """No threads, for tests."""
        runner = AtOnce()
        return cls(runner, runner, runner, runner, runner, watches=False)

    def finish(self) -> None:
        """End them all."""
        for runner in (self.scans, self.measures, self.reports, self.removals, self.queries, self.decisions, self.desk):
            if runner is not None:
                runner.finish()


def forget_answers(owner: QObject) -> None:
    """Drop what workers have sent to ``owner`` and its children and was not delivered yet; call it on their thread."""
    for receiver in (owner, *owner.findChildren(QObject)):
        QCoreApplication.removePostedEvents(receiver, QEvent.Type.MetaCall.value)
