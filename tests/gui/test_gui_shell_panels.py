"""Footer, progress, toast, quarantine, history, settings: what they say and what they ask for."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QAction

from twinlens.domain.events import ProblemFound, ScanFinished, Stage, StageProgress
from twinlens.domain.plan import DisposalKind, Receipt, SessionSummary, StepState
from twinlens.domain.relation import PhotoClass, Transform
from twinlens.domain.settings import IGNORED_NAMES, SIMILARITY, THEME
from twinlens.gui.footer.bar import Footer
from twinlens.gui.outcome_words import removed_words, scan_words
from twinlens.gui.problems.panel import ProblemsPanel
from twinlens.gui.progress.strip import ProgressStrip
from twinlens.gui.progress.words import remaining_words
from twinlens.gui.quarantine.confirmation import purge_question
from twinlens.gui.quarantine.panel import QuarantinePanel
from twinlens.gui.settings.dialog import EDITED, SettingsDialog
from twinlens.gui.toast.toast import Toast
from twinlens.preferences.store import Preferences

AT = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)


def select(table, row):
    """As a click does; setCurrentIndex would heed the modifier keys of an earlier test's event."""
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    table.selectionModel().setCurrentIndex(table.model().index(row, 0), flags)


@pytest.fixture
def actions(qapp):
    pair = QAction("Pause", qapp), QAction("Stop", qapp)
    yield pair
    for action in pair:
        action.deleteLater()


def receipt(step: int, size_bytes: int = 1_000_000) -> Receipt:
    return Receipt(
        step, 1, DisposalKind.QUARANTINE, StepState.DONE, f"/photos/a/IMG_{step}.jpg", f"/photos/.q/{step}.jpg",
        size_bytes, 0, "00", "/photos/keeper.jpg", "00", PhotoClass.SAME_SHOT, 0.98, Transform.NONE, "resized", AT,
    )  # fmt: skip


def session(id_: int, *, done: int = 3, undone: int = 0) -> SessionSummary:
    return SessionSummary(
        id_, DisposalKind.QUARANTINE, "marks", AT, AT, AT if undone else None, done, 0, undone, 0, 3_000_000
    )


def test_the_footer_says_what_is_marked(qtbot, actions):
    footer = Footer(actions[0])
    qtbot.addWidget(footer)
    assert not actions[0].isEnabled()
    footer.show_marked(1, 2_000_000)
    assert footer.texts() == ("1 photo rejected  ·  2.0 MB", "Move 1 to quarantine")
    footer.show_marked(214, 1_200_000_000)
    assert footer.texts()[0].startswith("214 photos rejected  ·  1.2 GB")
    assert actions[0].isEnabled()


def test_progress_says_stage_amount_speed_and_time_left(qtbot, actions):
    strip = ProgressStrip(*actions)
    qtbot.addWidget(strip)
    strip.show_progress(StageProgress(Stage.STUDY, 120, 480, 41.2, 9.0))
    assert strip.texts() == ("Studying photos", "120 of 480  ·  41 photos/s  ·  about 10 s left")
    strip.show_paused(True)
    strip.show_progress(StageProgress(Stage.STUDY, 130, 480, 41.2, 9.0))
    assert strip.texts()[0] == "Paused"
    strip.show_paused(False)
    assert strip.texts()[0] == "Studying photos"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, ""), (float("nan"), ""), (3, "a few seconds left"), (170, "about 3 min left"), (9000, "about 2 h left")],
)
def test_time_left_is_a_guess_and_says_so(qapp, seconds, words):
    assert remaining_words(seconds) == words


def test_a_toast_acts_once_and_goes(qtbot, qapp):
    from PySide6.QtWidgets import QWidget

    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(800, 600)
    parent.show()
    toast, done = Toast(parent), []
    toast.say("Moved 14 photos.", "Undo", lambda: done.append(1))
    assert toast.text() == "Moved 14 photos."
    assert parent.rect().contains(toast.geometry())
    toast.button().click()
    assert done == [1]
    assert toast.text() == ""


def test_the_quarantine_asks_for_what_is_selected_or_for_all(qtbot):
    panel = QuarantinePanel()
    qtbot.addWidget(panel)
    panel.show_receipts([receipt(1), receipt(2), receipt(3)], 123_000)  # less than they are large: names of one file
    assert "3 photos in the quarantine" in panel.summary.text()
    assert "would free 123 kB" in panel.summary.text()
    with qtbot.waitSignal(panel.restoreRequested) as blocker:
        panel.restore.click()
    assert {r.step_id for r in blocker.args[0]} == {1, 2, 3}
    select(panel.table, 0)
    assert panel.purge.text() == "Remove 1 permanently…"
    with qtbot.waitSignal(panel.purgeRequested) as blocker:
        panel.purge.click()
    assert len(blocker.args[0]) == 1
    panel.show_receipts([], 0)
    assert not panel.purge.isEnabled()


def test_the_question_names_count_bytes_and_volume(qtbot):
    box = purge_question([receipt(1), receipt(2)], ["Photos 4TB"])
    qtbot.addWidget(box)
    assert box.text() == "Remove 2 photos (2.0 MB) from Photos 4TB for good?"
    assert box.defaultButton() is box.escapeButton()


def test_problems_are_lines_with_a_reason(qtbot):
    panel = ProblemsPanel()
    qtbot.addWidget(panel)
    panel.show_problems([ProblemFound("/photos/bad.jpg", "The file is cut short.")])
    assert [panel.model.data(panel.model.index(0, column)) for column in range(3)] == [
        "bad.jpg", "The file is cut short.", "/photos",
    ]  # fmt: skip


def test_settings_are_made_from_their_declarations_and_kept(qtbot, tmp_path):
    preferences = Preferences.load(tmp_path)
    dialog = SettingsDialog(preferences)
    qtbot.addWidget(dialog)
    for setting in EDITED:
        assert dialog.editor(setting).read() == setting.default, setting.key
        assert dialog.editor(setting).widget.accessibleName() == setting.title
    dialog.editor(THEME).show("light")
    dialog.editor(SIMILARITY).show(0.8)
    dialog.editor(IGNORED_NAMES).show(("a", "b"))
    with qtbot.waitSignal(dialog.saved) as blocker:
        dialog.accept()
    assert blocker.args[0] == [THEME, SIMILARITY, IGNORED_NAMES]
    again = Preferences.load(tmp_path)
    assert (again.choice(THEME), again.number(SIMILARITY), again.text_list(IGNORED_NAMES)) == ("light", 0.8, ("a", "b"))


def test_outcomes_are_sentences(qapp):
    assert removed_words(14, 31_000_000, ()) == "Moved 14 photos to the quarantine, 31.0 MB."
    assert "left where it is: It has changed." in removed_words(0, 0, (("/a.jpg", "It has changed."),))
    assert scan_words(ScanFinished(9, 0, 0, 9, 0, 0.1, {}, (), False)) == ""
    assert scan_words(ScanFinished(9, 9, 0, 0, 0, 2.2, {}, (), False)) == "Scanned 9 photos in 2 s."
