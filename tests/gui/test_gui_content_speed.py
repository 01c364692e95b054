"""First paint and frames of large libraries; the bounds are wide, for what they guard against is ten times slower."""

import time

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QAbstractItemView

from tests.gui.content_samples import LazyGroups, PumpedRunner, Shelf, jpegs, thumbnail
from twinlens.domain.group import GroupQuery
from twinlens.domain.relation import PhotoClass
from twinlens.gui.grid.panel import PhotoGridPanel
from twinlens.gui.groups.panel import GroupsPanel
from twinlens.gui.theme.contrast import contrast
from twinlens.gui.thumbnails.colours import Colours
from twinlens.gui.thumbnails.loader import ThumbnailLoader

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")  # the offscreen platform, not us

FIRST_PAINT_S = 0.3
FRAME_S = 0.033
SLIDER_S = 0.3


@pytest.fixture
def library(qapp, photos_dir):
    shelf = Shelf(jpegs(photos_dir / "caltech101", 60))
    runner = PumpedRunner()

    def fetch(photo_ids: list[int]) -> dict[int, bytes]:
        return {photo_id: thumbnail(shelf.photos[(photo_id - 1) % 60 + 1].path) for photo_id in photo_ids}

    loader = ThumbnailLoader(fetch, runner=runner)
    yield loader, runner, lambda ids: {photo_id: shelf.photos[(photo_id - 1) % 60 + 1] for photo_id in ids}
    loader.shutdown()


def seconds_of_frames(view: QAbstractItemView, runner: PumpedRunner, step_px: int, frames: int = 12) -> float:
    """The median time to paint a frame while scrolling, thumbnails being there."""
    bar, times = view.verticalScrollBar(), []
    for number in range(frames):
        bar.setValue(number * step_px)
        view.viewport().grab()
        runner.pump()
        started = time.perf_counter()
        view.viewport().grab()
        times.append(time.perf_counter() - started)
    return sorted(times)[frames // 2]


def test_twenty_thousand_photos_paint_at_once(qtbot, library):
    loader, runner, lookup = library
    panel = PhotoGridPanel(loader)
    qtbot.addWidget(panel)
    panel.resize(1280, 800)
    panel.set_photos(lookup)
    started = time.perf_counter()
    panel.set_photo_ids(range(1, 20_001))
    panel.show()
    panel.grab()
    first_paint_s = time.perf_counter() - started
    assert len(runner.waiting) > 0  # cards were painted: they asked for their thumbnails
    frame_s = seconds_of_frames(panel.view(), runner, 200)
    assert (first_paint_s < FIRST_PAINT_S, frame_s < FRAME_S) == (True, True), (first_paint_s, frame_s)


def test_twenty_eight_thousand_groups_paint_at_once_and_regroup_in_place(qtbot, library):
    loader, runner, lookup = library
    panel = GroupsPanel(loader)
    qtbot.addWidget(panel)
    panel.resize(1280, 800)
    panel.set_photos(lookup)
    groups = LazyGroups(28_000)
    started = time.perf_counter()
    panel.set_groups(groups, GroupQuery(PhotoClass.SAME_SHOT))
    panel.show()
    panel.grab()
    first_paint_s = time.perf_counter() - started
    assert 3 <= groups.made < 20
    frame_s = seconds_of_frames(panel.view(), runner, 250)
    panel.show_photo(40_001)
    started = time.perf_counter()
    panel.set_groups(LazyGroups(27_900), GroupQuery(PhotoClass.SAME_SHOT, similarity=0.8))
    panel.grab()
    regroup_s = time.perf_counter() - started
    assert panel.current_photo_id() == 40_001
    assert (first_paint_s < FIRST_PAINT_S, frame_s < FRAME_S) == (True, True), (first_paint_s, frame_s)
    assert regroup_s < SLIDER_S, regroup_s


@pytest.mark.parametrize(("base", "text"), [("#1e1e1e", "#e6e6e6"), ("#2b2b2b", "#e6e6e6"), ("#fafafa", "#1c1c1c")])
def test_every_text_colour_can_be_read_on_every_ground(base, text):
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor(base))
    palette.setColor(QPalette.ColorRole.Text, QColor(text))
    palette.setColor(QPalette.ColorRole.Highlight, QColor("#3d7fc9"))
    colours = Colours.of(palette)
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    for ground in (colours.base, colours.raised, colours.selected):
        assert contrast(colours.text, ground) >= 4.5
        assert contrast(colours.quiet_text, ground) >= 4.5
    for mark in (colours.keep, colours.reject):
        assert contrast(mark, colours.base) >= 4.5
        assert contrast(mark, colours.on_mark) >= 4.5
    assert contrast(colours.focus, colours.raised) >= 3.0
