"""Fingerprints: what a photo looks like to the machine."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Float32Array = NDArray[np.float32]
Int64Array = NDArray[np.int64]
UInt8Array = NDArray[np.uint8]
UInt64Array = NDArray[np.uint64]

CONTENT_HASH_BYTES = 16
PIXEL_HASH_BYTES = 16
HISTOGRAM_BINS = 32  # a channel; a histogram has three channels one behind the other


class Fingerprints(Struct, frozen=True):
    """All that is computed from one small decoded picture.

    ``perceptual``: uint64 [8], the 64-bit perceptual hash of the eight orientations in the order of ``Transform``'s first
    eight members, [0] upright. ``histogram``: float32 [96], red, green and blue with 32 bins each, every channel summing
    to 1. ``sharpness``: variance of the Laplacian of the luma, 0 and up.
    """

    perceptual: UInt64Array
    histogram: Float32Array
    sharpness: float


class EmbeddingBatch(Struct, frozen=True):
    """The network's answer for n pictures.

    ``vectors``: float32 [n, d], L2-normalised. ``norms``: float32 [n], the lengths before normalising.
    ``logits``: float32 [n, classes], the class scores before the softmax.
    ``copy_vectors``: float32 [n, c], L2-normalised, near for what was made from one photo and far for other photos of
    the same subject; c is 0 for a network that gives none.
    """

    vectors: Float32Array
    norms: Float32Array
    logits: Float32Array
    copy_vectors: Float32Array


class ModelIdentity(Struct, frozen=True):
    """Which network made a vector: vectors of two networks never meet in one index."""

    name: str
    sha256: str  # of the ONNX file, hexadecimal
    dimension: int
    input_side_px: int
