"""Bursts at one pause after another: what is tied anew is what tying all of it finds, and no more than that."""

from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching.test_matching_stars import edges as graphs
from twinlens.domain.columns import BoolArray
from twinlens.domain.fingerprint import Float32Array
from twinlens.matching.edges import Edges, led
from twinlens.matching.runs import Runs, longest_between, tied_in_runs, ties_of
from twinlens.matching.stars import components


def edges_of(first: list[int], second: list[int], score: list[float]) -> Edges:
    return Edges(
        np.array(first, np.int64), np.array(second, np.int64), np.arange(len(first)) + 100, np.array(score, np.float32)
    )


def step(edges: Edges, count: int, refused, kept: BoolArray, before: Runs | None) -> Runs:
    return tied_in_runs(edges, components(count, edges.first, edges.second), refused, kept, before)


@settings(max_examples=200, deadline=None)
@given(graphs(), st.lists(st.tuples(st.integers(0, 15), st.integers(0, 15)), max_size=3), st.data())
def test_a_step_of_the_slider_finds_what_a_fresh_start_finds(case, pairs, data):
    count, first, second, score = case
    refused = np.array([pair for pair in pairs if pair[0] != pair[1] and max(pair) < count], np.int64).reshape(-1, 2)
    edges = Edges(first, second, np.arange(len(first)) + 100, score)
    before: Runs | None = None
    for _ in range(3):
        kept = np.array(data.draw(st.lists(st.booleans(), min_size=len(first), max_size=len(first))), np.bool_)
        before = step(edges, count, refused, kept, before)
        found, stars = ties_of(edges, before, count)
        alone, alone_stars = ties_of(edges, step(edges, count, refused, kept, None), count)
        assert found.row.tolist() == alone.row.tolist()
        assert found.score.tolist() == alone.score.tolist()
        assert sorted(found.row.tolist()) == (np.flatnonzero(kept) + 100).tolist()
        for end in range(len(found) + 1):
            assert stars.clusters(end).tolist() == alone_stars.clusters(end).tolist()


def test_only_what_a_pause_parts_otherwise_is_tied_anew():
    edges = edges_of([0, 1, 3, 5], [1, 2, 4, 6], [0.9, 0.9, 0.8, 0.8])
    nothing = np.zeros((0, 2), np.int64)
    all_of_them = step(edges, 7, nothing, np.ones(4, np.bool_), None)
    looked_at: list[list[int]] = []

    def led_and_noted(some: Edges, count: int) -> Float32Array:
        looked_at.append(some.row.tolist())
        return led(some, count)

    with patch("twinlens.matching.runs.led", led_and_noted):
        same = step(edges, 7, nothing, np.ones(4, np.bool_), all_of_them)
        parted = step(edges, 7, nothing, np.array([True, False, True, True]), same)
    assert same is all_of_them
    assert looked_at == [[100]]  # of the component that lost an edge, the one that is left
    assert ties_of(edges, parted, 7)[1].clusters().tolist() == [0, 0, 2, 3, 3, 5, 5]


@given(
    st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.5, 20.0, float("inf")]), max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=20),
)
def test_the_longest_pause_between_two_photos(pauses: list[float], pairs: list[tuple[int, int]]):
    bounds = [sorted(min(end, len(pauses)) for end in pair) for pair in pairs]
    low, high = np.array(bounds, np.int64).reshape(-1, 2).T
    found = longest_between(np.array(pauses), low, high)
    assert found.tolist() == [max(pauses[one:two], default=-np.inf) for one, two in bounds]
