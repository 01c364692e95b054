"""Vectors in a file, float16 as the catalog keeps them: what every process of a measurement reads, and none has to hold."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from twinlens.domain.fingerprint import Float32Array, Int64Array

BLOCK = 4_096
FAMILY = 12  # photos that look alike
SHARED_DIRECTIONS = 64
Blocks = Iterator[Float32Array]


class VectorFile:
    """Unit vectors [n, d]; ids are their rows."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stored = np.load(path, mmap_mode="r")
        self.count, self.dimension = int(self._stored.shape[0]), int(self._stored.shape[1])

    @classmethod
    def written(
        cls, path: Path, count: int, dimension: int, blocks: Blocks, told: Callable[[int], None]
    ) -> "VectorFile":
        """A file of at most ``count`` vectors, those of the blocks; ``told`` how many are written after each."""
        stored = np.lib.format.open_memmap(path, "w+", np.float16, (count, dimension))
        done = 0
        for block in blocks:
            stored[done : done + len(block)] = block
            done += len(block)
            told(done)
        stored.flush()
        return cls(path)

    def of(self, ids: Int64Array) -> tuple[Int64Array, Float32Array]:
        """As the catalog gives them: unit length, float32."""
        vectors = self._stored[ids].astype(np.float32)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.finfo(np.float32).tiny)
        return ids, vectors

    def blocks(self, rows: int = BLOCK) -> Iterator[tuple[Int64Array, Float32Array]]:
        """All of them, in order."""
        for start in range(0, self.count, rows):
            yield self.of(np.arange(start, min(start + rows, self.count)))


def random_blocks(count: int, dimension: int, seed: int) -> Blocks:
    """Directions drawn evenly: nobody is near anybody, which is the hardest case for every index."""
    random = np.random.default_rng(seed)
    for start in range(0, count, BLOCK):
        yield random.standard_normal((min(BLOCK, count - start), dimension), np.float32)


def family_blocks(count: int, dimension: int, seed: int, families: int) -> Blocks:
    """Families of a dozen in 64 shared directions, with as much noise beyond them as crops of one photo show.

    The families are the same for every seed, so that queries have relatives.
    """
    shared = np.random.default_rng(0)
    directions = shared.standard_normal((SHARED_DIRECTIONS, dimension)).astype(np.float32)
    centres = shared.standard_normal((families, SHARED_DIRECTIONS)).astype(np.float32) @ directions
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    random = np.random.default_rng(seed)
    for start in range(0, count, BLOCK):
        part = centres[random.integers(0, families, min(BLOCK, count - start))]
        noise = random.standard_normal(part.shape, np.float32) / np.float32(np.sqrt(dimension))
        yield part + random.uniform(0.1, 0.9, (len(part), 1)).astype(np.float32) * noise
