"""What needs no screen: boxes, cards, strips, scales and the contrast of the colours."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinlens.gui.groups.geometry import RowGeometry
from twinlens.gui.groups.strip import StripCursor
from twinlens.gui.inspector.preview_view import filling
from twinlens.gui.sliders.scale import similarity_scale, time_gap_scale
from twinlens.gui.thumbnails.box import Box, fitted
from twinlens.gui.thumbnails.card_geometry import square_card, strip_card

sizes = st.integers(1, 6000)


@given(sizes, sizes)
def test_a_fitted_picture_is_whole_keeps_its_shape_and_is_never_enlarged(width, height):
    room = Box(10, 20, 160, 120)
    shown = fitted(width, height, room)
    assert room.x <= shown.x
    assert shown.right <= room.right
    assert room.y <= shown.y
    assert shown.bottom == room.bottom
    assert 1 <= shown.width <= width
    assert 1 <= shown.height <= height
    if min(shown.width, shown.height) > 8:
        assert shown.width / shown.height == pytest.approx(width / height, rel=0.15)


@given(sizes, sizes)
def test_the_preview_fills_its_room_one_way(width, height):
    room = Box(0, 0, 400, 300)
    shown = filling(width, height, room)
    assert shown.width in (399, 400) or shown.height in (299, 300)
    assert shown.width <= 400
    assert shown.height <= 300


def test_the_parts_of_a_card_do_not_overlap():
    for card in (square_card(160, 15, 3), strip_card(176, 17, 2)):
        boxes = [card.image(5, 7), *(card.line(5, 7, number) for number in range(card.lines))]
        for upper, lower in pairwise(boxes):
            assert upper.bottom <= lower.y
        outline = card.outline(5, 7)
        assert boxes[-1].bottom <= outline.bottom
        assert all(outline.x <= box.x and box.right <= outline.right for box in boxes)


def row(width: int) -> RowGeometry:
    return RowGeometry(width, 28, strip_card(176, 15, 3))


@given(st.integers(320, 4000), st.integers(1, 400), st.integers(-5, 400))
def test_only_whole_cards_and_hints_are_shown_inside_the_row(width, count, first):
    geometry = row(width)
    shown = geometry.shown(count, first)
    assert len(shown) == min(count, geometry.capacity(count))
    right = geometry.card_box(count, first, shown[-1]).right
    if shown.stop < count:
        right = geometry.right_hint(count, first).right
        assert geometry.right_hint(count, first).x >= geometry.card_box(count, first, shown[-1]).right - 8
    assert right <= width
    if shown.start:
        assert geometry.left_hint().right <= geometry.card_box(count, first, shown[0]).x


@given(st.integers(320, 4000), st.integers(1, 400), st.integers(0, 400), st.data())
def test_every_shown_photo_is_found_under_its_own_middle(width, count, first, data):
    geometry = row(width)
    position = data.draw(st.sampled_from(geometry.shown(count, first)))
    box = geometry.card_box(count, first, position)
    assert geometry.position_at(count, first, box.x + box.width // 2, box.y + box.height // 2) == position
    assert geometry.position_at(count, first, box.right + 2, box.y + 5) != position
    assert geometry.position_at(count, first, box.x + 5, geometry.header.y) is None


@given(st.integers(320, 4000), st.integers(1, 400), st.integers(0, 400), st.data())
def test_the_photo_to_keep_in_sight_is_shown(width, count, first, data):
    keep = data.draw(st.integers(0, count - 1))
    geometry = row(width)
    start = geometry.first_shown(count, first, keep=keep)
    assert keep in geometry.shown(count, start)


@given(st.integers(1, 30), st.lists(st.tuples(st.sampled_from(["to", "extended_to", "toggled"]), st.integers(0, 29))))
def test_the_cursor_stays_inside_its_group(count, moves):
    cursor = StripCursor(count)
    for name, position in moves:
        cursor = getattr(cursor, name)(min(position, count - 1))
        assert 0 <= cursor.current < count
        assert cursor.selected <= set(range(count))
        assert cursor.chosen()
    assert cursor.everything().chosen() == tuple(range(count))


def test_shift_selects_from_where_the_selection_began():
    cursor = StripCursor(6).to(2).extended_to(4).extended_to(1)
    assert cursor.chosen() == (1, 2)
    assert cursor.current == 1
    assert cursor.toggled(4).chosen() == (1, 2, 4)
    assert cursor.to(99).chosen() == (5,)


@pytest.mark.parametrize("scale", [similarity_scale(), time_gap_scale()])
def test_scales_ascend_and_go_there_and_back(scale):
    assert list(scale.values) == sorted(set(scale.values))
    for position, value in enumerate(scale.values):
        assert scale.position(value) == position
        assert scale.value(position) == value


def test_the_scales_have_the_ends_and_defaults_of_the_settings():
    assert (similarity_scale().values[0], similarity_scale().values[-1]) == (0.5, 1.0)
    assert (time_gap_scale().values[0], time_gap_scale().values[-1]) == (0.0, 60.0)
    assert 0.75 in similarity_scale().values
    assert 3.0 in time_gap_scale().values
