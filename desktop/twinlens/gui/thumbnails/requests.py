"""What is still to be loaded: newest first, bounded, safe between the GUI thread and the workers."""

import threading
from collections import OrderedDict
from collections.abc import Iterable

PENDING_LIMIT = 1024  # more than a 4K screen of the smallest thumbnails


class NewestFirst:
    """A stack of photo ids that counts its workers, so that none is started in vain and none stops too early."""

    def __init__(self, workers: int, pending_limit: int = PENDING_LIMIT) -> None:
        self._lock = threading.Lock()
        self._pending: OrderedDict[int, None] = OrderedDict()
        self._taken: set[int] = set()
        self._idle = workers
        self._pending_limit = pending_limit

    def push(self, photo_id: int) -> bool:
        """Ask for a photo, or move an open request to the front; True when the caller must start one more worker.

        The oldest request is dropped when there are too many; whoever still shows that photo asks again when it paints.
        """
        with self._lock:
            if photo_id in self._taken:
                return False
            self._pending[photo_id] = None
            self._pending.move_to_end(photo_id)
            if len(self._pending) > self._pending_limit:
                self._pending.popitem(last=False)
            if self._idle == 0:
                return False
            self._idle -= 1
            return True

    def take(self, limit: int) -> list[int]:
        """The newest requests, at most ``limit``. An empty list retires the worker that asked."""
        with self._lock:
            newest = [self._pending.popitem()[0] for _ in range(min(limit, len(self._pending)))]
            self._taken.update(newest)
            if not newest:
                self._idle += 1
            return newest

    def settle(self, photo_ids: Iterable[int]) -> None:
        """These are delivered, or will never be; they may be asked for again."""
        with self._lock:
            self._taken.difference_update(photo_ids)

    def retire(self) -> None:
        """A worker stops without having asked for more."""
        with self._lock:
            self._idle += 1

    def drop(self, photo_ids: Iterable[int]) -> list[int]:
        """Forget requests that no worker has begun; returns those that were open."""
        with self._lock:
            return [photo_id for photo_id in photo_ids if self._pending.pop(photo_id, 0) is None]

    def begun(self) -> frozenset[int]:
        """What the workers are loading right now."""
        with self._lock:
            return frozenset(self._taken)

    def clear(self) -> None:
        """Forget every request that no worker has begun."""
        with self._lock:
            self._pending.clear()

    def __len__(self) -> int:
        with self._lock:
            return len(self._pending)
