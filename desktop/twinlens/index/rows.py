"""Rows of numbers by photo id, searched by a blocked matrix product while they grow.

Rows are only ever appended; what is removed or replaced leaves a gap. So a search needs no lock: it works on the rows
that were there when it began, and nothing a scan adds meanwhile gets in its way, nor does it hold up the scan.
"""

from collections.abc import Iterator

import numpy as np
from msgspec import Struct

from twinlens.domain.fingerprint import Float32Array, Int64Array

_GONE = np.iinfo(np.int64).min
_BLOCK_CELLS = 1 << 20  # numbers a block: 4 MB
_MOST_BLOCK_ROWS = 4_096
_QUERIES_AT_ONCE = 256
_FEW_GAPS = 1_024
_PRODUCTS_AT_ONCE = 1 << 20  # of few queries many blocks are offered together: each offer has its price
_SAMPLE = 32  # times as many products as are wanted tell what the others have to beat


class _View(Struct, frozen=True):
    """The rows at one moment: full blocks and a last one, of which ``count`` rows in all are written."""

    blocks: tuple[Float32Array, ...]
    ids: Int64Array
    count: int


class Rows:
    """Float32 rows of one width under photo ids. One thread at a time changes them; any thread searches meanwhile."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._block_rows = min(_MOST_BLOCK_ROWS, max(64, _BLOCK_CELLS // width))
        self._view = _View((), np.empty(0, np.int64), 0)
        self._row_of: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._row_of)

    def __contains__(self, photo_id: int) -> bool:
        return photo_id in self._row_of

    def ids(self) -> Int64Array:
        """The photos that have a row, ascending."""
        view = self._view
        ids = view.ids[: view.count]
        return np.sort(ids[ids != _GONE])

    def put(self, photo_ids: Int64Array, values: Float32Array) -> None:
        """Append rows [n, width]; earlier rows of the same photos become gaps."""
        start, count = self._view.count, len(photo_ids)
        blocks, ids = self._with_room(start + count)
        done = 0
        while done < count:
            block, row = divmod(start + done, self._block_rows)
            part = min(count - done, self._block_rows - row)
            blocks[block][row : row + part] = values[done : done + part]
            done += part
        for row, photo_id in enumerate(photo_ids.tolist(), start):
            earlier = self._row_of.get(photo_id)
            if earlier is not None:
                ids[earlier] = _GONE
            self._row_of[photo_id] = row
            ids[row] = photo_id
        self._view = _View(blocks, ids, start + count)
        self._close_up()

    def remove(self, photo_ids: Int64Array) -> None:
        """Forget these photos; those that are not here are passed over."""
        for photo_id in photo_ids.tolist():
            row = self._row_of.pop(photo_id, None)
            if row is not None:
                self._view.ids[row] = _GONE
        self._close_up()

    def nearest(self, queries: Float32Array, limit: int) -> tuple[Int64Array, Float32Array]:
        """The ``limit`` rows with the highest inner product for each of q queries: photo ids and products, best first."""
        view = self._view
        ids = view.ids[: view.count].copy()  # photos that go while we search stay in our view of things
        gaps = ids == _GONE
        limit = max(0, min(limit, len(ids) - int(gaps.sum())))
        rows = np.empty((len(queries), limit), np.int64)
        products = np.empty((len(queries), limit), np.float32)
        for start in range(0, len(queries) if limit else 0, _QUERIES_AT_ONCE):
            part = slice(start, start + _QUERIES_AT_ONCE)
            best = _Best(len(queries[part]), limit)
            for first, found in self._products(view, queries[part]):
                gone = gaps[first : first + found.shape[1]]
                if gone.any():
                    found[:, gone] = -np.inf
                best.offer(found, first)
            rows[part], products[part] = best.in_order()
        return ids[rows], products

    def live_blocks(self) -> Iterator[tuple[Int64Array, Float32Array]]:
        """Ids and rows of all photos, block by block and without gaps, as they are now, for writing them down."""
        view = self._view
        ids = view.ids[: view.count].copy()
        for first, block in self._written(view):
            present = ids[first : first + len(block)] != _GONE
            yield ids[first : first + len(block)][present], block if present.all() else block[present]

    def _products(self, view: _View, queries: Float32Array) -> Iterator[tuple[int, Float32Array]]:
        """Inner products [q, n] with all rows, part by part, each with its first row; the next part takes its place."""
        most = max(self._block_rows, _PRODUCTS_AT_ONCE // len(queries))
        found = np.empty((len(queries), min(most, view.count)), np.float32)
        first = count = 0
        for start, block in self._written(view):
            if count + len(block) > found.shape[1]:
                yield first, found[:, :count]
                first, count = start, 0
            np.matmul(queries, block.T, out=found[:, count : count + len(block)])
            count += len(block)
        yield first, found[:, :count]

    def _written(self, view: _View) -> Iterator[tuple[int, Float32Array]]:
        for number, block in enumerate(view.blocks):
            first = number * self._block_rows
            if first < view.count:
                yield first, block[: view.count - first]

    def _with_room(self, count: int) -> tuple[tuple[Float32Array, ...], Int64Array]:
        view = self._view
        missing = -(-count // self._block_rows) - len(view.blocks)
        if missing <= 0:
            return view.blocks, view.ids
        fresh = [np.empty((self._block_rows, self.width), np.float32) for _ in range(missing)]
        room = np.full(missing * self._block_rows, _GONE, np.int64)
        return (*view.blocks, *fresh), np.concatenate([view.ids, room])

    def _close_up(self) -> None:
        """Copy the rows together when half of them are gaps; searches that are under way keep the old blocks."""
        if self._view.count - len(self) <= max(_FEW_GAPS, len(self)):
            return
        closed = Rows(self.width)
        for ids, block in self.live_blocks():
            closed.put(ids, block)
        self._view, self._row_of = closed._view, closed._row_of


class _Best:
    """The best of what was offered so far, for each of q queries."""

    def __init__(self, queries: int, limit: int) -> None:
        self._rows = np.zeros((queries, limit), np.int64)
        self._products = np.full((queries, limit), -np.inf, np.float32)

    def offer(self, products: Float32Array, first_row: int) -> None:
        """Take what is better from the products [q, n] with rows from ``first_row`` on."""
        bound = self._products.min(axis=1)
        if np.isneginf(bound).any():
            bound = np.maximum(bound, _below_enough(products, self._products.shape[1]))
        better_at = np.flatnonzero(products > bound[:, None])  # few, once there is something to beat
        if not len(better_at):
            return
        query, column = np.divmod(better_at, products.shape[1])
        counts = np.bincount(query, minlength=len(products))
        place = np.arange(len(query)) - np.repeat(np.cumsum(counts) - counts, counts)
        better = np.full((len(products), int(counts.max())), -np.inf, np.float32)
        rows = np.zeros(better.shape, np.int64)
        better[query, place] = products[query, column]
        rows[query, place] = column + first_row
        self._merge(better, rows)

    def in_order(self) -> tuple[Int64Array, Float32Array]:
        """Rows [q, k] and products [q, k], best first."""
        order = np.argsort(-self._products, axis=1, kind="stable")
        return np.take_along_axis(self._rows, order, axis=1), np.take_along_axis(self._products, order, axis=1)

    def _merge(self, products: Float32Array, rows: Int64Array) -> None:
        limit = self._products.shape[1]
        joined = np.concatenate([self._products, products], axis=1)
        kept = np.argpartition(joined, joined.shape[1] - limit, axis=1)[:, joined.shape[1] - limit :]
        self._rows = np.take_along_axis(np.concatenate([self._rows, rows], axis=1), kept, axis=1)
        self._products = np.take_along_axis(joined, kept, axis=1)


def _below_enough(products: Float32Array, wanted: int) -> Float32Array:
    """For each query a value that at least ``wanted`` of its products [q, n] exceed, and not many more."""
    sample = products[:, :: max(1, products.shape[1] // (_SAMPLE * wanted))]
    if sample.shape[1] < wanted:
        return np.full(len(products), -np.inf, np.float32)
    last = np.partition(sample, sample.shape[1] - wanted, axis=1)[:, sample.shape[1] - wanted]
    return np.nextafter(last, np.float32(-np.inf))
