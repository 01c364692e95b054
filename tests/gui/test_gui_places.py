"""Wherever a sort, a filter or a slider takes the groups: the current photo stays where it is on the screen."""

import numpy as np
import pytest

from tests.gui.content_samples import PumpedRunner, Shelf, jpegs
from tests.review.made_groups import made_groups
from twinlens.domain.arrangement import Arrangement, GroupFilter, Sort
from twinlens.gui.groups.panel import GroupsPanel
from twinlens.gui.groups.position import place_of
from twinlens.gui.thumbnails.loader import ThumbnailLoader
from twinlens.review.arrangement import arrange

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
NO_MARKS = np.zeros(0, np.int64)
MANY = made_groups([2, 3, 4] * 200)


@pytest.fixture
def panel(qtbot, photos_dir):
    shelf = Shelf(jpegs(photos_dir / "caltech101", 2))
    loader = ThumbnailLoader(shelf.fetch, runner=PumpedRunner())
    made = GroupsPanel(loader)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.set_photos(shelf.lookup)
    made.show()
    yield made
    loader.shutdown()


def top_of_current(panel: GroupsPanel) -> int:
    return panel.view().visualRect(panel.view().currentIndex()).top()


def show(panel: GroupsPanel, arrangement: Arrangement) -> None:
    panel.set_groups(arrange(MANY, arrangement, NO_MARKS), MANY.query)


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("descending", [True, False])
def test_a_photo_in_the_middle_stays_at_its_pixel_in_every_order(panel, sort, descending):
    show(panel, Arrangement())
    photo_id = int(MANY.photo_ids(300)[1])
    assert panel.show_photo(photo_id)
    panel.view().verticalScrollBar().setValue(panel.view().verticalScrollBar().value() + 37)
    top = top_of_current(panel)
    show(panel, Arrangement(sort, descending))
    assert panel.current_photo_id() == photo_id
    at_an_end = panel.view().current_number() < 3 or panel.view().current_number() > len(MANY) - 4
    assert at_an_end or top_of_current(panel) == top


def test_a_photo_that_a_filter_hides_gives_way_to_its_neighbour_and_comes_back(panel):
    show(panel, Arrangement())
    order = arrange(MANY, Arrangement(), NO_MARKS)
    wanted = GroupFilter(folder="/photos/2")
    passing = arrange(MANY, Arrangement(wanted=wanted), NO_MARKS)
    hidden = next(at for at in range(100, 200) if passing.group_of(int(order.photo_ids(at)[0])) is None)
    behind = next(at for at in range(hidden, 300) if passing.group_of(int(order.photo_ids(at)[0])) is not None)
    panel.view().place(hidden, 1)
    photo_id, top = panel.current_photo_id(), top_of_current(panel)
    show(panel, Arrangement(wanted=wanted))
    assert panel.current_group() == order[behind]
    show(panel, Arrangement(Sort.TAKEN, wanted=wanted))
    show(panel, Arrangement())
    assert panel.current_photo_id() == photo_id
    assert top_of_current(panel) == top


def test_who_goes_elsewhere_meanwhile_stays_there(panel):
    show(panel, Arrangement())
    panel.view().place(150, 0)
    show(panel, Arrangement(wanted=GroupFilter(camera="Pixel 8", text="IMG_1")))
    panel.view().place(3, 1)
    photo_id = panel.current_photo_id()
    show(panel, Arrangement())
    assert panel.current_photo_id() == photo_id


def test_a_place_is_kept_as_words_and_other_words_are_none(panel):
    show(panel, Arrangement())
    panel.view().place(150, 1)
    place = panel.place_keeper.places(MANY.query.photo_class)[MANY.query.photo_class]
    assert place_of(place.words()) == place
    assert place_of("") is None
    assert place_of("1 2 three 4 5") is None
