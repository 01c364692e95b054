"""The process in which fragile formats are decoded: ``python -m twinlens.imaging.worker``.

It reads one request after the other from standard input and answers on standard output until its input ends. It may
die of a file, take too long or ask for too much memory: none of that reaches the process that asked.
"""

import logging
import os
import resource
import sys
import warnings
from typing import BinaryIO

from PIL import Image

from twinlens.domain.errors import PhotoUnreadable
from twinlens.imaging.bounds import DecodeBounds
from twinlens.imaging.formats import format_named
from twinlens.imaging.local import Task, decode_here
from twinlens.imaging.scale import Wanted
from twinlens.imaging.wire import Body, Head, pack, read_frame, write_frame

MAX_REQUEST_BYTES = 16 * 1024**3  # the process that asks has bounded it already
CPU_PER_SECOND = 8  # some decoders use several threads; the clock on the wall is watched by the other side


def confine() -> None:
    """Give up what no decoder needs: writing files, dumping core, warnings about the files it is given."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    logging.disable()
    Image.MAX_IMAGE_PIXELS = None  # sizes are checked against the bounds of each request


def allow(bounds: DecodeBounds) -> None:
    """Set the limits of one request; of processor time too, in case nobody is left to end a decode that hangs."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    allowed = bounds.max_memory_bytes if hard == resource.RLIM_INFINITY else min(hard, bounds.max_memory_bytes)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    cpu_hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + bounds.timeout_s * CPU_PER_SECOND) + 1, cpu_hard))


def answer(head: Head, data: bytes) -> tuple[Head, Body]:
    """Do what one request asks."""
    bounds = DecodeBounds(**head["bounds"])
    entry = format_named(head["format"])
    try:
        allow(bounds)
        return pack(decode_here(Task(head["task"]), data, entry, Wanted(**head["wanted"]), bounds))
    except PhotoUnreadable as error:
        return {"error": str(error), "retire": isinstance(error.__cause__, MemoryError)}, b""
    except MemoryError:
        return {"error": f"decoding this {entry.name} file needs more memory than is allowed", "retire": True}, b""


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    while (frame := read_frame(requests, MAX_REQUEST_BYTES)) is not None:
        head, data = frame
        reply, body = answer(head, bytes(data))
        write_frame(answers, reply, body)


def main() -> None:
    """Serve the pipes this process was started with; whatever a library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    confine()
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
