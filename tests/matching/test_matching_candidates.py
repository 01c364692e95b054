"""Candidates, keepers, rules, bursts and closure."""

import tracemalloc

import numpy as np
import pytest

from tests.matching.test_matching_clustering import library, relations
from twinlens.domain.columns import FingerprintColumns
from twinlens.domain.relation import PhotoClass, Transform
from twinlens.matching.candidates import candidates, histogram_similarity, near_hashes
from twinlens.matching.closure import refine
from twinlens.matching.keeper import explain_keeper, keeper_order


def columns() -> FingerprintColumns:
    rng = np.random.default_rng(5)
    hashes = rng.integers(0, 2**63, size=(6, 8), dtype=np.uint64)
    hashes[3, 0] = hashes[1, 2] ^ np.uint64(0b101)  # photo 40 is photo 20 turned by 180 degrees, 2 bits off
    return FingerprintColumns(np.arange(10, 70, 10), hashes, np.full((6, 96), 1 / 32, np.float32))


def test_near_hashes_agree_with_counting_bits_one_by_one():
    rng = np.random.default_rng(2)
    queries = rng.integers(0, 2**63, size=(40, 8), dtype=np.uint64)
    base = rng.integers(0, 2**63, size=50, dtype=np.uint64)
    query, row, turned, bits = near_hashes(queries, base, 24)
    expected = {}
    for q in range(40):
        for b in range(50):
            all_bits = [(int(queries[q, k]) ^ int(base[b])).bit_count() for k in range(8)]
            if min(all_bits) <= 24:
                expected[q, b] = (all_bits.index(min(all_bits)), min(all_bits))
    found = zip(query.tolist(), row.tolist(), turned.tolist(), bits.tolist(), strict=True)
    assert {(q, b): (k, d) for q, b, k, d in found} == expected


def test_near_hashes_are_the_same_in_blocks_of_any_size(monkeypatch: pytest.MonkeyPatch):
    rng = np.random.default_rng(3)
    queries = rng.integers(0, 2**63, size=(30, 8), dtype=np.uint64)
    base = rng.integers(0, 2**63, size=200, dtype=np.uint64)
    at_once = near_hashes(queries, base, 26)
    monkeypatch.setattr("twinlens.matching.candidates._BLOCK_PAIRS", 64)
    for one, other in zip(at_once, near_hashes(queries, base, 26), strict=True):
        np.testing.assert_array_equal(one, other)
    assert len(at_once[0]) > 100


def test_a_crowd_of_equal_hashes_proposes_a_bounded_number_in_bounded_memory():
    crowd = FingerprintColumns(
        np.arange(20_000), np.zeros((20_000, 8), np.uint64), np.full((20_000, 96), 1 / 32, np.float16)
    )
    tracemalloc.start()
    try:
        found = candidates(np.arange(64), crowd, None)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert 64 * 16 <= len(found) <= 64 * 64
    assert peak < 64 * 1024**2


def test_candidates_unite_hash_and_neighbours_once_each():
    neighbours = (np.array([[40, 10, 60]]), np.array([[0.9, 0.8, 0.1]], np.float32))
    found = candidates(np.array([20]), columns(), neighbours)
    assert [(one.first, one.second) for one in found] == [(10, 20), (20, 40)]
    assert (found[1].orientation, found[1].hash_distance) == (Transform.ROTATED_180, 2)
    assert found[1].cosine is not None
    assert abs(found[1].cosine - 0.9) < 1e-6
    assert candidates([], columns(), None) == []


def test_histogram_similarity_runs_from_0_to_1():
    same = np.full(96, 1 / 32, np.float32)
    assert histogram_similarity(same, same) == 1
    black, white = np.zeros(96, np.float32), np.zeros(96, np.float32)
    black[::32] = 1
    white[31::32] = 1
    assert histogram_similarity(black, white) == 0


def test_the_larger_photo_is_kept_and_the_reason_says_so():
    photos = library([1, 2])
    photos.width_px[1] = 4032
    photos.height_px[1] = 3024
    order = keeper_order(photos)
    assert order.tolist() == [1, 0]
    assert "larger: 4032 x 3024 instead of 640 x 480" in explain_keeper(photos, 1, np.array([0]))


def test_closure_proposes_the_keeper_and_the_photo_two_relations_away():
    chain = relations([(0, 1, 0.9, PhotoClass.EDITED), (1, 2, 0.9, PhotoClass.SAME_SHOT)])
    assert refine(library([1, 2, 3, 4]), chain, np.arange(4)) == [(1, 3)]
