"""The contract of every VectorIndex, against a plain model."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twinlens.domain.ports import VectorIndex, as_ids
from twinlens.index.exact import ExactIndex
from twinlens.index.hnsw import HnswIndex
from twinlens.index.snapshot import IndexStamp, load_index, save_index

DIMENSION = 8
STEPS = st.lists(st.tuples(st.booleans(), st.integers(1, 12), st.integers(0, 30)), max_size=40)


def unit(count: int, seed: int, dimension: int = DIMENSION) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


@pytest.mark.parametrize("make", [ExactIndex, lambda dimension: HnswIndex(dimension, 1)])
class TestVectorIndex:
    @settings(max_examples=60, deadline=None)
    @given(steps=STEPS)
    def test_follows_the_model(self, make: Callable[[int], VectorIndex], steps: list[tuple[bool, int, int]]):
        index, model = make(DIMENSION), {}
        for adds, photo_id, seed in steps:
            if adds:
                model[photo_id] = unit(1, seed)[0]
                index.add(as_ids([photo_id]), model[photo_id][None])
            else:
                model.pop(photo_id, None)
                index.remove(as_ids([photo_id]))
        assert len(index) == len(model)
        assert all((photo_id in index) == (photo_id in model) for photo_id in range(14))
        ids, cosines = index.search(unit(2, 99), 5)
        assert ids.shape == cosines.shape == (2, min(5, len(model)))
        for query, row_ids, row in zip(unit(2, 99), ids, cosines, strict=True):
            expected = sorted((float(query @ vector) for vector in model.values()), reverse=True)[:5]
            np.testing.assert_allclose(row, expected, atol=1e-5)
            np.testing.assert_allclose([query @ model[i] for i in row_ids.tolist()], row, atol=1e-5)
            assert len(set(row_ids.tolist())) == len(row_ids)

    def test_wrong_shape_is_refused(self, make: Callable[[int], VectorIndex]):
        with pytest.raises(ValueError, match="expected vectors"):
            make(DIMENSION).add(as_ids([1]), unit(2, 0))


def test_graph_finds_nearly_all_after_churn_with_many_equal_vectors():
    vectors = unit(3000, 1, 32)
    vectors[:200] = vectors[0]
    exact, graph = ExactIndex(32), HnswIndex(32)
    ids = np.arange(3000)
    for index in (exact, graph):
        index.add(ids, vectors)
        index.remove(ids[500:1500])
        index.add(ids[500:1500] + 5000, unit(1000, 2, 32))
    truth, found = (index.search(vectors[1500:1600], 20)[0] for index in (exact, graph))
    recall = np.mean([len(set(a) & set(b)) / 20 for a, b in zip(truth.tolist(), found.tolist(), strict=True)])
    assert recall >= 0.95


def test_snapshot_is_believed_only_when_it_fits(tmp_path: Path):
    index, stamp = HnswIndex(DIMENSION), IndexStamp("abc", DIMENSION, 90, 3)
    index.add(np.arange(100), unit(100, 4))
    index.remove(np.arange(10))
    save_index(index, tmp_path, stamp)
    loaded = load_index(tmp_path, stamp)
    assert loaded is not None
    for before, after in zip(index.search(unit(5, 6), 7), loaded.search(unit(5, 6), 7), strict=True):
        np.testing.assert_array_equal(before, after)
    loaded.add(np.arange(200, 230), unit(30, 8))
    assert len(loaded) == 120
    assert load_index(tmp_path, IndexStamp("abc", DIMENSION, 90, 4)) is None
    damaged = bytearray((tmp_path / "index.hnsw").read_bytes())
    damaged[8] ^= 255
    (tmp_path / "index.hnsw").write_bytes(damaged)
    assert load_index(tmp_path, stamp) is None
    assert load_index(tmp_path / "absent", stamp) is None
