"""What waits until the window shows what it knows: it waits, nothing is lost, and a failure holds up nobody."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Signal

from twinlens.gui.desks.settling import HeldRunner, Settling
from twinlens.gui.jobs import AtOnce, Workers
from twinlens.gui.main_window import MainWindow
from twinlens.gui.session import LibrarySession
from twinlens.gui.theme.theme import Theme
from twinlens.library.open import Library

pytestmark = [pytest.mark.qt_log_ignore("does not support propagateSizeHints"), pytest.mark.photos]


class Groups(QObject):
    loaded, failed = Signal(), Signal(str)


def settling_after(groups: Groups, rest_ms: int = 0) -> tuple[Settling, list[str], Callable[[str], None]]:
    settling, done = Settling(groups, rest_ms, groups), []  # type: ignore[arg-type]
    runner = settling.held(AtOnce())
    settling.settled.connect(lambda: done.append("settled"))
    return settling, done, lambda word: runner.start(lambda: done.append(word))


def test_what_is_held_begins_in_its_order_once_the_groups_are_there(qtbot):
    groups = Groups()
    settling, done, ask = settling_after(groups, rest_ms=20)
    ask("first")
    ask("second")
    groups.loaded.emit()
    assert not done
    with qtbot.waitSignal(settling.settled):
        pass
    assert done == ["first", "second", "settled"]
    ask("third")
    groups.loaded.emit()
    assert done == ["first", "second", "settled", "third"]
    late = AtOnce()
    assert settling.held(late) is late


def test_groups_that_cannot_be_read_hold_up_nobody(qtbot):
    groups = Groups()
    settling, done, ask = settling_after(groups)
    ask("lookalikes")
    with qtbot.waitSignal(settling.settled):
        groups.failed.emit("The catalog is damaged.")
    assert done == ["lookalikes", "settled"]


def test_what_is_held_when_the_window_closes_never_begins():
    done: list[str] = []
    runner = HeldRunner(AtOnce())
    runner.start(lambda: done.append("late"))
    runner.finish()
    runner.let_go()
    assert not done


def test_a_window_looks_for_new_photos_once_it_shows_what_it_knows(qtbot, qapp, drive, tmp_path):
    with Library.open(tmp_path / "library") as library:
        session = LibrarySession(library, Workers.at_once())
        session.add_folders([str(drive)])
        session.close()
    (drive / "new.jpg").write_bytes(next(drive.rglob("*.jpg")).read_bytes() + b"new")
    session = LibrarySession(Library.open(tmp_path / "library"), Workers.at_once())
    window = MainWindow(session, Theme(qapp))
    before = len(window.presenter._shown)
    order: list[str] = []
    session.groups.loaded.connect(lambda: order.append("groups"))
    session.similar.searching.connect(lambda: order.append("lookalikes wanted"))
    session.similar.found.connect(lambda _: order.append("lookalikes"))
    session.scans.stateChanged.connect(lambda: order.append("scan"))
    window.show()
    window.begin([])
    try:
        qtbot.waitUntil(lambda: len(window.presenter._shown) > before and "lookalikes" in order)
        assert "scan" in order
        assert order.index("groups") < order.index("scan")
        assert order.index("groups") < order.index("lookalikes")
    finally:
        window.close()
        window.deleteLater()
