"""Families as a whole: how likely each photo is the one from which the others were made."""

import numpy as np

from twinlens.domain.columns import Float64Array, PhotoColumns, RelationColumns
from twinlens.domain.difference import WHOLE
from twinlens.matching.direction import BORDER_SHARE, Pairs, log_odds, pairs_of

_MOST_SAID = 4.0  # of one pair in the order of a family
_TO_THE_MIDDLE = 0.5
_ROUNDS = 24
_A_THING = 0.8
_USUAL_THINGS, _FEW = 2.0, 8.0  # what is taken of a photo with few relations


def originality(photos: PhotoColumns, relations: RelationColumns) -> Float64Array:
    """A number for each photo, [n]: the larger, the more likely the other photos of its family were made from it.

    The differences of these numbers come as near as possible (least squares) to what is said of all pairs, so that one
    pair of which too much is said does not decide. Photos with the same bytes have the same number; 0 without relations.
    """
    pairs = pairs_of(relations)
    said = np.clip(log_odds(photos, pairs), -_MOST_SAID, _MOST_SAID)
    first, second = photos.content_key[pairs.first], photos.content_key[pairs.second]
    count = int(photos.content_key.max()) + 1 if len(photos) else 0
    weight = np.bincount(first, minlength=count) + np.bincount(second, minlength=count) + _TO_THE_MIDDLE
    net = np.bincount(first, said, count) - np.bincount(second, said, count)
    # An original differs from each of its copies by one thing, its copies from one another by two.
    things = _things(pairs)
    value = net / weight
    for _ in range(_ROUNDS):
        around = np.bincount(first, value[second], count) + np.bincount(second, value[first], count)
        value = 0.5 * value + 0.5 * (net + around) / weight
    done = np.bincount(first, things, count) + np.bincount(second, things, count) + _FEW * _USUAL_THINGS
    value -= _A_THING * done / (weight - _TO_THE_MIDDLE + _FEW)
    return np.asarray(value[photos.content_key], dtype=np.float64)


def _things(pairs: Pairs) -> Float64Array:
    """How many things were done to lead from one of each pair to the other, but for its encoding and size."""
    shape = pairs.difference
    flags = shape["changes"].astype(np.uint32)
    count = np.zeros(len(flags))
    for bit in range(14):
        count += (flags >> bit) & 1
    affine = shape["affine"]
    known = shape["first_shared"] > 0
    count += known & ((affine[:, 0] < 0.5) | (affine[:, 4] < 0.5))
    count += np.maximum(shape["first_border"], shape["second_border"]) > BORDER_SHARE
    return np.asarray(count + (known & (np.minimum(shape["first_shared"], shape["second_shared"]) < WHOLE)), np.float64)
