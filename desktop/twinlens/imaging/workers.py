"""The pool of decoding processes: kept ready, ended at the time limit, started again after a death."""

import atexit
import contextlib
import logging
import os
import subprocess
import sys
import threading
from dataclasses import asdict

from twinlens.domain.errors import PhotoUnreadable
from twinlens.domain.picture import FullPicture, StudyPicture
from twinlens.imaging.bounds import DecodeBounds
from twinlens.imaging.formats import Format
from twinlens.imaging.local import Task
from twinlens.imaging.scale import Wanted
from twinlens.imaging.wire import Head, read_frame, unpack, write_frame

log = logging.getLogger(__name__)

MODULE = "twinlens.imaging.worker"
BYTES_A_PIXEL = 8  # the most that travels back: four channels of 16 bits
PLAIN_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "LD_LIBRARY_PATH", "VIRTUAL_ENV")


class WorkerDied(Exception):
    """The process ended, or sent something that is no answer."""


class Worker:
    """One decoding process. One thread at a time uses it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, "-P", "-B", "-m", MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
        self._timed_out = False
        self.usable = True

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    def ask(self, head: Head, data: bytes, bounds: DecodeBounds) -> StudyPicture | FullPicture:
        """Send one request and wait for its answer; raises PhotoUnreadable for the file's fault, WorkerDied for others."""
        watch = threading.Timer(bounds.timeout_s, self._time_out)
        watch.daemon = True
        watch.start()
        try:
            return self._exchange(head, data, bounds)
        finally:
            watch.cancel()
            watch.join()

    def _exchange(self, head: Head, data: bytes, bounds: DecodeBounds) -> StudyPicture | FullPicture:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise WorkerDied("no pipes")
        try:
            write_frame(stdin, head, data)
            frame = read_frame(stdout, bounds.max_pixels * BYTES_A_PIXEL)
            if frame is not None:
                return self._result(*frame)
            failure: Exception | None = None
        except (OSError, ValueError, KeyError, TypeError) as error:
            failure = error
        self.usable = False
        if self._timed_out:
            raise PhotoUnreadable(f"decoding took longer than {bounds.timeout_s:g} s and was given up") from failure
        raise WorkerDied(str(failure or "no answer")) from failure

    def _result(self, reply: Head, body: bytearray) -> StudyPicture | FullPicture:
        if "error" in reply:
            self.usable = not reply.get("retire")
            raise PhotoUnreadable(str(reply["error"])[:500])
        return unpack(reply, body)

    def _time_out(self) -> None:
        self._timed_out = True
        self.usable = False
        self._process.kill()

    @property
    def alive(self) -> bool:
        """Whether the process still runs and may be used."""
        return self.usable and self._process.poll() is None

    def close(self) -> int:
        """End the process; returns what it ended with."""
        self.usable = False
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):  # what was not sent yet has nowhere to go
                    stream.close()
        return self._process.wait()


class WorkerPool:
    """As many processes as threads ask at once, up to ``limit``; idle ones are kept. Safe from several threads."""

    def __init__(self, limit: int) -> None:
        self._free = threading.BoundedSemaphore(limit)
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._generation = 0

    def decode(
        self, task: Task, data: bytes, entry: Format, wanted: Wanted, bounds: DecodeBounds
    ) -> StudyPicture | FullPicture:
        """Decode in a process of its own; raises PhotoUnreadable, also when the process dies of the file."""
        head = {"task": task.value, "format": entry.name, "wanted": asdict(wanted), "bounds": asdict(bounds)}
        with self._free:
            try:
                worker, generation = self._take()
            except OSError as error:
                raise PhotoUnreadable(f"the decoding process cannot be started ({error.strerror})") from error
            try:
                return worker.ask(head, data, bounds)
            except WorkerDied as error:
                log.info("the process that decoded a %s file ended: %s", entry.name, error)
                raise PhotoUnreadable(f"the decoder for {entry.name} broke off on this file") from error
            finally:
                self._give_back(worker, generation)

    def close(self) -> None:
        """End all idle processes; busy ones end with the decode they are in."""
        with self._lock:
            idle, self._idle = self._idle, []
            self._generation += 1
        for worker in idle:
            worker.close()

    def _take(self) -> tuple[Worker, int]:
        dead: list[Worker] = []
        try:
            with self._lock:
                while self._idle:
                    worker = self._idle.pop()
                    if worker.alive:
                        return worker, self._generation
                    dead.append(worker)
                generation = self._generation
        finally:
            for gone in dead:
                gone.close()
        return Worker(), generation

    def _give_back(self, worker: Worker, generation: int) -> None:
        with self._lock:
            if worker.usable and generation == self._generation:
                self._idle.append(worker)
                return
        worker.close()


def _environment() -> dict[str, str]:
    """What the process needs to know, and no more: threads of BLAS would only reserve address space."""
    import twinlens

    root = os.path.dirname(os.path.dirname(os.path.abspath(twinlens.__file__ or "")))
    known = {key: os.environ[key] for key in PLAIN_ENVIRONMENT if key in os.environ}
    return known | {"PYTHONPATH": root, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "2", "PYTHONUTF8": "1"}


_POOL = WorkerPool(limit=max(2, os.cpu_count() or 2))
decode_apart = _POOL.decode


def close_workers() -> None:
    """End the decoding processes; the next decode that needs one starts it again."""
    _POOL.close()


atexit.register(close_workers)
