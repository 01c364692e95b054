"""Stars: what must hold for any edges, whichever way they are grown."""

import time
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching.test_matching_clustering import library
from twinlens.domain.columns import RelationColumns
from twinlens.domain.group import GroupQuery
from twinlens.domain.relation import PhotoClass
from twinlens.matching.clustering import group_rows
from twinlens.matching.groundwork import Groundwork
from twinlens.matching.representatives import nearest_representative
from twinlens.matching.stars import Stars, hubs, joined

NO_REFUSALS = np.zeros((0, 2), np.int64)


@st.composite
def edges(draw: st.DrawFn):
    """The number of nodes, edges from the surest to the weakest, and their scores."""
    count = draw(st.integers(2, 16))
    end = st.integers(0, count - 1)
    pairs = draw(st.lists(st.tuples(end, end).filter(lambda pair: pair[0] < pair[1]), max_size=60, unique=True))
    scores = sorted(draw(st.lists(st.integers(50, 60), min_size=len(pairs), max_size=len(pairs))), reverse=True)
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    return count, ends[:, 0], ends[:, 1], np.array(scores, np.float32) / 100


def together(lowest) -> set[tuple[int, int]]:
    return {(a, b) for a in range(len(lowest)) for b in range(a + 1, len(lowest)) if lowest[a] == lowest[b]}


@settings(max_examples=200, deadline=None)
@given(edges(), st.lists(st.tuples(st.integers(0, 15), st.integers(0, 15)), max_size=3))
def test_every_cluster_has_a_hub_and_weaker_edges_only_join(case, pairs):
    count, first, second, _ = case
    refused = np.array([pair for pair in pairs if pair[0] != pair[1] and max(pair) < count], np.int64).reshape(-1, 2)
    parted = {frozenset(pair) for pair in refused.tolist()}
    held = np.array([frozenset(pair) not in parted for pair in zip(first.tolist(), second.tolist(), strict=True)], bool)
    first, second = first[held], second[held]
    stars = Stars(count, joined(count, first, second, refused))
    before: set[tuple[int, int]] = set()
    for end in range(len(first) + 1):
        lowest = stars.clusters(end)
        hub = hubs(lowest, first[:end], second[:end])
        known = {frozenset(pair) for pair in zip(first[:end].tolist(), second[:end].tolist(), strict=True)}
        for node in range(count):
            assert lowest[node] <= node
            centre = hub[lowest[node]]
            assert node == centre or frozenset((node, int(centre))) in known
        pairs_joined = together(lowest)
        assert before <= pairs_joined
        assert not parted & {frozenset(pair) for pair in pairs_joined}
        before = pairs_joined


@settings(max_examples=200, deadline=None)
@given(edges())
def test_large_and_small_components_grow_alike(case):
    count, first, second, _ = case
    small = Stars(count, joined(count, first, second, NO_REFUSALS))
    with patch("twinlens.matching.stars.MOST_IN_A_WORD", 0):
        large = Stars(count, joined(count, first, second, NO_REFUSALS))
    for end in range(len(first) + 1):
        assert large.clusters(end).tolist() == small.clusters(end).tolist()


@settings(max_examples=300, deadline=None)
@given(edges())
def test_choosing_many_representatives_at_once_is_choosing_one_after_the_other(case):
    count, first, second, score = case
    weight = np.zeros((count, count))
    weight[first, second] = weight[second, first] = np.round(score.astype(np.float64) * 10_000)
    chosen, free = [], weight.copy()
    while free.any():
        best = int(np.argmax(free.sum(axis=0)))
        chosen.append(best)
        gone = [best, *np.flatnonzero(free[best]).tolist()]
        free[gone] = free[:, gone] = 0
    found = nearest_representative(count, first, second, score)
    assert set(found[found >= 0].tolist()) == set(chosen)
    for node in range(count):
        if node not in chosen:
            near = weight[node, sorted(chosen)] if chosen else np.zeros(1)
            assert found[node] == (sorted(chosen)[int(np.argmax(near))] if near.any() else -1)


@pytest.mark.parametrize("rising", [False, True])
def test_ten_thousand_frames_each_like_its_neighbours_give_bounded_groups_in_bounded_time(rising: bool):
    """A time-lapse: one chain without an end. With rising scores the best representative is always the next but one."""
    count, reach = 10_000, 32
    random = np.random.default_rng(4)
    place = np.concatenate([np.arange(count - step) for step in range(1, reach + 1)])
    step = np.repeat(np.arange(1, reach + 1), count - np.arange(1, reach + 1))
    score = 0.75 + 0.2 * (place / count if rising else random.random(len(place)))
    name = random.permutation(count)
    first, second = np.sort([name[place], name[place + step]], axis=0)
    empty = np.zeros(len(place), np.float32)
    found = RelationColumns(
        first, second, np.full(len(place), PhotoClass.BURST.rank, np.int8), score.astype(np.float32),
        empty.astype(np.int8), empty, empty, empty,
    )  # fmt: skip
    photos = library(list(range(count)))
    photos.taken_s[name] = np.arange(count)
    ground = Groundwork(photos, found, np.arange(count), NO_REFUSALS)
    start = time.process_time()
    for similarity in (0.75, 0.85, 0.6):
        groups = group_rows(ground, GroupQuery(PhotoClass.BURST, similarity))
        assert np.diff(groups.starts).max() <= 2 * reach + 1
        spread = [np.ptp(photos.taken_s[rows]) for rows in np.split(groups.rows, groups.starts[1:-1])]
        assert max(spread) <= 2 * reach
        if similarity == 0.75:
            assert len(groups.rows) > 0.99 * count
            assert len(groups) < 250
    assert time.process_time() - start < 6  # the aim is 2 s
