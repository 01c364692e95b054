"""What ties a photo of a group to its keeper, or to the representative of the group."""

import math

from twinlens.domain.columns import difference_of
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import PhotoClass, Relation, Transform
from twinlens.review.data import ReviewData

_INVERSES = {Transform.ROTATED_90: Transform.ROTATED_270, Transform.ROTATED_270: Transform.ROTATED_90}


def tie(data: ReviewData, to: int, row: int, via: int) -> Relation:
    """The relation from the photo in the row ``to`` (always ``first``, whatever its id) to the photo in ``row``.

    ``via``: the row of the stored relation, -1 for identity.
    """
    ids = data.photos.photo_id
    first, second = PhotoId(int(ids[to])), PhotoId(int(ids[row]))
    if via < 0:
        same_bytes = data.photos.content_key[to] == data.photos.content_key[row]
        return Relation(first, second, PhotoClass.IDENTICAL_FILE if same_bytes else PhotoClass.IDENTICAL_PIXELS, 1.0)
    stored = data.relations
    transform = Transform.from_code(int(stored.transform_code[via]))
    difference = difference_of(stored.difference[via])
    if _is_copy(data, int(stored.second_row[via]), to):
        transform = _INVERSES.get(transform, transform)
        difference = None if difference is None else difference.reversed()
    return Relation(
        first,
        second,
        PhotoClass.from_rank(int(stored.class_rank[via])),
        float(stored.score[via]),
        transform,
        float(stored.coverage[via]),
        _known(float(stored.gap_s[via])),
        _known(float(stored.aligned_error[via])),
        difference,
    )


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _is_copy(data: ReviewData, row: int, other: int) -> bool:
    """Whether two rows are one photo or identical ones: a stored relation may name a copy of it."""
    photos = data.photos
    same_bytes = photos.content_key[row] == photos.content_key[other]
    return bool(same_bytes or photos.pixel_key[row] == photos.pixel_key[other] != -1)
