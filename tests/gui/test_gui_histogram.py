"""The sliders in the window: dragged by the mouse and by keys, the histogram under them, and the live counts beside them."""

import shutil

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSlider

from tests.gui.turning import turn_until
from twinlens.domain.group import Mark
from twinlens.domain.relation import PhotoClass
from twinlens.gui.jobs import Workers
from twinlens.gui.main_window import MainWindow
from twinlens.gui.session import LibrarySession
from twinlens.gui.sliders.histogram_strip import HistogramStrip
from twinlens.gui.theme.theme import Theme
from twinlens.library.open import Library
from twinlens.review.slider_histogram import SliderHistogram

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture
def window(qtbot, qapp, photos_dir, tmp_path):
    """Two bursts of a trail camera, and a re-encoded photo."""
    drive = tmp_path / "drive"
    drive.mkdir()
    for path in sorted((photos_dir / "burst_trailcam").glob("*.JPG"))[:8]:
        shutil.copy2(path, drive / path.name)
    with Image.open(sorted((photos_dir / "nature").glob("*.jpg"))[0]) as image:
        image.convert("RGB").save(drive / "a.jpg", quality=95)
        image.convert("RGB").resize((image.width // 2, image.height // 2)).save(drive / "b.jpg", quality=80)
    made = MainWindow(LibrarySession(Library.open(tmp_path / "library"), Workers.at_once()), Theme(qapp))
    made.show()
    made.begin([str(drive)])
    made.show_view("bursts")
    bar = made.workspace.bursts.bar()
    qtbot.waitUntil(lambda: bar.similarity.histogram.histogram() is not None)
    yield made
    made.close()
    made.deleteLater()


def pairs(strip: HistogramStrip) -> int:
    histogram = strip.histogram()
    return 0 if histogram is None else int(histogram.counts.sum())


def test_both_sliders_of_the_bursts_show_their_pairs(window):
    bar = window.workspace.bursts.bar()
    assert pairs(bar.similarity.histogram) > 0
    assert pairs(bar.time_gap.histogram) > 0
    groups = window.session.groups.groups(PhotoClass.BURST)
    assert pairs(bar.similarity.histogram) >= groups.photo_count - len(groups)


def test_dragging_regroups_says_what_changed_and_keeps_the_photo(qtbot, window):
    panel = window.workspace.bursts
    bar, slider = panel.bar(), panel.bar().time_gap.slider()
    before, photo = bar.texts(), panel.current_photo_id()
    whole = len(window.session.groups.shown(PhotoClass.BURST))
    handle = QPoint(round(bar.time_gap.histogram.centre_of(slider.value())), slider.height() // 2)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=handle)
    QTest.mouseMove(slider, QPoint(2, handle.y()))
    assert slider.isSliderDown()
    qtbot.waitUntil(lambda: window.session.groups.query(PhotoClass.BURST).time_gap_s == bar.time_gap.value())
    qtbot.waitUntil(lambda: len(window.session.groups.shown(PhotoClass.BURST)) != whole)
    assert "against" in bar.texts()[1]
    assert bar.texts()[0] != before[0]
    QTest.mouseMove(slider, handle)
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=handle)
    qtbot.waitUntil(lambda: len(window.session.groups.shown(PhotoClass.BURST)) == whole)
    assert bar.texts()[1].startswith("The same as at")
    assert panel.current_photo_id() == photo
    bar._end_slide()
    assert bar.texts() == before


def test_the_keys_move_the_slider_and_the_histogram_follows(qtbot, window):
    bar = window.workspace.bursts.bar()
    strip, slider = bar.similarity.histogram, bar.similarity.slider()
    highest = int(np.flatnonzero(strip.histogram().counts)[-1])
    said = strip.accessibleDescription()
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert not strip.included(highest) or highest == slider.maximum()
    assert strip.accessibleDescription() != said
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert strip.included(highest)
    assert strip.accessibleName() == "Pairs under Similarity"


def test_pressing_the_histogram_puts_the_slider_there(window):
    strip = window.workspace.bursts.bar().similarity.histogram
    slider = window.workspace.bursts.bar().similarity.slider()
    for position in (0, 20, 37, slider.maximum()):
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(strip.centre_of(position)), 5))
        assert abs(slider.value() - position) <= 1


def test_decisions_become_ticks(qtbot, window):
    strip = window.workspace.bursts.bar().similarity.histogram
    group = window.workspace.bursts.current_group()
    keeper, *others = (member.photo_id for member in group.members)
    window.session.mark_many({keeper: Mark.KEEP} | dict.fromkeys(others, Mark.REJECT))
    qtbot.waitUntil(lambda: strip.histogram().yes.sum() > 0)
    assert "that you accepted" in strip.accessibleDescription()
    window.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: strip.histogram().yes.sum() == 0)
    window.actions_by_id["refuse"].trigger()
    qtbot.waitUntil(lambda: strip.histogram().no.sum() > 0)
    assert "that you called no duplicates" in strip.accessibleDescription()


def test_ticks_stay_when_what_was_accepted_is_in_the_quarantine(qtbot, window):
    duplicates = window.workspace.duplicates
    window.show_view("duplicates")
    duplicates.choose(PhotoClass.SAME_SHOT)
    strip = duplicates.groups.bar().similarity.histogram
    turn_until(lambda: pairs(strip) > 0)
    duplicates.groups.view().setFocus()
    for _ in range(len(window.session.groups.shown(PhotoClass.SAME_SHOT))):
        QTest.keyClick(duplicates.groups.view(), Qt.Key.Key_Return)
    turn_until(lambda: strip.histogram().yes.sum() > 0)
    ticks = strip.histogram().yes.tolist()
    window.actions_by_id["remove"].trigger()
    turn_until(lambda: window.session.records.records.waiting)
    turn_until(lambda: strip.histogram().counts.sum() == 0)  # these pairs are no more
    assert strip.histogram().yes.tolist() == ticks
    window.actions_by_id["undo"].trigger()
    turn_until(lambda: not window.session.records.records.waiting)
    turn_until(lambda: strip.histogram().counts.sum() > 0)
    assert strip.histogram().yes.tolist() == ticks  # marks again, not both


def test_yes_no_and_bars_are_told_apart_by_shape_and_place(qtbot):
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(0, 2)
    slider.resize(176, 24)
    strip = HistogramStrip(slider, str, counts_above=True, parent=None)
    qtbot.addWidget(slider)
    qtbot.addWidget(strip)
    strip.resize(strip.sizeHint())
    blank = strip.grab().toImage()
    columns = np.array([1, 0, 0]), np.array([0, 1, 0]), np.array([0, 0, 1])
    strip.show_histogram(SliderHistogram(*columns))
    drawn = strip.grab().toImage()
    changed = [
        {y for y in range(drawn.height()) if drawn.pixel(round(strip.centre_of(at)), y) != blank.pixel(0, 0)}
        for at in range(3)
    ]
    bar, yes, no = changed
    assert len(bar) > len(yes)
    assert max(yes - bar | {0}) <= 6 < 20 < max(no)


def test_the_same_bytes_need_no_slider_and_no_histogram(window):
    window.show_view("duplicates")
    window.workspace.duplicates.choose(PhotoClass.IDENTICAL_FILE)
    bar = window.workspace.duplicates.groups.bar()
    assert bar.similarity.isHidden()
    assert bar.texts()[1] == "The same bytes"
