"""The meter: what it counts, with a clock of the test's own, and what the footer says of a real review."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from twinlens.domain.deed import Origin
from twinlens.domain.group import Mark
from twinlens.gui.meter.feature import Meter
from twinlens.gui.meter.label import MeterLabel
from twinlens.gui.meter.pace import LONGEST_THOUGHT_S, WINDOW_S, Pace
from twinlens.gui.meter.words import removed_words

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


class Clock:
    """Stands still until the test moves it."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def pace_of(steps: list[tuple[float, int]]) -> tuple[Pace, Clock]:
    """A pace after decisions: seconds since the one before, and photos."""
    clock = Clock()
    pace, photo_id = Pace(clock), 0
    for gap_s, photos in steps:
        clock.now_s += gap_s
        pace.note(range(photo_id, photo_id + photos))
        photo_id += photos
    return pace, clock


def test_five_photos_every_six_seconds_are_3000_an_hour():
    pace, _ = pace_of([(0, 5)] + [(6.0, 5)] * 10)
    assert pace.photos_an_hour() == 3000


def test_nothing_is_said_before_there_is_something_to_say():
    assert pace_of([])[0].photos_an_hour() is None
    assert pace_of([(0, 3), (2, 3), (2, 3)])[0].photos_an_hour() is None


def test_a_pause_costs_nothing_and_the_pace_stays_after_it():
    steps = [(0, 4)] + [(4.0, 4)] * 10
    pace, clock = pace_of(steps)
    before = pace.photos_an_hour()
    clock.now_s += 3 * 3600
    assert pace.photos_an_hour() == before == 3600
    again, _ = pace_of([*steps, (3 * 3600, 4), *steps[1:]])
    assert again.photos_an_hour() == 3600


def test_only_the_last_ten_minutes_of_deciding_count():
    slow, quick = [(30.0, 1)] * 40, [(2.0, 4)] * round(WINDOW_S / 2)
    assert pace_of(slow)[0].photos_an_hour() == 120
    assert pace_of(slow + quick)[0].photos_an_hour() == 7200


def test_deciding_on_a_photo_again_does_not_count_it_again():
    clock = Clock()
    pace = Pace(clock)
    for _ in range(20):
        pace.note([1, 2, 3])
        clock.now_s += 1
    assert pace.photos_an_hour() == 0


@given(st.lists(st.tuples(st.floats(0, 200), st.integers(0, 20)), max_size=40))
def test_the_pace_is_photos_by_time_without_pauses(steps):
    pace, _ = pace_of(steps)
    counted = [(gap_s, photos) for gap_s, photos in steps[1:] if gap_s <= LONGEST_THOUGHT_S - 1e-6]
    if any(abs(gap_s - LONGEST_THOUGHT_S) < 1e-3 for gap_s, _ in steps):
        return  # rounding decides
    while counted and sum(gap_s for gap_s, _ in counted[1:]) >= WINDOW_S:
        counted.pop(0)
    duration_s = sum(gap_s for gap_s, _ in counted)
    found = pace.photos_an_hour()
    if found is not None:
        assert found == pytest.approx(sum(photos for _, photos in counted) * 3600 / duration_s, rel=1e-3, abs=1)


def test_a_narrow_window_shows_the_first_parts_and_a_screen_reader_gets_all(qtbot, qapp):
    label = MeterLabel(None)
    qtbot.addWidget(label)
    label.say(("12 decisions left", "4,900 photos an hour", "3.2 GB removed"), "why")
    label.resize(label.sizeHint())
    assert label.text() == "12 decisions left  ·  4,900 photos an hour  ·  3.2 GB removed"
    label.resize(label.width() - 40, label.height())
    assert label.text() == "12 decisions left  ·  4,900 photos an hour"
    label.resize(10, label.height())
    assert label.text() == ""
    assert "3.2 GB removed" in label.accessibleDescription()


@pytest.fixture
def window(windows, drive):
    return windows.open(drive, view="duplicates")


def test_the_footer_follows_a_review(qtbot, window):
    meter = next(feature for feature in window.features if isinstance(feature, Meter))
    clock = Clock()
    meter.pace = Pace(clock)
    meter.refresh()
    assert meter.label.parts() == ("2 decisions left",)
    arranging = window.workspace.duplicates.groups.arranging
    arranging.text.setText("no such name")
    arranging._typed()
    qtbot.waitUntil(lambda: meter.label.parts() == ("2 left, hidden by filters",))
    arranging.clear_all()
    view = window.workspace.duplicates.groups.view()
    QTest.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: meter.label.parts() == ("1 decision left",))
    clock.now_s += 20
    QTest.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: meter.label.parts() == ("all decided", "360 photos an hour"))
    window.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: meter.label.parts()[0] == "1 decision left")
    window.actions_by_id["remove"].trigger()
    qtbot.waitUntil(lambda: any("removed" in part for part in meter.label.parts()))
    assert "quarantine" in meter.label.toolTip()
    window.show_view("photos")
    qtbot.waitUntil(lambda: "decision" not in meter.label.parts()[0])


def test_bytes_are_freed_only_once_they_take_no_space():
    assert "freed" not in removed_words(5_000_000, 5_000_000)
    assert removed_words(5_000_000, 0) == "5.0 MB freed"
    assert removed_words(5_000_000, 2_000_000) == "5.0 MB removed, 3.0 MB of it freed"


def test_marks_by_a_rule_are_no_pace(qtbot, window):
    meter = next(feature for feature in window.features if isinstance(feature, Meter))
    clock = Clock()
    meter.pace = Pace(clock)
    group = window.workspace.duplicates.groups.current_group()
    for mark in (Mark.KEEP, Mark.REJECT, Mark.KEEP):
        window.session.mark_many({member.photo_id: mark for member in group.members}, Origin.RULE, "suggested")
        clock.now_s += 30
    assert meter.pace.photos_an_hour() is None
