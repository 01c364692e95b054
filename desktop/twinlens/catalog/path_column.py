"""The paths of many photos in one piece of memory: bytes end to end, not an object each."""

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import overload

import numpy as np

from twinlens.catalog.paths import absolute, folded
from twinlens.domain.columns import Int32Array
from twinlens.domain.fingerprint import Int64Array


class PathColumn(Sequence[str]):
    """Absolute paths, put together and decoded only when one is asked for.

    Args:
        roots: the mount points.
        root_of: int32 [n], which of them each path is below.
        relative_paths: the paths below them, in any order; bytes that belong to none do no harm.
        starts, ends: int64 [n], where each of these begins and ends.
    """

    def __init__(
        self, roots: list[str], root_of: Int32Array, relative_paths: bytes, starts: Int64Array, ends: Int64Array
    ) -> None:
        self._roots = roots
        self._root_of = root_of
        self._relative_paths = relative_paths
        self._starts = starts
        self._ends = ends

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> list[str]: ...
    def __getitem__(self, row: int | slice) -> str | list[str]:
        if isinstance(row, slice):
            return [self[k] for k in range(*row.indices(len(self)))]
        start, end = int(self._starts[row]), int(self._ends[row])
        return absolute(self._roots[self._root_of[row]], os.fsdecode(self._relative_paths[start:end]))

    def __iter__(self) -> Iterator[str]:
        for row in range(len(self)):
            yield self[row]

    @cached_property
    def folders(self) -> tuple[Int32Array, tuple[str, ...]]:
        """The folder of every path, int32 [n], as its place among all the folders there are, and these."""
        held, found = self._relative_paths, dict[tuple[int, bytes], int]()
        at = np.empty(len(self), np.int32)
        places = zip(self._root_of.tolist(), self._starts.tolist(), self._ends.tolist(), strict=True)
        for row, (root, start, end) in enumerate(places):
            last = held.rfind(b"/", start, end)
            at[row] = found.setdefault((root, held[start : max(last, start)]), len(found))
        return at, tuple(absolute(self._roots[root], os.fsdecode(folder)) for root, folder in found)

    @cached_property
    def folded(self) -> list[str]:
        """Every path as texts are searched in."""
        return [folded(path) for path in self]
