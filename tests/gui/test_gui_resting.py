"""Lookalikes are asked for when the cursor rests: at once for a first step, never in the middle of a drag."""

import time

import pytest

from tests.gui.turning import turn_until
from twinlens.gui.resting import SETTLE_MS, Resting


@pytest.fixture
def resting(qtbot, qapp):
    timer = Resting(qapp)
    yield timer
    timer.stop()
    timer.deleteLater()


def fired_after_ms(resting: Resting) -> float:
    began, fired = time.monotonic(), []
    resting.timeout.connect(lambda: fired.append(time.monotonic()))
    turn_until(lambda: fired)
    return (fired[0] - began) * 1000


def test_a_first_step_is_answered_at_once(resting):
    resting.moved()
    assert fired_after_ms(resting) < SETTLE_MS


def test_a_step_behind_another_waits_for_the_last(resting):
    resting.moved()
    resting.stop()
    resting.moved()
    assert fired_after_ms(resting) >= SETTLE_MS * 0.9


def test_what_changes_under_the_cursor_waits_though_it_is_the_first(resting):
    resting.moved()
    resting.was_moved()
    assert fired_after_ms(resting) >= SETTLE_MS * 0.9


def test_where_the_photo_stays_nothing_is_asked(resting):
    resting.was_moved()
    assert not resting.isActive()
