"""The side that asks for a scan: starts the process, passes on what its user wants, and what the scan tells."""

import logging
from collections.abc import Sequence

from twinlens.domain.errors import TwinlensError
from twinlens.domain.events import Event, PhotosCatalogued, PhotosGone, ScanFinished
from twinlens.domain.ports import Emit
from twinlens.isolation.frames import Head
from twinlens.isolation.process import ChildDied, ChildNotStarted, ChildProcess, ChildTookTooLong
from twinlens.library.open import Library
from twinlens.scanning.control import PauseStop
from twinlens.scanning.courtesy import Courtesy
from twinlens.scanning.options import ScanOptions
from twinlens.scanning.order import Attention
from twinlens.scanning.own_process.messages import (
    MAX_BYTES,
    Assignment,
    Outcome,
    Word,
    as_bytes,
    event_from,
    from_bytes,
)

logger = logging.getLogger(__name__)

MODULE = "twinlens.scanning.own_process.child"
EVERY_S = 0.05  # how soon the scan hears what its user wants
PATIENCE_S = 60.0  # the process listens on a thread of its own: it is not at its work that it is waited for


def scan_in_own_process(
    library: Library,
    roots: Sequence[str],
    options: ScanOptions,
    control: PauseStop,
    emit: Emit,
    attention: Attention,
    courtesy: Courtesy,
) -> ScanFinished:
    """``scanning.pipeline.scan``, carried out by another process; the index of ``library`` follows what it does.

    Waits for it in the calling thread. Raises TwinlensError where the scan itself does, and when the process cannot be
    started or dies: what was done by then is kept.
    """
    library.vectors.save()  # the other process has them from the disk
    try:
        child = ChildProcess(MODULE, trusted=True)
    except ChildNotStarted as error:
        raise TwinlensError(f"Nothing can be scanned: the process that does it cannot be started: {error}.") from error
    try:
        return _Conversation(library, child, control, emit, attention, courtesy).held(
            Assignment(str(library.folder), tuple(roots), options)
        )
    except (ChildDied, ChildTookTooLong) as error:
        ended = child.close()
        logger.info("the process that scans ended with %d: %s", ended, error)
        raise TwinlensError(
            f"The scan was cut short: its process ended by itself ({_reason(ended)}). What was done by then is kept; "
            "scan again to go on."
        ) from error
    finally:
        child.close()
        library.vectors.reconcile()


class _Conversation:
    """With the process of one scan."""

    def __init__(
        self,
        library: Library,
        child: ChildProcess,
        control: PauseStop,
        emit: Emit,
        attention: Attention,
        courtesy: Courtesy,
    ) -> None:
        self._library = library
        self._child = child
        self._control, self._attention, self._courtesy = control, attention, courtesy
        self._emit = emit
        self._paused = self._stopped = False
        self._preferred = self._asked = 0

    def held(self, assignment: Assignment) -> ScanFinished:
        """From the assignment to the end of the scan."""
        self._child.tell({}, as_bytes(assignment), PATIENCE_S)
        while True:
            self._pass_on()
            frame = self._child.hear(EVERY_S, MAX_BYTES)
            if frame is None:
                continue
            head, body = frame
            if "end" in head:
                return _ended(head, body)
            self._take(event_from(head, body))

    def _take(self, event: Event) -> None:
        """The catalog and its caches are shared; the index in memory is our own."""
        if isinstance(event, PhotosCatalogued):
            self._library.vectors.take_over(event.photo_ids)
        elif isinstance(event, PhotosGone):
            self._library.vectors.drop(event.photo_ids)
        self._emit(event)

    def _pass_on(self) -> None:
        """Whatever the user has wanted since the last time."""
        preferred, paths = self._attention.newest()
        if preferred != self._preferred:
            self._preferred = preferred
            self._tell(Word.PREFER, as_bytes(paths))
        if self._courtesy.asked != self._asked:
            self._asked = self._courtesy.asked
            self._tell(Word.MAKE_ROOM)
        if self._control.stopped and not self._stopped:
            self._stopped = True
            self._tell(Word.STOP)
        if self._control.paused != self._paused:
            self._paused = self._control.paused
            self._tell(Word.PAUSE if self._paused else Word.RESUME)

    def _tell(self, word: Word, body: bytes = b"") -> None:
        self._child.tell({"word": word}, body, PATIENCE_S)


def _ended(head: Head, body: bytearray) -> ScanFinished:
    if Outcome(head["end"]) is Outcome.FINISHED:
        return from_bytes(body, ScanFinished)
    raise TwinlensError(from_bytes(body, str))


def _reason(ended: int) -> str:
    return f"by signal {-ended}" if ended < 0 else f"with code {ended}"
