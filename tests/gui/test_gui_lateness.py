"""The window notices that it is late, and a scan then makes room for it."""

import threading
import time

from PySide6.QtCore import QObject

from twinlens.gui.desks.lateness import EVERY_MS, LATE_MS, Lateness
from twinlens.gui.desks.scan_desk import ScanDesk
from twinlens.gui.jobs import SerialThread
from twinlens.scanning.courtesy import Courtesy

HELD_S = (EVERY_MS + LATE_MS) * 3 / 1000


def test_a_loop_that_was_held_up_is_late_and_one_that_rests_is_not_watched(qtbot):
    parent = QObject()
    lateness = Lateness(parent)
    told: list[None] = []
    lateness.late.connect(lambda: told.append(None))
    lateness.watch()
    with qtbot.waitSignal(lateness.late):
        time.sleep(HELD_S)
    lateness.rest()
    told.clear()
    time.sleep(HELD_S)
    qtbot.wait(3 * EVERY_MS)
    assert not told


def test_a_scan_makes_room_while_it_runs_and_only_then(qtbot, library, tmp_path, monkeypatch):
    asked: list[float] = []
    monkeypatch.setattr(Courtesy, "make_room", lambda _self: asked.append(time.monotonic()))
    going, go_on = threading.Event(), threading.Event()

    def held(*_all: object) -> object:
        going.set()
        assert go_on.wait(30)
        raise OSError("the scan ends here")

    monkeypatch.setattr("twinlens.scanning.pipeline.scan", held)
    runner = SerialThread("test-scan")
    desk = ScanDesk(library, runner)
    try:
        time.sleep(HELD_S)
        qtbot.wait(2 * EVERY_MS)
        assert not asked
        desk.start([str(tmp_path)])
        assert going.wait(30)
        time.sleep(HELD_S)
        qtbot.waitUntil(lambda: bool(asked))
        with qtbot.waitSignal(desk.failed):
            go_on.set()
        asked.clear()
        time.sleep(HELD_S)
        qtbot.wait(2 * EVERY_MS)
        assert not asked
    finally:
        go_on.set()
        runner.finish()
