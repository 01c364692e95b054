"""What is left of closed dialogs ends on the window's thread, however busy the threads of jobs are."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from twinlens.gui.garbage import CollectsGarbage


@pytest.fixture
def collects(qapp: QApplication) -> Iterator[CollectsGarbage]:
    gc.enable()  # as Python starts
    made = CollectsGarbage(qapp)
    yield made
    made.deleteLater()
    gc.unfreeze()


class Closed(QObject):
    """Holds itself, as a dialog does whose button is connected to one of its methods."""

    def __init__(self, ended_on: list[str]) -> None:
        super().__init__()
        self.myself, self.ended_on = self, ended_on

    def __del__(self) -> None:
        self.ended_on.append(threading.current_thread().name)


def make_cycles(count: int) -> None:
    for _ in range(count):
        cycle: list[object] = []
        cycle.append(cycle)


def test_a_job_that_leaves_much_behind_ends_no_object_of_the_window(collects: CollectsGarbage, qtbot) -> None:
    ended_on: list[str] = []
    for _ in range(20):
        Closed(ended_on)
    job = threading.Thread(target=make_cycles, args=(200_000,))
    job.start()
    job.join()
    assert not ended_on
    qtbot.waitUntil(lambda: len(ended_on) == 20)
    assert set(ended_on) == {threading.main_thread().name}


def test_what_jobs_leave_behind_does_not_stay(collects: CollectsGarbage, qtbot) -> None:
    before = len(gc.get_objects())
    make_cycles(50_000)
    qtbot.waitUntil(lambda: gc.get_count()[0] < gc.get_threshold()[0])
    assert len(gc.get_objects()) < before + 5_000
