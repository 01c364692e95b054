"""A first look at files that a scan has found and not studied yet, by a process that may die of them."""

import logging
import threading
import time

from twinlens.isolation.pool import ProcessPool
from twinlens.isolation.process import ChildDied, ChildNotStarted, ChildTookTooLong

logger = logging.getLogger(__name__)

MODULE = "twinlens.imaging.glimpse_child"
PATIENCE_S = 4.0  # a drive that spins up may take longer: then the study shows the photo first
REST_S = 20.0  # after such a wait, or where no process can be started: nobody waits again and again
MAX_BYTES = 64 * 1024


class Glimpses:
    """Thumbnails out of the heads of files; thread-safe. One small process, begun when first asked, kept until ``close``.

    Only what is asked for is read: photos that nobody looks at before they are studied cost the study nothing.
    """

    def __init__(self) -> None:
        self._pool = ProcessPool(MODULE, limit=1)
        self._rests_until_s = 0.0
        self._starter: threading.Thread | None = None

    def prepare(self) -> None:
        """Begin the process now, so that the first question need not wait for it; returns at once."""
        if self._starter is None:
            self._starter = threading.Thread(target=self._start, name="twinlens-glimpse")
            self._starter.start()

    def _start(self) -> None:
        try:
            self._pool.start(1)
        except ChildNotStarted as error:
            logger.info("no process for glimpses: %s", error)

    def of(self, path: str) -> bytes | None:
        """An upright JPEG of at most 160 pixels a side, or None: no thumbnail, none to believe, none in time."""
        if time.monotonic() < self._rests_until_s:
            return None
        try:
            _, jpeg = self._pool.ask({"path": path, "patience_s": PATIENCE_S}, b"", PATIENCE_S, MAX_BYTES)
        except ChildDied:
            return None
        except (ChildTookTooLong, ChildNotStarted) as error:
            logger.info("no glimpses for a while: %s", error or "a file took too long")
            self._rests_until_s = time.monotonic() + REST_S
            return None
        return bytes(jpeg) or None

    def close(self) -> None:
        """End the process; the next question starts one again."""
        starter, self._starter = self._starter, None
        if starter is not None:
            starter.join()
        self._pool.close()
