"""Groups of lookalikes: not stored, made from the vectors when they are asked for."""

from dataclasses import replace

import numpy as np

from twinlens.domain.columns import RelationColumns
from twinlens.domain.relation import PhotoClass
from twinlens.library.open import Library
from twinlens.review.data import ReviewData

_BLOCK = 1_024
_NEIGHBOURS = 12


def with_lookalikes(library: Library, data: ReviewData, minimum_cosine: float = 0.5) -> ReviewData:
    """``data`` with a lookalike relation for each photo's nearest neighbours; the score is the cosine.

    Pairs that have a stored relation keep it. ``library.vectors`` must know its network (``use_model``); without one the
    data come back as they are.
    """
    model = library.vectors.model
    if model is None or len(data.photos) == 0:
        return data
    ids, vectors = library.catalog().fingerprints.embeddings(model.sha256)
    pairs: dict[tuple[int, int], float] = {}
    for start in range(0, len(ids), _BLOCK):
        found, cosines = library.vectors.search(vectors[start : start + _BLOCK], _NEIGHBOURS + 1)
        own = np.repeat(ids[start : start + _BLOCK], found.shape[1])
        near = cosines.ravel() >= minimum_cosine
        known = np.isin(found.ravel(), data.photos.photo_id) & np.isin(own, data.photos.photo_id)
        wanted = near & known & (own != found.ravel())
        first = data.photos.rows_of(own[wanted])
        second = data.photos.rows_of(found.ravel()[wanted])
        keys = zip(np.minimum(first, second).tolist(), np.maximum(first, second).tolist(), strict=True)
        pairs.update(zip(keys, np.minimum(cosines.ravel()[wanted], 0.999).tolist(), strict=True))
    stored = zip(data.relations.first_row.tolist(), data.relations.second_row.tolist(), strict=True)
    for pair in stored:
        pairs.pop(pair, None)
    return replace(data, relations=_joined(data.relations, pairs))


def _joined(relations: RelationColumns, pairs: dict[tuple[int, int], float]) -> RelationColumns:
    rows = np.array(list(pairs), np.int64).reshape(-1, 2)
    count = len(rows)
    unknown = np.full(count, np.nan, np.float32)
    return RelationColumns(
        first_row=np.concatenate([relations.first_row, rows[:, 0]]),
        second_row=np.concatenate([relations.second_row, rows[:, 1]]),
        class_rank=np.concatenate([relations.class_rank, np.full(count, PhotoClass.LOOKALIKE.rank, np.int8)]),
        score=np.concatenate([relations.score, np.array(list(pairs.values()), np.float32)]),
        transform_code=np.concatenate([relations.transform_code, np.zeros(count, np.int8)]),
        coverage=np.concatenate([relations.coverage, np.zeros(count, np.float32)]),
        gap_s=np.concatenate([relations.gap_s, unknown]),
        aligned_error=np.concatenate([relations.aligned_error, unknown]),
    )
