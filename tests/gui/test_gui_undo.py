"""Undo and redo of everything, by keys, across restarts."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer

from tests.gui.content_samples import PumpedRunner
from tests.review.made_library import catalogue, picture
from twinlens.domain.group import Mark
from twinlens.domain.relation import PhotoClass
from twinlens.gui.desks.decision_desk import DecisionDesk
from twinlens.gui.desks.mark_desk import MarkDesk
from twinlens.gui.desks.pending_writes import PendingWrites
from twinlens.gui.desks.photo_book import PhotoBook
from twinlens.gui.jobs import SerialThread
from twinlens.library.open import Library

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def files_in(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*.jpg") if ".twinlens" not in str(path)}


@pytest.mark.photos
def test_everything_is_taken_back_and_done_again_after_a_restart(qtbot, windows, drive):
    window = windows.open(drive, view="duplicates")
    view = window.workspace.duplicates.groups.view()
    before = len([*drive.rglob("*.jpg")])
    qtbot.keyClick(view, Qt.Key.Key_Minus)  # of two identical files nothing else can be said
    assert "These are the same file" in window.toast.text()
    qtbot.keyClick(view, Qt.Key.Key_Return)  # accept the suggestion
    window.workspace.duplicates.choose(PhotoClass.SAME_SHOT)
    windows.settle()
    qtbot.keyClick(view, Qt.Key.Key_Minus)  # the only group here: no duplicates
    windows.settle()
    assert window.actions_by_id["undo"].text() == "&Undo: call 2 photos no duplicates"
    window.actions_by_id["remove"].trigger()
    windows.settle()
    assert window.session.marks.rejected_count == 0
    assert window.actions_by_id["undo"].text() == "&Undo: move 1 photo to the quarantine"
    windows.close()

    window = windows.open()
    groups = window.session.groups
    assert [len(groups.groups(kind)) for kind in (PhotoClass.IDENTICAL_FILE, PhotoClass.SAME_SHOT)] == [1, 0]
    for words in ("Put 1 photo back.", "Undone: call", "Undone: keep 1, reject 1 photo."):
        qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
        windows.settle()
        assert words in window.toast.text()
    assert len([*drive.rglob("*.jpg")]) == before
    assert [len(groups.groups(kind)) for kind in (PhotoClass.IDENTICAL_FILE, PhotoClass.SAME_SHOT)] == [2, 1]
    assert window.session.marks.marks == {}
    assert window.actions_by_id["undo"].text() == "&Undo"
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert "nothing to take back" in window.toast.text()
    windows.close()

    window = windows.open()
    assert window.actions_by_id["redo"].text() == "&Redo: keep 1, reject 1 photo"
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert window.session.marks.rejected_count == 1
    qtbot.keyClick(window, Qt.Key.Key_Y, CONTROL)
    qtbot.keyClick(window, Qt.Key.Key_Y, CONTROL)
    windows.settle()
    assert len([path for path in drive.rglob("*.jpg") if ".twinlens" not in str(path)]) == before - 1
    assert len(window.session.groups.groups(PhotoClass.IDENTICAL_FILE)) == 1


@pytest.fixture
def library(tmp_path: Path):
    with Library.open(tmp_path / "made") as opened:
        yield opened


def desks_of(library: Library, runner) -> tuple[MarkDesk, DecisionDesk]:
    pending = PendingWrites()
    marks = MarkDesk(library, PhotoBook(library).known, runner, pending)
    return marks, DecisionDesk(library, marks, pending, runner)


def test_an_undo_on_its_way_does_not_take_back_what_is_marked_after_it(qtbot, library, tmp_path):
    first, second = catalogue(library, [picture(tmp_path / "photos" / f"{k}.png", k) for k in range(2)])
    runner = PumpedRunner()
    marks, decisions = desks_of(library, runner)
    marks.set({first: Mark.KEEP, second: Mark.KEEP})
    decisions.undo()
    marks.set({second: Mark.REJECT})
    runner.pump()
    assert marks.marks == library.catalog().marks.all() == {second: Mark.REJECT}
    decisions.undo()
    runner.pump()
    assert marks.marks == library.catalog().marks.all() == {}


def test_fifty_thousand_marks_are_journalled_and_undone_beside_the_event_loop(qtbot, library, tmp_path):
    """The window's thread never stops for 100 ms: neither for the marks of a rule nor for taking them back."""
    catalogue(library, [picture(tmp_path / "photos" / "0.png", 0)])
    db = library.catalog()._connection
    names = [row[1] for row in db.rows("PRAGMA table_info(photos)") if row[1] not in ("id", "relative_path")]
    columns = ", ".join(names)
    db.run(
        f"INSERT INTO photos (relative_path, {columns}) SELECT CAST('IMG_' || n.value AS BLOB), {columns} FROM photos,"
        " (WITH RECURSIVE c(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM c WHERE value < 50000) SELECT value FROM c) n"
    )
    ids = [int(i) for (i,) in db.rows("SELECT id FROM photos")]
    runner = SerialThread("twinlens-decisions", library.release_thread, finishes_all=True)
    marks, decisions = desks_of(library, runner)
    gaps = Gaps()
    try:
        with qtbot.waitSignal(decisions.horizonChanged, timeout=20_000):
            marks.set(dict.fromkeys(ids, Mark.REJECT), "rule", "suggested")
        assert library.catalog().deed_list.all()[0].rejects == 50_001
        with qtbot.waitSignal(decisions.turned, timeout=20_000):
            decisions.undo()
        assert marks.marks == {}
        with qtbot.waitSignal(decisions.turned, timeout=20_000):
            decisions.redo()
        assert marks.rejected_count == 50_001
    finally:
        gaps.stop()
        runner.finish()
    assert gaps.longest_s < 0.5  # on a quiet machine a tenth of that


class Gaps:
    """How long the event loop did not turn."""

    def __init__(self) -> None:
        self.longest_s, self._last = 0.0, time.perf_counter()
        self._timer = QTimer()
        self._timer.setInterval(2)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest_s = max(self.longest_s, now - self._last)
        self._last = now

    def stop(self) -> None:
        self._timer.stop()


def test_undo_reaches_the_decision_from_an_empty_search_field(qtbot, windows, drive):
    window = windows.open(drive, view="duplicates")
    panel = window.workspace.duplicates.groups
    qtbot.keyClick(panel.view(), Qt.Key.Key_P)
    assert window.session.marks.marks
    window.actions_by_id["view.history"].trigger()
    for field in (panel.arranging.text, window.workspace.history.search):
        shown = "history" if field is window.workspace.history.search else "duplicates"
        window.actions_by_id[f"view.{shown}"].trigger()
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
        windows.settle()
        assert not window.session.marks.marks, shown
        qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL | SHIFT)
        windows.settle()
        assert window.session.marks.marks, shown
        qtbot.keyClicks(field, "ab")
        qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)  # takes back what was typed
        assert not field.text()
        assert window.session.marks.marks, shown
