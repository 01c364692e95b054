"""Whoever works at the machine goes first: threads and processes of a scan give way to the window."""

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from twinlens.domain.ports import GoOn
from twinlens.isolation.precedence import BESIDE, thread_gives_way
from twinlens.isolation.process import ChildProcess
from twinlens.scanning.apart import processes
from twinlens.scanning.lookahead import look_ahead

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a priority for each thread")


def niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


def wanted(before: int) -> int:
    return max(before, BESIDE)


def test_threads_that_study_give_way_and_the_one_that_asks_does_not() -> None:
    before = niceness()
    found = list(look_ahead(lambda _n: niceness(), range(8), lambda _n: 0, 2, GoOn()))
    assert set(found) == {wanted(before)}
    assert niceness() == before


def test_in_line_nothing_gives_way() -> None:
    before = niceness()
    assert list(look_ahead(lambda _n: niceness(), range(2), lambda _n: 0, 1, GoOn())) == [before, before]
    assert niceness() == before


def test_a_studying_process_gives_way_once_whoever_starts_it() -> None:
    """A thread that gives way hands its priority on: a process started by one must not give way twice."""
    before = niceness()

    def started() -> int:
        child = ChildProcess(processes.MODULE)
        try:
            child.ask(
                {"task": "none", "patience_s": 30.0, "bounds": {}}, b"", 30.0, 1 << 20
            )  # it is up when it answers
            return int(psutil.Process(child.pid).nice())
        finally:
            child.close()

    with ThreadPoolExecutor(1, initializer=thread_gives_way) as pool:
        assert pool.submit(started).result() == wanted(before)
    assert started() == wanted(before)
