"""The contract of every VectorIndex, against a plain model, and the snapshot of the large one."""

import threading
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.domain.ports import VectorIndex, as_ids
from twinlens.index import rows
from twinlens.index.exact import ExactIndex
from twinlens.index.projected import ProjectedIndex
from twinlens.index.projection import Projection, learn
from twinlens.index.snapshot import IndexStamp, load_index, save_index

DIMENSION = 8
STEPS = st.lists(st.tuples(st.booleans(), st.integers(1, 12), st.integers(0, 30)), max_size=40)


def unit(count: int, seed: int, dimension: int = DIMENSION) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def alike(count: int, seed: int, dimension: int, families: int, spread: float = 0.6) -> np.ndarray:
    """Families of vectors that differ mostly in a few directions, as those of photos do."""
    random = np.random.default_rng(seed)
    directions = np.random.default_rng(1).normal(size=(48, dimension))
    centres = random.normal(size=(families, 48)) @ directions
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    vectors = centres[random.integers(0, families, count)]
    vectors = vectors + spread * random.normal(size=(count, dimension)) / np.sqrt(dimension)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


class Stored(dict[int, Float32Array]):
    """The full vectors, as the catalog would give them."""

    def of(self, photo_ids: Int64Array) -> tuple[Int64Array, Float32Array]:
        found = as_ids(sorted(id_ for id_ in photo_ids.tolist() if id_ in self))
        return found, np.stack([self[id_] for id_ in found.tolist()]) if len(found) else np.empty((0, 0), np.float32)


def projected(vectors: np.ndarray, stored: Stored, *, directions: int = 256) -> ProjectedIndex:
    learnt = learn(vectors, len(vectors))
    return ProjectedIndex(Projection(learnt.basis[:, :directions].copy(), learnt.library_size), stored.of)


class TestVectorIndex:
    @pytest.mark.parametrize("make", [lambda stored: ExactIndex(DIMENSION), lambda s: projected(unit(20, 3), s)])
    @pytest.mark.parametrize("few_gaps", [0, 1024])
    @settings(max_examples=40, deadline=None)
    @given(steps=STEPS)
    def test_follows_the_model(
        self, make: Callable[[Stored], VectorIndex], few_gaps: int, steps: list[tuple[bool, int, int]]
    ):
        model = Stored()
        index = make(model)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(rows, "_FEW_GAPS", few_gaps)
            for adds, photo_id, seed in steps:
                if adds:
                    model[photo_id] = unit(1, seed)[0]
                    index.add(as_ids([photo_id]), model[photo_id][None])
                else:
                    model.pop(photo_id, None)
                    index.remove(as_ids([photo_id]))
        assert len(index) == len(model)
        assert all((photo_id in index) == (photo_id in model) for photo_id in range(14))
        assert index.ids().tolist() == sorted(model)
        ids, cosines = index.search(unit(2, 99), 5)
        assert ids.shape == cosines.shape == (2, min(5, len(model)))
        for query, row_ids, row in zip(unit(2, 99), ids, cosines, strict=True):
            expected = sorted((float(query @ vector) for vector in model.values()), reverse=True)[:5]
            np.testing.assert_allclose(row, expected, atol=1e-5)
            np.testing.assert_allclose([query @ model[i] for i in row_ids.tolist()], row, atol=1e-5)
            assert len(set(row_ids.tolist())) == len(row_ids)

    @pytest.mark.parametrize("make", [lambda: ExactIndex(DIMENSION), lambda: projected(unit(20, 3), Stored())])
    def test_wrong_shape_is_refused(self, make: Callable[[], VectorIndex]):
        with pytest.raises(ValueError, match="expected vectors"):
            make().add(as_ids([1]), unit(2, 0))
        with pytest.raises(ValueError, match="expected queries"):
            make().search(unit(2, 0, 5), 3)

    def test_many_blocks_and_queries_agree_with_one_product(self):
        vectors, queries = unit(9_500, 1, 32), unit(300, 2, 32)
        index = ExactIndex(32)
        for start in range(0, len(vectors), 777):
            index.add(np.arange(start, min(start + 777, len(vectors))), vectors[start : start + 777])
        index.remove(np.arange(0, 9_000, 2))
        products = queries @ vectors.T
        products[:, np.arange(0, 9_000, 2)] = -2
        ids, cosines = index.search(queries, 20)
        np.testing.assert_array_equal(ids, np.argsort(-products, axis=1)[:, :20])
        np.testing.assert_allclose(cosines, -np.sort(-products, axis=1)[:, :20], atol=1e-6)


def test_projection_finds_nearly_all_after_churn_with_many_equal_vectors():
    dimension = 320
    vectors = alike(6_000, 1, dimension, 300)
    vectors[:200] = vectors[0]
    stored = Stored(enumerate(vectors))
    exact, index = ExactIndex(dimension), projected(vectors[::3], stored, directions=64)
    ids, fresh = np.arange(6_000), alike(1_000, 2, dimension, 100)
    stored.update(zip(range(7_000, 8_000), fresh, strict=True))
    for each in (exact, index):
        each.add(ids, vectors)
        each.remove(ids[500:1500])
        each.add(ids[500:1500] + 6_500, fresh)
    (truth, right), (found, cosines) = (each.search(vectors[1500:1700], 48) for each in (exact, index))
    recall = np.mean([len(set(a) & set(b)) / 48 for a, b in zip(truth.tolist(), found.tolist(), strict=True)])
    assert recall >= 0.98
    np.testing.assert_allclose(cosines[:, 0], right[:, 0], atol=1e-5)
    assert (np.diff(cosines) <= 0).all()


def test_near_duplicates_of_a_kind_never_seen_before_are_found():
    """The directions were learnt from other photos; two copies of a new kind of picture are near all the same."""
    vectors = alike(2_000, 1, 320, 200)
    strangers = unit(50, 7, 320)
    copies = strangers + 0.02 * unit(50, 8, 320)
    copies /= np.linalg.norm(copies, axis=1, keepdims=True)
    everything = np.concatenate([vectors, strangers])
    index = projected(vectors, Stored(enumerate(everything)), directions=64)
    index.add(np.arange(len(everything)), everything)
    ids, cosines = index.search(copies, 5, at_least=0.72)
    assert ids[:, 0].tolist() == list(range(2_000, 2_050))
    assert (cosines[:, 0] > 0.99).all()


def test_what_is_of_no_use_is_not_read_and_never_reported_as_near():
    vectors = alike(1_500, 1, 320, 150)
    stored = Stored(enumerate(vectors))
    asked: set[int] = set()

    def reading(photo_ids: Int64Array) -> tuple[Int64Array, Float32Array]:
        asked.update(photo_ids.tolist())
        return stored.of(photo_ids)

    index = projected(vectors, stored, directions=32)
    index._exact_vectors = reading
    index.add(np.arange(1_500), vectors)
    ids, cosines = index.search(vectors[:100], 40, at_least=0.9)
    exact = np.take_along_axis(vectors[:100] @ vectors.T, ids, axis=1)
    np.testing.assert_allclose(cosines[cosines > 0.9], exact[cosines > 0.9], atol=1e-5)
    assert not (cosines[exact < 0.9 - 1e-5] > 0.9).any()
    assert len(asked) < 1_000


class TestSnapshot:
    STAMP = IndexStamp("abc", DIMENSION, 90, 3)

    def saved(self, folder: Path) -> ProjectedIndex:
        vectors = unit(100, 4)
        index = projected(vectors, Stored(enumerate(vectors)))
        index.add(np.arange(100), vectors)
        index.remove(np.arange(10))
        save_index(index, folder, self.STAMP)
        return index

    def load(self, folder: Path, model: str = "abc", dimension: int = DIMENSION) -> ProjectedIndex | None:
        found = load_index(folder, model, dimension, Stored(enumerate(unit(100, 4))).of)
        if found is None:
            return None
        index, stamp = found
        assert stamp == self.STAMP
        return index

    def test_round_trip(self, tmp_path: Path):
        index = self.saved(tmp_path)
        loaded = self.load(tmp_path)
        assert loaded is not None
        for before, after in zip(index.search(unit(5, 6), 7), loaded.search(unit(5, 6), 7), strict=True):
            np.testing.assert_array_equal(before, after)
        loaded.add(np.arange(200, 230), unit(30, 8))
        assert len(loaded) == 120
        assert loaded.projection.library_size == index.projection.library_size

    def test_one_of_another_network_or_nothing_is_not_believed(self, tmp_path: Path):
        self.saved(tmp_path)
        assert self.load(tmp_path, "abd") is None
        assert self.load(tmp_path, "abc", DIMENSION + 1) is None
        assert self.load(tmp_path / "absent") is None

    @pytest.mark.parametrize("name", ["index.rows", "index.ids.npy", "index.basis.npy"])
    @pytest.mark.parametrize("how", ["flipped", "cut", "longer", "absent"])
    def test_damage_is_noticed(self, tmp_path: Path, name: str, how: str):
        self.saved(tmp_path)
        content = bytearray((tmp_path / name).read_bytes())
        if how == "flipped":
            content[-3] ^= 255
        changed = {"cut": content[:-5], "longer": content + b"x"}.get(how, content)
        (tmp_path / name).write_bytes(changed) if how != "absent" else (tmp_path / name).unlink()
        assert self.load(tmp_path) is None

    @pytest.mark.parametrize("change", ['"3"', "null", "3.5"])
    def test_a_stamp_without_sense_is_not_believed(self, tmp_path: Path, change: str):
        self.saved(tmp_path)
        path = tmp_path / "index.json"
        path.write_text(path.read_text().replace('"change": 3', f'"change": {change}'))
        assert self.load(tmp_path) is None

    def test_files_of_an_earlier_format_are_replaced(self, tmp_path: Path):
        (tmp_path / "index.hnsw").write_bytes(b"graph")
        (tmp_path / "index.json").write_text('{"stamp": {"model_sha256": "abc"}, "sums": {}}')
        assert self.load(tmp_path) is None
        self.saved(tmp_path)
        assert not (tmp_path / "index.hnsw").exists()
        assert self.load(tmp_path) is not None


def test_searches_while_others_add_and_save(tmp_path: Path):
    vectors = alike(6_000, 1, 64, 200)
    index = projected(vectors[:500], Stored(enumerate(vectors)), directions=32)
    index.add(np.arange(500), vectors[:500])
    failures: list[object] = []
    done = threading.Event()

    def search() -> None:
        while not done.is_set():
            ids, cosines = index.search(vectors[:20], 4)
            if (ids[:, 0] != np.arange(20)).any() or (cosines[:, 0] < 0.999).any():
                failures.append(ids)

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for start in range(500, 6_000, 50):
            index.add(np.arange(start, start + 50), vectors[start : start + 50])
            index.remove(np.arange(start, start + 25))
            if start % 1000 == 0:
                save_index(index, tmp_path, IndexStamp("abc", 64, len(index), start))
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert failures == []
    assert len(index) == 500 + 110 * 25


def test_memory_stays_near_a_kilobyte_a_photo():
    vectors = alike(2_000, 1, 1_280, 100)
    projection = learn(vectors, 2_000)

    def stored(photo_ids: Int64Array) -> tuple[Int64Array, Float32Array]:
        return photo_ids, vectors[photo_ids % 2_000]

    tracemalloc.start()
    try:
        index = ProjectedIndex(projection, stored)
        for start in range(0, 20_000, 1_000):
            index.add(np.arange(start, start + 1_000), vectors[start % 2_000 : start % 2_000 + 1_000])
        kept, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        index.search(vectors[:256], 49, at_least=0.72)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 20_000 * 1_280  # 1024 for the numbers, the rest for ids and their places
    assert peak - kept < 64 * 1024**2
