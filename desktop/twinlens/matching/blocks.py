"""Pictures read block by block: means, spreads, and both at coarser scales."""

import cv2
import numpy as np

from twinlens.domain.fingerprint import Float32Array

BLOCK_PX = 16


def block_means(picture: Float32Array, side_px: int = BLOCK_PX) -> Float32Array:
    """Mean of each block of ``side_px`` by ``side_px`` [rows, columns]; what is left over at the ends is not read."""
    rows, columns = picture.shape[0] // side_px, picture.shape[1] // side_px
    cut = np.ascontiguousarray(picture[: rows * side_px, : columns * side_px])
    return np.asarray(cv2.resize(cut, (columns, rows), interpolation=cv2.INTER_AREA), dtype=np.float32)


def block_spreads(picture: Float32Array, side_px: int = BLOCK_PX) -> Float32Array:
    """Standard deviation inside each block."""
    mean = block_means(picture, side_px)
    return np.asarray(np.sqrt(np.maximum(block_means(picture * picture, side_px) - mean * mean, 0)), dtype=np.float32)


def coarser(picture: Float32Array, factor: int) -> Float32Array:
    """The picture [h, w] at a fraction of its size; itself for a factor of 1."""
    if factor == 1:
        return picture
    size = (picture.shape[1] // factor, picture.shape[0] // factor)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.float32)
