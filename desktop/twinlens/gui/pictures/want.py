"""Which large pictures are wanted, in which order. Values and one list that is safe between threads, without Qt."""

import threading
from collections.abc import Collection, Sequence
from enum import IntEnum

from msgspec import Struct

from twinlens.domain.photo import Photo


class Level(IntEnum):
    """How much of a photo's resolution."""

    SCREEN = 1  # enough for the photo whole on this screen
    FULL = 2


class Want(Struct, frozen=True):
    """One picture: the photo's file as it was at a moment, at a level. ``longest_px``: the longer side of the photo."""

    path: str
    version: int
    longest_px: int
    level: Level


def want(photo: Photo, level: Level) -> Want:
    """The want of this photo; a file that changed is another one."""
    facts = photo.facts
    return Want(photo.path, photo.stamp.mtime_ns, max(facts.width_px, facts.height_px), level)


class WantList:
    """What is wanted now, replaced as a whole: what is not wanted any more and has not begun is never decoded.

    It counts its workers, so that none is started in vain. What is only wanted ahead is begun by one worker at a time: the
    others are free for what is looked at.
    """

    def __init__(self, workers: int) -> None:
        self._lock = threading.Lock()
        self._shown: tuple[Want, ...] = ()
        self._ahead: tuple[Want, ...] = ()
        self._begun: set[Want] = set()
        self._begun_ahead: set[Want] = set()
        self._idle = workers

    def replace(self, shown: Sequence[Want], ahead: Sequence[Want], present: Collection[Want]) -> int:
        """Want these, without what is ``present``; how many more workers are to be started."""
        with self._lock:
            self._shown = tuple(want for want in shown if want not in present)
            self._ahead = tuple(want for want in ahead if want not in present and want not in self._shown)
            waiting = sum(want not in self._begun for want in (*self._shown, *self._ahead))
            started = min(self._idle, waiting)
            self._idle -= started
            return started

    def take(self) -> Want | None:
        """What to decode next; None retires the worker that asked."""
        with self._lock:
            for want_ in self._shown:
                if want_ not in self._begun:
                    self._begun.add(want_)
                    return want_
            if not self._begun_ahead:
                for want_ in self._ahead:
                    if want_ not in self._begun:
                        self._begun.add(want_)
                        self._begun_ahead.add(want_)
                        return want_
            self._idle += 1
            return None

    def made(self, want_: Want) -> None:
        """A worker has done with it, and it is on its way: another one may be begun ahead."""
        with self._lock:
            self._begun_ahead.discard(want_)

    def settle(self, want_: Want) -> None:
        """It is there, or cannot be: it may be asked for again."""
        with self._lock:
            self._begun.discard(want_)
            self._shown = tuple(other for other in self._shown if other != want_)
            self._ahead = tuple(other for other in self._ahead if other != want_)

    def retire(self) -> None:
        """A worker stops without having asked for more."""
        with self._lock:
            self._idle += 1
