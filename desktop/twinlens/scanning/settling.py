"""When a change is told: once nothing more happens and no file grows any more, or now and then while it goes on."""

import os
import time
from collections.abc import Callable, Iterable

from twinlens.domain.watching import NOTHING, FoldersChanged

QUIET_S = 2.0
FIRST_WAIT_S, LONGEST_WAIT_S, WAIT_FACTOR = 5.0, 120.0, 3.0
EMPTY_FILE_WAIT_S = 30.0

Stamp = tuple[int, int]  # bytes, ns


def stamp_of(path: str) -> Stamp | None:
    """Size and time of a file; None when it is not there."""
    try:
        facts = os.lstat(path)
    except OSError:
        return None
    return facts.st_size, facts.st_mtime_ns


class Settling:
    """Collects changes and hands them out in few portions. Belongs to one thread.

    A card of 2,000 photos that is copied for five minutes is told after 5, 20, 65 and 185 seconds and at its end, each time
    as one folder: the first photos are seen soon, and the library is not scanned for every file.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, stamp: Callable[[str], Stamp | None] = stamp_of
    ) -> None:
        self._clock = clock
        self._stamp = stamp
        self._changed = NOTHING
        self._heard: list[tuple[float, FoldersChanged]] = []  # what has changed, and when that was heard of
        self._files: dict[str, tuple[Stamp | None, float]] = {}  # as last seen, and when it was last heard of
        self._last_s = self._since_s = clock()
        self._wait_s = FIRST_WAIT_S

    def note_files(self, paths: Iterable[str]) -> None:
        """Files came, went or changed: their folders will be told when they have settled."""
        now = self._clock()
        noted = {path: (self._stamp(path), now) for path in paths}
        if noted:
            self._files.update(noted)
            self._note(FoldersChanged(frozenset(os.path.dirname(path) for path in noted)))

    def note(self, changed: FoldersChanged) -> None:
        """Folders changed."""
        if changed:
            self._note(changed)

    def _note(self, changed: FoldersChanged) -> None:
        self._last_s = self._clock()
        if not self._changed:
            self._since_s = self._last_s
        self._changed |= changed
        self._heard.append((self._last_s, changed))

    def due(self) -> FoldersChanged:
        """What is to be told now; nothing while it goes on."""
        now = self._clock()
        if not self._changed:
            return NOTHING
        if now - self._last_s >= QUIET_S:
            if self._is_growing(now):
                self._last_s = now
            else:
                self._wait_s = FIRST_WAIT_S
                return self._hand_out(kept_since_s=now)
        if now - self._since_s >= self._wait_s:
            self._wait_s = min(self._wait_s * WAIT_FACTOR, LONGEST_WAIT_S)
            self._since_s = now
            return self._hand_out(kept_since_s=now - QUIET_S)
        return NOTHING

    def _hand_out(self, kept_since_s: float) -> FoldersChanged:
        """All there is; what was heard of after this moment will be told again."""
        told = self._changed
        self._files = {path: seen for path, seen in self._files.items() if seen[1] > kept_since_s}
        self._heard = [heard for heard in self._heard if heard[0] > kept_since_s]
        self._changed = FoldersChanged(frozenset(os.path.dirname(path) for path in self._files))
        for _, changed in self._heard:
            self._changed |= changed
        return told

    def _is_growing(self, now: float) -> bool:
        """Whether a file is not as it was when last looked at, or still empty: someone is writing to it."""
        growing = False
        for path, (before, heard_s) in self._files.items():
            stamp = self._stamp(path)
            is_begun = stamp is not None and stamp[0] == 0 and now - heard_s < EMPTY_FILE_WAIT_S
            if stamp != before:
                self._files[path] = (stamp, now)
            growing |= stamp != before or is_begun
        return growing
