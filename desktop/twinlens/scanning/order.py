"""In which order the files of a scan are studied: what the user looks at first, likely copies early, else as walked."""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from twinlens.scanning.walk import FoundFile

Item = TypeVar("Item")
Result = TypeVar("Result")

EARLY_TWINS = (
    48  # files at the head of the order whose likely copies follow at once: the first groups are there in seconds
)


class _End:
    """Stands where there is no item."""


_END = _End()


class Attention:
    """Tells a running scan which files the user looks at. Both methods may be called from any thread, at any time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._paths: tuple[str, ...] = ()
        self._count = 0

    def prefer(self, paths: Sequence[str]) -> None:
        """Study these next, in this order; what was preferred before and is not among them goes back to its place."""
        with self._lock:
            self._paths = tuple(paths)
            self._count += 1

    def newest(self) -> tuple[int, tuple[str, ...]]:
        """How often something was preferred, and what it was last."""
        with self._lock:
            return self._count, self._paths


class StudyOrder:
    """Iterate it once, on one thread: gives every file exactly once, asking ``attention`` before each."""

    def __init__(self, files: "Sequence[FoundFile]", attention: Attention) -> None:
        self._files = files
        self._attention = attention
        self._given = bytearray(len(files))
        self._place_of: dict[str, int] | None = None
        self._seen = 0

    def __iter__(self) -> "Iterator[FoundFile]":
        """The files; safe to leave and to go on with."""
        early = iter(_likely_twins(self._files))
        rest = iter(range(len(self._files)))
        preferred: deque[int] = deque()
        while True:
            count, paths = self._attention.newest()
            if count != self._seen:
                self._seen = count
                preferred = deque(self._places(paths))
            place = preferred.popleft() if preferred else next(early, None)
            if place is None and (place := next(rest, None)) is None:
                return
            if not self._given[place]:
                self._given[place] = 1
                yield self._files[place]

    def _places(self, paths: Sequence[str]) -> Iterator[int]:
        if self._place_of is None:
            self._place_of = {file.path: place for place, file in enumerate(self._files)}
        return (self._place_of[path] for path in paths if path in self._place_of)


class LateChoice(Generic[Item, Result]):
    """Work on whatever is next when a thread is free for it, not on what was next when the work was queued.

    Dozens of files are under way in a look-ahead; what the user turns to meanwhile comes before those not begun yet.
    """

    def __init__(self, work: Callable[[Item], Result], items: Iterable[Item]) -> None:
        self._work = work
        self._items = iter(items)
        self._lock = threading.Lock()

    def __call__(self, _turn: int) -> Result | None:
        """The result for the next item, None when there are no more; may be called from several threads at once."""
        with self._lock:
            item = next(self._items, _END)
        return None if isinstance(item, _End) else self._work(item)


def _likely_twins(files: "Sequence[FoundFile]") -> list[int]:
    """A few files together with others of the same size that also bear the same name or time: copies, as a rule.

    Other folders hold the copies of a folder, so that in the order of folders the first group would be long in coming.
    """
    first_of: dict[tuple[int, int | str], int] = {}
    early: dict[int, None] = {}
    for place, file in enumerate(files):
        size = file.stamp.size_bytes
        for sign in (file.stamp.mtime_ns, os.path.basename(file.path)):
            other = first_of.setdefault((size, sign), place)
            if other != place:
                early[other] = early[place] = None
        if len(early) >= EARLY_TWINS:
            break
    return list(early)
