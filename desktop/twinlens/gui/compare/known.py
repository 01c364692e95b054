"""How two photos of a group lie over each other as far as verification has found it out: there before anything is computed."""

from collections.abc import Iterable

import numpy as np

from twinlens.domain.columns import Float64Array
from twinlens.domain.difference import Affine
from twinlens.domain.group import Member


def known_matrix(members: Iterable[Member], frame_id: int, photo_id: int) -> Float64Array | None:
    """From fractions of the photo to those of the frame [3, 3]; None where no relation between the two tells."""
    for member in members:
        relation = member.relation
        if relation is None or relation.difference is None:
            continue
        if (relation.first, relation.second) == (frame_id, photo_id):
            return _as_matrix(relation.difference.affine)
        if (relation.first, relation.second) == (photo_id, frame_id):
            return _as_matrix(relation.difference.reversed().affine)
    return None


def _as_matrix(affine: Affine) -> Float64Array:
    return np.array([*affine, 0.0, 0.0, 1.0], np.float64).reshape(3, 3)
