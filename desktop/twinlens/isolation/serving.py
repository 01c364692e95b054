"""The child's side: what a process gives up before it touches a file, and the loop in which it answers."""

import logging
import os
import resource
import sys
import warnings
from collections.abc import Callable

from msgspec import Struct

from twinlens.isolation.frames import Body, Head, Read, frame_start, read_frame

MAX_REQUEST_BYTES = 16 * 1024**3  # the process that asks has bounded it already
CPU_PER_SECOND = 8  # some decoders use several threads; the clock on the wall is watched by the other side

Answer = Callable[[Head, bytes], tuple[Head, Body]]
Write = Callable[[Body], None]


class Allowance(Struct, frozen=True):
    """What one request may cost: seconds on the clock and the address space of the process."""

    patience_s: float
    memory_bytes: int


def confine() -> None:
    """Give up what no decoder needs: writing files, dumping core, warnings about the files it is given."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    logging.disable()


def allow(allowance: Allowance) -> None:
    """Set the limits of one request; of processor time too, in case nobody is left to end a decode that hangs."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    wanted = allowance.memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(hard, wanted), hard))
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    cpu_hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + allowance.patience_s * CPU_PER_SECOND) + 1, cpu_hard))


def serve(answer: Answer, read: Read, write: Write) -> None:
    """Answer requests until there are no more."""
    while (frame := read_frame(read, MAX_REQUEST_BYTES)) is not None:
        head, data = frame
        reply, body = answer(head, bytes(data))
        write(frame_start(reply, body))
        write(body)


def run(answer: Answer) -> None:
    """Serve the pipes this process was started with."""
    read, write = own_pipes()
    confine()
    serve(answer, read, write)


def own_pipes() -> tuple[Read, Write]:
    """The pipes this process was started with; whatever a library prints from now on goes where errors go."""
    answers, requests = os.dup(1), sys.stdin.fileno()
    os.dup2(2, 1)
    return lambda size_bytes: os.read(requests, size_bytes), lambda body: _write_all(answers, body)


def _write_all(descriptor: int, body: Body) -> None:
    left = memoryview(body)
    while left:
        left = left[os.write(descriptor, left) :]
