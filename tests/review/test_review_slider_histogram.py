"""The histograms under the sliders, counted once more pair by pair."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.review.made_groups import made_groups
from twinlens.domain.group import GroupQuery
from twinlens.domain.relation import PhotoClass
from twinlens.review.data import ReviewData
from twinlens.review.duplicates import find_groups
from twinlens.review.slider_histogram import Decided, similarity_histogram, time_gap_histogram

SIMILARITY = np.arange(50, 101) / 100
TIME_GAP = np.array([0.0, 1.0, 5.0, 60.0, 86400.0])
NOTHING = np.zeros(0, np.int64)
UNDECIDED = Decided(NOTHING, NOTHING)

sizes = st.lists(st.integers(2, 5), min_size=1, max_size=12)


@settings(deadline=None, max_examples=50)
@given(sizes, st.integers(0, 99), st.integers(0, 9))
def test_pairs_are_counted_where_the_slider_would_part_them(sizes, seed, mark_seed):
    groups = made_groups(sizes, seed, known_times=0)  # other times would be other shots
    data, query = groups.data, groups.query
    ids = np.random.default_rng(mark_seed).permutation(data.photos.photo_id)
    decided = Decided(ids[: len(ids) // 2], ids[len(ids) // 2 :])
    found = similarity_histogram(data, query, SIMILARITY, decided)
    kept = set(decided.kept.tolist())
    counts, yes = np.zeros(51, int), np.zeros(51, int)
    for first, second, score in zip(
        data.relations.first_row, data.relations.second_row, data.relations.score, strict=True
    ):
        position = round(float(score) * 100) - 50
        counts[position] += 1
        yes[position] += (data.photos.photo_id[first] in kept) != (data.photos.photo_id[second] in kept)
    assert found.counts.tolist() == counts.tolist()
    assert found.yes.tolist() == yes.tolist()
    assert not found.no.any()
    for position in np.flatnonzero(counts).tolist():
        at, beyond = (
            find_groups(data, replace(query, similarity=float(SIMILARITY[place]))) for place in (position, position + 1)
        )
        assert at.photo_count > beyond.photo_count


def test_what_was_called_no_duplicates_is_counted_as_no_and_not_as_a_pair():
    groups = made_groups([2, 2, 2])
    data = groups.data
    content = data.photos.content_key
    rows = groups.rows_of(1)
    parted = ReviewData(data.photos, data.relations, content[rows].reshape(1, 2), data.order)
    found = similarity_histogram(parted, groups.query, SIMILARITY, UNDECIDED)
    assert (found.counts.sum(), found.no.sum()) == (2, 1)


def test_pauses_between_photos_of_one_camera_are_counted_where_the_slider_bridges_them():
    groups = made_groups([4], photo_class=PhotoClass.BURST, known_times=1)
    photos = replace(
        groups.data.photos, taken_s=np.array([100.0, 100.0, 101.5, 300.0]), camera_key=np.array([0, 0, 0, 0], np.int32)
    )
    data = ReviewData(photos, groups.data.relations, np.zeros((0, 2), np.int64), groups.data.order)
    ids = photos.photo_id
    found = time_gap_histogram(data, TIME_GAP, Decided(ids[:1], ids[1:2]))
    assert found.counts.tolist() == [1, 0, 1, 0, 1]
    assert found.yes.tolist() == [1, 0, 0, 0, 0]
    cameras = replace(photos, camera_key=np.array([0, 1, 0, -1], np.int32))
    data = ReviewData(cameras, groups.data.relations, np.zeros((0, 2), np.int64), groups.data.order)
    assert time_gap_histogram(data, TIME_GAP, UNDECIDED).counts.tolist() == [0, 0, 1, 0, 0]


def test_a_class_without_a_slider_and_an_empty_library_have_no_pairs():
    groups = made_groups([2])
    for query in (GroupQuery(PhotoClass.IDENTICAL_FILE), GroupQuery(PhotoClass.IDENTICAL_PIXELS)):
        assert not similarity_histogram(groups.data, query, SIMILARITY, UNDECIDED).counts.any()
    empty = made_groups([]).data
    assert not similarity_histogram(empty, groups.query, SIMILARITY, UNDECIDED).counts.any()
    assert not time_gap_histogram(empty, TIME_GAP, UNDECIDED).counts.any()
