"""Work on several items at once, a bounded distance ahead of the one who takes the results."""

import collections
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

from twinlens.domain.ports import JobControl

Item = TypeVar("Item")
Result = TypeVar("Result")

ITEMS_A_THREAD = 4
MAX_BYTES = 256 * 1024**2
PATIENCE_S = 0.05  # how often a waiting consumer asks whether it may go on


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
    pool = ThreadPoolExecutor(threads, thread_name_prefix="twinlens-study")
    try:
        yield from _pulled(pool, work, iter(items), weight_bytes, threads * ITEMS_A_THREAD, control)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _pulled(
    pool: ThreadPoolExecutor,
    work: Callable[[Item], Result],
    items: Iterator[Item],
    weight_bytes: Callable[[Item], int],
    most_items: int,
    control: JobControl,
) -> Iterator[Result]:
    waiting: collections.deque[tuple[Future[Result], int]] = collections.deque()
    under_way = 0
    exhausted = False
    while True:
        while not exhausted and len(waiting) < most_items and (under_way < MAX_BYTES or not waiting):
            item = next(items, None)
            if item is None:
                exhausted = True
                break
            weight = weight_bytes(item)
            waiting.append((pool.submit(work, item), weight))
            under_way += weight
        if not waiting:
            return
        future, weight = waiting.popleft()
        while not wait([future], timeout=PATIENCE_S).done:
            if not control.proceed():
                return
        if not control.proceed():
            return
        under_way -= weight
        yield future.result()
