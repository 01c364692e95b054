"""Where a picture lies: at the cursor, in bounds, and pixel for pixel, on any screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinlens.gui.canvas.geometry import (
    Extent,
    Look,
    Room,
    fit_scale,
    fitted,
    held,
    is_actual,
    lying,
    panned,
    place_under,
    scaled,
    zoomed,
)

PHOTO, WINDOW = Extent(6000, 4000), Room(1200, 900)
extents = st.builds(Extent, st.integers(1, 12_000), st.integers(1, 12_000))
rooms = st.builds(Room, st.integers(1, 4000), st.integers(1, 3000), st.sampled_from((1.0, 1.25, 1.5, 2.0)))


def test_a_picture_is_shown_whole_in_the_middle_and_a_small_one_is_not_enlarged():
    lies = lying(fitted(PHOTO, WINDOW), PHOTO, WINDOW)
    assert (lies.left, lies.top, lies.scale) == (0, 50, 0.2)
    small = Extent(300, 200)
    lies = lying(fitted(small, WINDOW), small, WINDOW)
    assert (lies.left, lies.top, lies.scale) == (450, 350, 1.0)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_at_1_to_1_each_pixel_is_one_of_the_screen(ratio: float):
    room = Room(1201, 903, ratio)
    look = scaled(fitted(PHOTO, room), PHOTO, room, 1.0, (317, 211))
    lies = lying(look, PHOTO, room)
    assert is_actual(look)
    assert lies.scale * ratio == pytest.approx(1)
    assert (lies.left * ratio) % 1 == pytest.approx(0, abs=1e-6) or (lies.left * ratio) % 1 == pytest.approx(1)


@given(extents, rooms, st.floats(0.1, 8), st.floats(0, 1), st.floats(0, 1))
def test_what_is_under_the_cursor_stays_there_unless_an_edge_holds_it(extent, room, factor, across, down):
    at = (across * room.width, down * room.height)
    start = scaled(fitted(extent, room), extent, room, 2.0)
    look = zoomed(start, extent, room, factor, at)
    lies = lying(look, extent, room)
    shown = (extent.width * lies.scale, extent.height * lies.scale)
    for left, size, whole in ((lies.left, shown[0], room.width), (lies.top, shown[1], room.height)):
        if size >= whole:  # no side of the room stays empty
            assert left <= 1
            assert left + size >= whole - 1
        else:  # or the picture lies in the middle
            assert left == pytest.approx((whole - size) / 2, abs=1)
    assert held(look, extent, room) == look


def test_zooming_keeps_the_place_under_the_cursor():
    at = (600, 400)
    start = scaled(fitted(PHOTO, WINDOW), PHOTO, WINDOW, 1.0)
    before = place_under(start, PHOTO, WINDOW, at)
    after = place_under(zoomed(start, PHOTO, WINDOW, 1.7, at), PHOTO, WINDOW, at)
    assert after == pytest.approx(before, abs=1)


def test_zooming_rests_at_1_to_1_and_out_at_the_whole_picture():
    look = fitted(PHOTO, WINDOW)
    seen = []
    for _ in range(20):
        look = zoomed(look, PHOTO, WINDOW, 1.25)
        seen.append(look.scale)
    assert 1.0 in seen
    assert max(seen) <= 16
    for _ in range(40):
        look = zoomed(look, PHOTO, WINDOW, 0.8)
    assert look.fits


def test_panning_moves_by_logical_pixels_and_stops_at_the_edge():
    room = Room(1200, 900, 2.0)
    look = scaled(fitted(PHOTO, room), PHOTO, room, 1.0)
    before, after = lying(look, PHOTO, room), lying(panned(look, PHOTO, room, 40, -25), PHOTO, room)
    assert (after.left - before.left, after.top - before.top) == pytest.approx((40, -25), abs=0.6)
    edge = panned(look, PHOTO, room, 99_999, 0)
    assert lying(edge, PHOTO, room).left == pytest.approx(0, abs=0.6)
    assert panned(fitted(PHOTO, room), PHOTO, room, 40, 0).fits


def test_what_fits_goes_on_to_fit_in_another_room_and_what_is_near_keeps_its_place():
    assert held(fitted(PHOTO, WINDOW), PHOTO, Room(600, 600)).scale == fit_scale(PHOTO, Room(600, 600))
    near = Look(1.0, 0.3, 0.6, fits=False)
    assert held(near, PHOTO, Room(800, 600)) == near
