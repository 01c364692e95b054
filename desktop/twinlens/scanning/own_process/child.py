"""The process that scans: ``python -m twinlens.scanning.own_process.child``. It hears what to do, and tells what happens.

It works for the process that holds the library's lock, and ends with it at once: the catalog is sound at any moment.
"""

import logging
import os
import threading
from pathlib import Path

from twinlens.domain.errors import TwinlensError
from twinlens.domain.events import Event, ScanFinished
from twinlens.isolation.frames import Body, Head, Read, frame_start, read_frame
from twinlens.isolation.precedence import process_gives_way
from twinlens.isolation.serving import Write, own_pipes
from twinlens.library.open import Library
from twinlens.scanning.apart.processes import close_processes
from twinlens.scanning.control import PauseStop
from twinlens.scanning.courtesy import Courtesy
from twinlens.scanning.order import Attention
from twinlens.scanning.own_process.messages import MAX_BYTES, Assignment, Outcome, Word, as_bytes, from_bytes, told
from twinlens.scanning.pipeline import scan

logger = logging.getLogger(__name__)


class _Scan:
    """One scan, told on one thread what it is to do, and telling on another what happens."""

    def __init__(self, assignment: Assignment, read: Read, write: Write) -> None:
        self._assignment = assignment
        self._read, self._write = read, write
        self._control, self._attention, self._courtesy = PauseStop(), Attention(), Courtesy()
        self._library: Library | None = None

    def run(self) -> None:
        """Scan to the end, whatever that is, and say which."""
        hearing = threading.Thread(target=self._hear, name="twinlens-hearing", daemon=True)
        hearing.start()
        try:
            report = self._scanned()
        except (TwinlensError, OSError) as error:
            self._say({"end": Outcome.FAILED}, as_bytes(str(error)))
        except Exception as error:  # the end of the process: say it here, or nobody ever does
            logger.exception("the scan failed unexpectedly")
            said = f"Something went wrong that should not have: {type(error).__name__}: {error}."
            self._say({"end": Outcome.FAILED}, as_bytes(said))
        else:
            self._say({"end": Outcome.FINISHED}, as_bytes(report))
        hearing.join()  # until nobody is there to say something to: what is on its way has somewhere to go

    def _scanned(self) -> ScanFinished:
        wanted = self._assignment
        with Library.open_beside_writer(Path(wanted.folder)) as library:
            self._library = library
            try:
                return scan(
                    library, wanted.roots, wanted.options, self._control, self._tell, self._attention, self._courtesy
                )
            finally:
                self._library = None
                close_processes()

    def _tell(self, event: Event) -> None:
        for head, body in told(event):
            self._say(head, body)

    def _say(self, head: Head, body: Body) -> None:
        self._write(frame_start(head, body))
        self._write(body)

    def _hear(self) -> None:
        while (frame := read_frame(self._read, MAX_BYTES)) is not None:
            head, body = frame
            self._obey(Word(head["word"]), body)
        os._exit(1)  # whoever asked is gone, and with it the lock: not one more write

    def _obey(self, word: Word, body: bytearray) -> None:
        if word is Word.PAUSE:
            self._control.pause()
        elif word is Word.RESUME:
            if self._library is not None:
                self._library.vectors.reconcile()  # photos were removed or brought back meanwhile
            self._control.resume()
        elif word is Word.STOP:
            self._control.stop()
        elif word is Word.MAKE_ROOM:
            self._courtesy.make_room()
        elif word is Word.PREFER:
            self._attention.prefer(from_bytes(body, list[str]))


def main() -> None:
    """Take one assignment from the process that started this one, and carry it out."""
    process_gives_way()
    read, write = own_pipes()
    first = read_frame(read, MAX_BYTES)
    if first is not None:
        _Scan(from_bytes(first[1], Assignment), read, write).run()


if __name__ == "__main__":
    main()
