import threading
from collections.abc import Iterator

import pytest

from twinlens.domain.ports import GoOn
from twinlens.scanning import lookahead
from twinlens.scanning.control import PauseStop
from twinlens.scanning.lookahead import ITEMS_A_THREAD, look_ahead


def weightless(_item: int) -> int:
    return 0


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(threads: int) -> None:
    assert list(look_ahead(lambda n: n * n, range(50), weightless, threads, GoOn())) == [n * n for n in range(50)]
    assert list(look_ahead(lambda n: n, [], weightless, threads, GoOn())) == []


def test_no_more_items_are_drawn_than_are_allowed_ahead() -> None:
    drawn = 0

    def items() -> Iterator[int]:
        nonlocal drawn
        while drawn < 100:
            drawn += 1
            yield drawn

    for taken, _ in enumerate(look_ahead(lambda n: n, items(), weightless, 2, GoOn()), start=1):
        assert drawn <= taken + 2 * ITEMS_A_THREAD + 1
    assert drawn == 100


def test_the_bytes_under_way_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookahead, "MAX_BYTES", 100)
    lock = threading.Lock()
    under_way = most = 0
    weights = [40, 40, 40, 250, 10, 10, 90, 90, 10] * 5

    def work(weight: int) -> int:
        nonlocal under_way, most
        with lock:
            under_way += weight
            most = max(most, under_way)
        return weight

    for weight in look_ahead(work, weights, lambda weight: weight, 2, GoOn()):
        with lock:
            under_way -= weight
    assert most <= 250  # the one that is larger than the bound went alone


def test_an_exception_reaches_the_consumer() -> None:
    def work(n: int) -> int:
        if n == 7:
            raise ValueError("seven")
        return n

    results = look_ahead(work, range(20), weightless, 2, GoOn())
    assert [next(results) for _ in range(7)] == list(range(7))
    with pytest.raises(ValueError, match="seven"):
        next(results)


@pytest.mark.parametrize("threads", [1, 2])
def test_stop_drops_what_has_not_begun(threads: int) -> None:
    control = PauseStop()
    begun = []

    def work(n: int) -> int:
        begun.append(n)
        return n

    for n in look_ahead(work, range(1000), weightless, threads, control):
        if n == 10:
            control.stop()
    assert 11 <= len(begun) <= 11 + threads * ITEMS_A_THREAD
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("twinlens-study")]


def test_stop_does_not_wait_for_a_long_piece_of_work() -> None:
    control, long_work, begun = PauseStop(), threading.Event(), threading.Event()

    def work(n: int) -> int:
        begun.set()
        long_work.wait()
        return n

    ended = threading.Event()

    def consume() -> None:
        assert list(look_ahead(work, range(10), weightless, 2, control)) == []
        ended.set()

    consumer = threading.Thread(target=consume)
    consumer.start()
    begun.wait()
    control.stop()
    assert ended.wait(2.0)  # although nothing has come to its end
    long_work.set()
    consumer.join()


def test_no_thread_is_left_when_the_consumer_goes_away() -> None:
    results = look_ahead(lambda n: n, iter(range(1000)), weightless, 2, GoOn())
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("twinlens-study")]
