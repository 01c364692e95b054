"""The paths of many photos in one piece of memory: bytes end to end, not an object each."""

import os
import time
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import overload

import numpy as np

from twinlens.catalog.paths import absolute, folded
from twinlens.domain.columns import Int32Array
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.folders import FolderColumns
from twinlens.domain.photo import VolumeId

_SLASH = ord("/")
_BLOCK = 2048  # paths at once
_BREATH_S = 1e-4  # after each block, in which a thread that waits for the interpreter gets it


class PathColumn(Sequence[str]):
    """Absolute paths, put together and decoded only when one is asked for.

    Args:
        volumes: the volumes, each with its mount point.
        root_of: int32 [n], which of them each path is below.
        relative_paths: the paths below them, in any order; bytes that belong to none do no harm.
        starts, ends: int64 [n], where each of these begins and ends.
    """

    def __init__(
        self,
        volumes: Sequence[tuple[VolumeId, str]],
        root_of: Int32Array,
        relative_paths: bytes,
        starts: Int64Array,
        ends: Int64Array,
    ) -> None:
        self._volumes = tuple(volumes)
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
        return absolute(self._volumes[self._root_of[row]][1], os.fsdecode(self._relative_paths[start:end]))

    def __iter__(self) -> Iterator[str]:
        for row in range(len(self)):
            yield self[row]

    @property
    def folders(self) -> tuple[Int32Array, tuple[str, ...]]:
        """The folder of every path, int32 [n], as its place among all the folders there are, and these."""
        return self._laid_out.folder, self._laid_out.paths

    @cached_property
    def folded(self) -> list[str]:
        """Every path as texts are searched in."""
        texts: list[str] = []
        for start in range(0, len(self), _BLOCK):
            texts += [folded(path) for path in self[start : start + _BLOCK]]
            time.sleep(_BREATH_S)
        return texts

    def taken(self, rows: Int64Array) -> "PathColumn":
        """The paths of these rows."""
        return PathColumn(
            self._volumes, self._root_of[rows], self._relative_paths, self._starts[rows], self._ends[rows]
        )

    def folder_columns(self) -> FolderColumns:
        """The folders of all of them, worked out once."""
        return self._laid_out

    @cached_property
    def _laid_out(self) -> FolderColumns:
        """Slices of bytes are told apart by a dictionary: 100,000 take as long as two frames, and hashes of our own no less."""
        text = np.frombuffer(self._relative_paths, np.uint8)
        slashes = np.flatnonzero(text == _SLASH)
        before = np.searchsorted(slashes, self._ends) - 1
        last = slashes[before] if len(slashes) else np.full(len(self), -1, np.int64)
        is_below = (before >= 0) & (last >= self._starts)
        folder_end, name_start = np.where(is_below, last, self._starts), np.where(is_below, last + 1, self._starts)
        second_bytes = np.flatnonzero((text & 0xC0) == 0x80)  # all but the first byte of a letter: few, as a rule
        letters = _Letters(second_bytes)
        numbers: dict[tuple[int, bytes], int] = {}
        spans = zip(self._root_of.tolist(), self._starts.tolist(), folder_end.tolist(), strict=True)
        whole = self._relative_paths
        folder = np.fromiter(
            (numbers.setdefault((root, whole[start:end]), len(numbers)) for root, start, end in spans),
            np.int32,
            len(self),
        )
        places = tuple((self._volumes[root][0], os.fsdecode(name)) for root, name in numbers)
        paths = tuple(absolute(self._volumes[root][1], os.fsdecode(name)) for root, name in numbers)
        root_length = np.array([len(mount.rstrip("/")) + 1 for _, mount in self._volumes], np.int64)[self._root_of]
        return FolderColumns(
            folder,
            places,
            paths,
            letters.between(name_start, self._ends).astype(np.int32),
            (letters.between(self._starts, self._ends) + root_length).astype(np.int32),
        )


class _Letters:
    """Counts letters of UTF-8 by their bytes, given the places of all bytes that continue one."""

    def __init__(self, second_bytes: Int64Array) -> None:
        self._second_bytes = second_bytes

    def between(self, starts: Int64Array, ends: Int64Array) -> Int64Array:
        """How many letters begin between each two places."""
        continued = np.searchsorted(self._second_bytes, ends) - np.searchsorted(self._second_bytes, starts)
        return np.asarray(ends - starts - continued)
