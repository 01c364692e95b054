"""Work on several items at once, a bounded distance ahead of the one who takes the results."""

import collections
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Generic, TypeVar

from twinlens.domain.ports import JobControl
from twinlens.isolation.precedence import thread_gives_way

Item = TypeVar("Item")
Result = TypeVar("Result")

ITEMS_A_THREAD = 16  # enough to go on with while the consumer matches or writes for a third of a second
MAX_BYTES = 256 * 1024**2
PATIENCE_S = 0.05  # how often a waiting consumer asks whether it may go on
FAREWELL_S = 0.1  # how long one who was told to stop waits for what is being worked on


def look_ahead(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    weight_bytes: Callable[[Item], int],
    threads: int,
    control: JobControl,
) -> Iterator[Result]:
    """The results of ``work`` in the order of ``items``, computed on ``threads`` threads.

    At most ``ITEMS_A_THREAD`` items a thread and ``MAX_BYTES`` are under way or waiting to be taken (one item always is).
    When ``control`` says stop, what has not begun is dropped and the iteration ends. With one thread all runs in line.
    """
    if threads <= 1:
        for item in items:
            if not control.proceed():
                return
            yield work(item)
        return
    pool = ThreadPoolExecutor(threads, "twinlens-study", thread_gives_way)
    pulled = _Pulled(pool, work, iter(items), weight_bytes, threads * ITEMS_A_THREAD)
    try:
        yield from pulled.results(control)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        # A worker inside one long decode is not waited for: it touches nothing but its own file, and then ends.
        if pulled.all_ended(FAREWELL_S):
            pool.shutdown(wait=True)


class _Pulled(Generic[Item, Result]):
    """What is under way, oldest first."""

    def __init__(
        self,
        pool: ThreadPoolExecutor,
        work: Callable[[Item], Result],
        items: Iterator[Item],
        weight_bytes: Callable[[Item], int],
        most_items: int,
    ) -> None:
        self._pool, self._work, self._items, self._weight_bytes = pool, work, items, weight_bytes
        self._most_items = most_items
        self._next = next(self._items, None)
        self._waiting: collections.deque[tuple[Future[Result], int]] = collections.deque()
        self._under_way_bytes = 0

    def results(self, control: JobControl) -> Iterator[Result]:
        """The results in order, until all are taken or ``control`` says stop."""
        while True:
            self._begin_more()
            if not self._waiting:
                return
            future, weight = self._waiting[0]
            while not wait([future], timeout=PATIENCE_S).done and control.proceed():
                pass
            if not control.proceed():
                return
            self._waiting.popleft()
            self._under_way_bytes -= weight
            yield future.result()

    def all_ended(self, patience_s: float) -> bool:
        """Whether nothing is being worked on any more, after waiting so long at most."""
        return not wait([future for future, _ in self._waiting], timeout=patience_s).not_done

    def _begin_more(self) -> None:
        while self._next is not None and len(self._waiting) < self._most_items:
            weight = self._weight_bytes(self._next)
            if self._waiting and self._under_way_bytes + weight > MAX_BYTES:
                return
            self._waiting.append((self._pool.submit(self._work, self._next), weight))
            self._under_way_bytes += weight
            self._next = next(self._items, None)
