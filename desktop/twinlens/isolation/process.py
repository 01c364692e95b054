"""The parent's side: one child process that is asked, and ended when it takes too long."""

import contextlib
import fcntl
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from twinlens.isolation.frames import Body, Head, frame_start, read_frame

if TYPE_CHECKING:
    import psutil

PLAIN_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
PIPE_BYTES = 1 << 20  # an answer fits in whole, so that the child goes on while the parent is busy
SOON_S = 0.5  # nearly every answer begins within; looking up the times of a process takes as long as a small one
WHOLE_FRAME_S = 60.0  # what has begun to come comes to its end within


class ChildDied(Exception):
    """The process ended, or sent something that is no answer."""


class ChildTookTooLong(Exception):
    """The process did not answer in time and was ended. ``busy_s``: the processor time that it spent meanwhile."""

    def __init__(self, busy_s: float = 0.0) -> None:
        super().__init__(f"busy for {busy_s:.1f} s")
        self.busy_s = busy_s


class ChildNotStarted(Exception):
    """The system refuses to start the process; the message is its reason."""


class ChildProcess:
    """A process that runs ``module`` and answers frames. One thread at a time uses it.

    ``trusted``: it works in our stead and meets no hostile bytes itself: it has our environment and says what it has to
    say where we would.
    """

    def __init__(self, module: str, *, trusted: bool = False) -> None:
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
                [sys.executable, "-P", "-B", "-m", module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=None if trusted else subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": _source_root()} if trusted else child_environment(),
                bufsize=0,
            )
        except OSError as error:
            raise ChildNotStarted(error.strerror or str(error)) from error
        if self._process.stdin is None or self._process.stdout is None:
            raise ChildNotStarted("it has no pipes")
        self._stdin, self._stdout = self._process.stdin, self._process.stdout
        os.set_blocking(self._stdin.fileno(), False)
        for pipe in (self._stdin, self._stdout):
            if hasattr(fcntl, "F_SETPIPE_SZ"):
                with contextlib.suppress(OSError):  # the system's limit for pipes: a smaller one serves as well
                    fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        self.usable = True
        self._times: psutil.Process | None = None

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process still runs and may be asked."""
        return self.usable and self._process.poll() is None

    def ask(self, head: Head, body: Body, patience_s: float, max_answer_bytes: int) -> tuple[Head, bytearray]:
        """Send one request and wait for its answer; raises ChildDied or ChildTookTooLong, and is then not usable."""
        deadline_s = time.monotonic() + patience_s
        before_s: float | None = None
        try:
            self._tell(head, body, deadline_s)
            if not self._has_answer(min(SOON_S, patience_s / 2)):
                before_s = self._processor_s()
            return self._frame(deadline_s, max_answer_bytes)
        except TimeoutError as error:
            busy_s = 0.0 if before_s is None else self._processor_s() - before_s
            self.close()
            raise ChildTookTooLong(busy_s) from error

    def tell(self, head: Head, body: Body, patience_s: float) -> None:
        """Send something that has no answer of its own; raises ChildDied, or ChildTookTooLong to take it."""
        try:
            self._tell(head, body, time.monotonic() + patience_s)
        except TimeoutError as error:
            self.close()
            raise ChildTookTooLong from error

    def hear(self, wait_s: float, max_body_bytes: int) -> tuple[Head, bytearray] | None:
        """What the process says of itself, None when it begins nothing within ``wait_s``; raises as ``tell`` does."""
        if not self._has_answer(wait_s):
            return None
        try:
            return self._frame(time.monotonic() + WHOLE_FRAME_S, max_body_bytes)
        except TimeoutError as error:
            self.close()
            raise ChildTookTooLong from error

    def _has_answer(self, wait_s: float) -> bool:
        """Whether something begins to come within ``wait_s``."""
        try:
            self._wait(self._stdout.fileno(), select.POLLIN, time.monotonic() + wait_s)
        except TimeoutError:
            return False
        return True

    def _tell(self, head: Head, body: Body, deadline_s: float) -> None:
        with self._dying():
            self._send(frame_start(head, body), deadline_s)
            self._send(body, deadline_s)

    def _frame(self, deadline_s: float, max_body_bytes: int) -> tuple[Head, bytearray]:
        with self._dying():
            frame = read_frame(lambda size_bytes: self._receive(size_bytes, deadline_s), max_body_bytes)
            if frame is None:
                raise ValueError("no answer")
            return frame

    @contextlib.contextmanager
    def _dying(self) -> Iterator[None]:
        try:
            yield
        except TimeoutError:
            raise
        except (OSError, ValueError, TypeError) as error:
            self.usable = False
            raise ChildDied(str(error)) from error

    def _send(self, body: Body, deadline_s: float) -> None:
        left = memoryview(body)
        while left:
            self._wait(self._stdin.fileno(), select.POLLOUT, deadline_s)
            with contextlib.suppress(BlockingIOError):  # another look whether there is room
                left = left[os.write(self._stdin.fileno(), left) :]

    def _receive(self, size_bytes: int, deadline_s: float) -> bytes:
        self._wait(self._stdout.fileno(), select.POLLIN, deadline_s)
        return os.read(self._stdout.fileno(), size_bytes)

    @staticmethod
    def _wait(descriptor: int, event: int, deadline_s: float) -> None:
        ready = select.poll()  # unlike select.select it takes descriptors above 1,023
        ready.register(descriptor, event)
        if not ready.poll(max(0.0, deadline_s - time.monotonic()) * 1000):
            raise TimeoutError

    def _processor_s(self) -> float:
        import psutil  # only who waits long needs it

        try:
            if self._times is None:
                self._times = psutil.Process(self.pid)  # making one reads far more than the times
            times = self._times.cpu_times()
        except psutil.Error:
            return 0.0
        return float(times.user + times.system)

    def close(self) -> int:
        """End the process; returns what it ended with."""
        self.usable = False
        self._process.kill()
        for stream in (self._stdin, self._stdout):
            with contextlib.suppress(OSError):  # what was not sent yet has nowhere to go
                stream.close()
        return self._process.wait()


def child_environment() -> dict[str, str]:
    """What the process needs to know, and no more: threads of BLAS would only reserve address space."""
    known = {key: os.environ[key] for key in PLAIN_ENVIRONMENT if key in os.environ}
    return known | {
        "PYTHONPATH": _source_root(),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "2",
        "PYTHONUTF8": "1",
    }


def _source_root() -> str:
    import twinlens

    return os.path.dirname(os.path.dirname(os.path.abspath(twinlens.__file__ or "")))
