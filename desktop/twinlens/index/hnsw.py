"""The graph index (hnswlib), for libraries where comparing with every vector takes too long.

Graph labels are slots of our own, never photo ids: hnswlib's own reuse of deleted labels loses live ones when a deleted
label comes back. Photos with byte-equal vectors share one slot, because many equal vectors link only to each other and
cut the graph apart (nmslib/hnswlib#263, #373).
"""

from typing import Any

import numpy as np
from xxhash import xxh3_128_digest

from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.index.exact import best_rows, check_vectors

_LINKS = 16
_EF_CONSTRUCTION = 120
_EF_SEARCH = 160
_KEY_BYTES = 16
_EXACT_BELOW = 512  # slots; also when a quarter of all slots is asked for, which a graph cannot promise to reach


class HnswIndex:
    """A ``VectorIndex`` over a graph. It grows; a removed vector is passed over in searches until its slot is reused."""

    def __init__(self, dimension: int, capacity: int = 1024) -> None:
        self.dimension = dimension
        self._graph = new_graph(dimension)
        self._graph.init_index(max(capacity, 1), M=_LINKS, ef_construction=_EF_CONSTRUCTION, random_seed=100)
        self._graph.set_ef(_EF_SEARCH)
        self._slot_of: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self._slot_of_vector: dict[bytes, int] = {}
        self._key_of: dict[int, bytes] = {}
        self._free: list[int] = []

    @classmethod
    def restored(cls, dimension: int, graph: Any, assignment: Int64Array) -> "HnswIndex":
        """An index over a graph loaded from disk; ``assignment`` as that method gave it."""
        index = cls(dimension, 1)
        index._graph = graph
        graph.set_ef(_EF_SEARCH)
        keys = np.ascontiguousarray(assignment[2:].T).tobytes()
        for row, (photo_id, slot) in enumerate(assignment[:2].T.tolist()):
            index._slot_of[photo_id] = slot
            index._members.setdefault(slot, []).append(photo_id)
            index._remember(slot, keys[row * _KEY_BYTES : (row + 1) * _KEY_BYTES])
        index._free = [slot for slot in range(graph.get_current_count()) if slot not in index._members]
        return index

    def __len__(self) -> int:
        return len(self._slot_of)

    def __contains__(self, photo_id: int) -> bool:
        return photo_id in self._slot_of

    def assignment(self) -> Int64Array:
        """int64 [4, n]: photo ids, their slots in the graph, and the two halves of the key of each slot's vector.

        Keys are kept because hnswlib hands vectors out as Python numbers, one by one: two seconds for 20,000 photos,
        during which no other thread runs.
        """
        slots = np.array(list(self._slot_of.values()), np.int64)
        keys = np.frombuffer(b"".join(self._key_of[slot] for slot in slots.tolist()), np.int64).reshape(-1, 2)
        return np.stack([np.array(list(self._slot_of), np.int64), slots, keys[:, 0], keys[:, 1]])

    def save_graph(self, path: str) -> None:
        """Write the graph in hnswlib's own format."""
        self._graph.save_index(path)

    def add(self, photo_ids: Int64Array, vectors: Float32Array) -> None:
        """Add vectors [n, d], or replace those of ids already there; raises ValueError for a wrong shape."""
        check_vectors(photo_ids, vectors, self.dimension)
        for photo_id, vector in zip(photo_ids.tolist(), vectors.astype(np.float32, copy=False), strict=True):
            key = xxh3_128_digest(vector.tobytes())
            slot = self._slot_of_vector.get(key)
            if slot is not None and self._slot_of.get(photo_id) == slot:
                continue
            self._forget(photo_id)
            slot = self._slot_of_vector.get(key)
            if slot is None:
                slot = self._insert(vector)
                self._remember(slot, key)
            self._slot_of[photo_id] = slot
            self._members.setdefault(slot, []).append(photo_id)

    def remove(self, photo_ids: Int64Array) -> None:
        """Forget these ids; ids that are not there are passed over."""
        for photo_id in photo_ids.tolist():
            self._forget(photo_id)

    def search(self, vectors: Float32Array, limit: int) -> tuple[Int64Array, Float32Array]:
        """The ``limit`` best for each of q vectors: ids [q, k] and cosines [q, k], best first, k = min(limit, n)."""
        if vectors.ndim != 2 or vectors.shape[1] != self.dimension:
            raise ValueError(f"expected queries [q, {self.dimension}], got {vectors.shape}")
        wanted = max(0, min(limit, len(self)))
        ids = np.empty((len(vectors), wanted), np.int64)
        cosines = np.empty((len(vectors), wanted), np.float32)
        if wanted and len(vectors):
            slots, products = self._nearest_slots(vectors, min(wanted, len(self._members)))
            for row, (row_slots, row_products) in enumerate(zip(slots.tolist(), products, strict=True)):
                sizes = [len(self._members[slot]) for slot in row_slots]
                ids[row] = [photo for slot in row_slots for photo in self._members[slot]][:wanted]
                cosines[row] = np.repeat(row_products, sizes)[:wanted]
        return ids, cosines

    def _nearest_slots(self, vectors: Float32Array, count: int) -> tuple[Int64Array, Float32Array]:
        if len(self._members) >= _EXACT_BELOW and count * 4 <= len(self._members):
            try:
                slots, distances = self._graph.knn_query(vectors, k=count, num_threads=1)
                return slots.astype(np.int64), np.clip(1 - distances, -1, 1).astype(np.float32)
            except RuntimeError:  # fewer than asked for could be reached (nmslib/hnswlib#321, #608)
                pass
        live = np.array(list(self._members), np.int64)
        rows, cosines = best_rows(self._vectors(live.tolist()), vectors, count)
        return live[rows], cosines

    def _vectors(self, slots: list[int]) -> Float32Array:
        if not slots:
            return np.empty((0, self.dimension), np.float32)
        return np.asarray(self._graph.get_items(slots, return_type="numpy"), dtype=np.float32)

    def _insert(self, vector: Float32Array) -> int:
        if self._free:
            slot = self._free.pop()
            self._graph.unmark_deleted(slot)
        else:
            slot = self._graph.get_current_count()
            if slot >= self._graph.get_max_elements():
                self._graph.resize_index(2 * slot)
        self._graph.add_items(vector[None], np.array([slot]), num_threads=1)
        return int(slot)

    def _remember(self, slot: int, key: bytes) -> None:
        self._slot_of_vector[key] = slot
        self._key_of[slot] = key

    def _forget(self, photo_id: int) -> None:
        slot = self._slot_of.pop(photo_id, None)
        if slot is None:
            return
        self._members[slot].remove(photo_id)
        if not self._members[slot]:
            del self._members[slot], self._slot_of_vector[self._key_of.pop(slot)]
            self._graph.mark_deleted(slot)
            self._free.append(slot)


def new_graph(dimension: int) -> Any:
    """An hnswlib graph over inner products, not yet initialised."""
    import hnswlib

    return hnswlib.Index(space="ip", dim=dimension)
