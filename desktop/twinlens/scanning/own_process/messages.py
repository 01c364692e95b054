"""What the process that scans and the one that asked for it tell each other. Paths may hold bytes that are no text, so all
of it is JSON with escapes: no other form carries them.
"""

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, TypeVar, get_args

import msgspec
from msgspec import Struct

from twinlens.domain.events import Event, FilesAwaited
from twinlens.isolation.frames import Head
from twinlens.scanning.options import ScanOptions

MAX_BYTES = 1 << 30  # both sides are ourselves: a bound for what cannot be, not for what may come
FILES_AT_ONCE = 2_000  # so that no single message keeps the threads of the other side waiting

Value = TypeVar("Value")

_EVENTS: dict[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}


class Assignment(Struct, frozen=True):
    """What to scan: the first thing that the process hears."""

    folder: str  # of the library
    roots: tuple[str, ...]
    options: ScanOptions


class Word(StrEnum):
    """What a running scan is told."""

    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    MAKE_ROOM = "make room"
    PREFER = "prefer"  # the body: a list of paths


class Outcome(StrEnum):
    """How a scan ended, as the last thing that the process says."""

    FINISHED = "finished"  # the body: a ScanFinished
    FAILED = "failed"  # the body: a sentence


def as_bytes(value: Any) -> bytes:
    """A value of ours."""
    return json.dumps(msgspec.to_builtins(value)).encode()


def from_bytes(body: bytes | bytearray, kind: type[Value]) -> Value:
    """A value of this kind; raises ValueError for anything else."""
    return msgspec.convert(json.loads(body), kind)


def told(event: Event) -> Iterator[tuple[Head, bytes]]:
    """An event as messages: more than one where it names very many files."""
    for part in _parts(event):
        yield {"event": type(part).__name__}, as_bytes(part)


def event_from(head: Head, body: bytes | bytearray) -> Event:
    """The event of one message; raises ValueError for anything else."""
    kind = _EVENTS.get(head.get("event", ""))
    if kind is None:
        raise ValueError(f"no event is called {head.get('event')!r}")
    return from_bytes(body, kind)


def _parts(event: Event) -> Iterator[Event]:
    if not isinstance(event, FilesAwaited):
        yield event
        return
    for start in range(0, len(event.paths), FILES_AT_ONCE):
        part = slice(start, start + FILES_AT_ONCE)
        yield FilesAwaited(event.paths[part], event.sizes_bytes[part])
