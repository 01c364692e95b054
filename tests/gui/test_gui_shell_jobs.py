"""Work away from the GUI thread: answers arrive, failures are sentences, threads end."""

import logging
import os
import sys
import threading

import pytest
from PySide6.QtCore import QObject

from twinlens.domain.errors import PlanInvalid
from twinlens.domain.events import RelationsChanged
from twinlens.gui.jobs import AtOnce, EventRelay, SerialThread, Task, Workers
from twinlens.isolation.precedence import BEHIND_THE_WINDOW


def test_an_answer_arrives_on_the_gui_thread(qtbot):
    parent, runner = QObject(), SerialThread("test-worker")
    task = Task(runner, parent)
    worker: list[str] = []

    def work() -> object:
        worker.append(threading.current_thread().name)
        return 42

    with qtbot.waitSignal(task.done, timeout=3000) as blocker:
        task.run(work)
    assert blocker.args == [42]
    assert worker == ["test-worker"]
    runner.finish()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a priority for each thread")
def test_the_thread_of_the_window_goes_before_its_workers(qtbot):
    def niceness() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    before, found = niceness(), []
    runner = SerialThread("test-worker", finishes_all=True)
    runner.start(lambda: found.append(niceness()))
    runner.finish()
    assert found == [max(before, BEHIND_THE_WINDOW)]
    assert niceness() == before


def test_a_failure_is_a_sentence(qtbot):
    parent = QObject()
    task = Task(AtOnce(), parent)

    def work() -> object:
        raise PlanInvalid("No copy would be kept.")

    with qtbot.waitSignal(task.failed) as blocker:
        task.run(work)
    assert blocker.args == ["No copy would be kept."]


def test_an_unexpected_failure_is_logged_and_said(qtbot, caplog):
    parent = QObject()
    task = Task(AtOnce(), parent)
    with qtbot.waitSignal(task.failed) as blocker:
        task.run(lambda: 1 // 0)
    assert "ZeroDivisionError" in blocker.args[0]
    assert [r.levelno for r in caplog.records] == [logging.ERROR]
    caplog.clear()


def test_events_come_in_batches(qtbot):
    parent = QObject()
    relay = EventRelay(parent)
    batches: list[int] = []
    relay.arrived.connect(lambda events: batches.append(len(events)))

    def job() -> None:
        for number in range(1000):
            relay.emit_event(RelationsChanged(number))

    thread = threading.Thread(target=job)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: sum(batches) == 1000, timeout=3000)
    assert len(batches) < 50


def test_threads_end_and_say_goodbye():
    ended: list[str] = []
    workers = Workers.threads(lambda: ended.append(threading.current_thread().name))
    began = threading.Event()
    workers.queries.start(began.set)
    assert began.wait(3)
    workers.finish()
    assert ended == ["twinlens-query"]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("twinlens-")]
