"""Hashes that find equal bytes and equal pixels (XXH3, 128 bits)."""

import numpy as np
import xxhash
from numpy.typing import NDArray

_BLOCK_BYTES = 1 << 20


def content_hash(data: bytes | memoryview) -> bytes:
    """The 16-byte hash of a file's bytes."""
    return xxhash.xxh3_128_digest(data)


def content_hash_of_file(path: str) -> bytes:
    """The same as ``content_hash`` of the whole file, read in blocks; raises OSError when it cannot be read."""
    hasher = xxhash.xxh3_128()
    with open(path, "rb") as file:
        while block := file.read(_BLOCK_BYTES):
            hasher.update(block)
    return hasher.digest()


def pixel_hash(pixels: NDArray[np.uint8] | NDArray[np.uint16], profile: bytes) -> bytes:
    """The 16-byte hash of a full picture [h, w, channels] with its shape, sample type and colour profile."""
    samples = np.ascontiguousarray(pixels, dtype=pixels.dtype.newbyteorder("<"))
    hasher = xxhash.xxh3_128(f"{samples.shape} {samples.dtype.str} {len(profile)} ".encode())
    hasher.update(profile)
    hasher.update(samples.data)
    return hasher.digest()
