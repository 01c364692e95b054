"""What a comparison is made of: the walk, the arrangement, the way a photo lies in another's frame."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from twinlens.domain.difference import Difference
from twinlens.domain.group import Mark, Member, Suggestion
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import PhotoClass, Relation
from twinlens.gui.canvas.geometry import Extent
from twinlens.gui.compare.arrangement import columns_for, enlargement, laid_by, laid_whole
from twinlens.gui.compare.differences import colours
from twinlens.gui.compare.known import known_matrix
from twinlens.gui.compare.walk import Walk, walk_through


@given(st.integers(2, 20), st.data())
def test_n_photos_take_n_minus_1_decisions_and_every_photo_gets_a_mark(count: int, data):
    walk = begun = walk_through(range(count))
    assert walk is not None
    made = 0
    while not walk.is_over:
        assert walk.total == count - 1
        assert walk.decided == made
        walk = data.draw(st.sampled_from((Walk.left_wins, Walk.right_wins, Walk.both)))(walk)
        made += 1
    assert made == count - 1
    marks = walk.marks()
    assert sorted(marks) == list(range(count))
    assert marks[walk.left] is Mark.KEEP
    for _ in range(made):
        walk = walk.back()
    assert walk == begun


def test_the_winner_stays_on_its_side():
    walk = walk_through([1, 2, 3, 4])
    assert walk is not None
    walk = walk.right_wins()
    assert (walk.left, walk.right) == (3, 2)
    walk = walk.both()
    assert (walk.left, walk.right) == (4, 2)
    walk = walk.left_wins()
    assert walk.is_over
    assert walk.marks() == {1: Mark.REJECT, 3: Mark.KEEP, 2: Mark.REJECT, 4: Mark.KEEP}
    assert walk_through([1]) is None


def test_panes_are_arranged_so_that_pictures_are_largest():
    assert columns_for(2, 1400, 800, 1.5) == 2
    assert columns_for(2, 800, 1400, 1.5) == 1
    assert columns_for(4, 1400, 900, 1.5) == 2
    assert columns_for(3, 1600, 700, 0.67) == 3


def test_a_photo_lies_in_the_frame_of_another():
    frame, photo = Extent(6000, 4000), Extent(1500, 1500)
    whole = laid_whole(photo, frame)
    assert whole.map(QPointF(0, 0)) == QPointF(1000, 0)
    assert enlargement(whole, photo) == pytest.approx(4000 / 1500)
    crop = np.array([[0.25, 0, 0.5], [0, 0.375, 0.25], [0, 0, 1]])
    lies = laid_by(crop, photo, frame)
    assert lies.map(QPointF(0, 0)) == QPointF(3000, 1000)
    assert lies.map(QPointF(1500, 1500)) == QPointF(4500, 2500)
    assert enlargement(lies, photo) == pytest.approx(1)


def test_what_verification_knows_of_a_crop_is_there_at_once():
    crop = Difference(affine=(0.5, 0.0, 0.25, 0.0, 0.5, 0.1))
    relation = Relation(PhotoId(1), PhotoId(2), PhotoClass.EDITED, 0.9, difference=crop)
    members = (Member(PhotoId(1), Suggestion.KEEP, "", None), Member(PhotoId(2), Suggestion.NONE, "", relation))
    there, back = known_matrix(members, 1, 2), known_matrix(members, 2, 1)
    assert there is not None
    assert back is not None
    assert (there @ (1, 1, 1))[:2] == pytest.approx((0.75, 0.6))
    assert there @ back == pytest.approx(np.eye(3))
    assert known_matrix(members, 1, 3) is None


def test_a_threshold_hides_what_differs_less():
    table = colours(40)
    assert table[39] == 0
    assert all(entry >> 24 for entry in table[40:])
    assert colours(0)[0] == 0  # what is alike is never coloured
