"""Putting whole numbers in order, sixteen bits at a time: numpy sorts these by radix and wider ones by comparing, which takes
several times as long (documentation of ``numpy.sort``).
"""

import numpy as np

from twinlens.domain.fingerprint import Float32Array, Int64Array

_DIGIT_BITS = 16
_DIGIT = (1 << _DIGIT_BITS) - 1


def order_of(keys: Int64Array, highest: int | None = None) -> Int64Array:
    """What ``np.argsort(keys, kind="stable")`` gives, for keys of at least 0; ``highest``: the highest of them, or more."""
    if not len(keys):
        return np.zeros(0, np.int64)
    left = int(keys.max()) if highest is None else highest
    order = np.argsort((keys & _DIGIT).astype(np.uint16), kind="stable")
    shift = _DIGIT_BITS
    while left >> shift:
        digit = (keys >> shift & _DIGIT).astype(np.uint16)
        order = order[np.argsort(digit[order], kind="stable")]
        shift += _DIGIT_BITS
    return order


def surest_first(scores: Float32Array) -> Int64Array:
    """What ``np.argsort(-scores, kind="stable")`` gives, for scores of at least 0 that are numbers."""
    bits = (scores + np.float32(0)).view(np.uint32)  # of numbers that are not negative they are in the same order
    return order_of((~bits).astype(np.int64))
