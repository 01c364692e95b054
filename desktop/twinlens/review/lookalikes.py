"""Groups of lookalikes: not stored, made from the vectors when they are asked for."""

from dataclasses import replace

import numpy as np
from msgspec import structs

from twinlens.domain.columns import RelationColumns
from twinlens.domain.group import GroupQuery
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import PhotoClass
from twinlens.library.open import Library
from twinlens.review.data import ReviewData
from twinlens.review.duplicates import GroupList

_BLOCK = 1_024
_NEIGHBOURS = 12


def lookalike_groups(library: Library, data: ReviewData, similarity: float = 0.75) -> GroupList:
    """Stars of photos whose vectors have at least this cosine; pairs that are tied by a stronger class do not count.

    A lookalike is never suggested for removal and counts no bytes.
    """
    from twinlens.matching.clustering import group_rows

    tied = lookalike_relations(library, data, similarity)
    # Grouping knows no lookalikes, as they are not stored; it makes the same stars of them under another name.
    lent = structs.replace(tied, class_rank=np.full(len(tied), PhotoClass.EDITED.rank, np.int8))
    rows = group_rows(replace(data, relations=lent).ground, GroupQuery(PhotoClass.EDITED, similarity))
    named = structs.replace(rows, query=GroupQuery(PhotoClass.LOOKALIKE, similarity))
    return GroupList(replace(data, relations=tied), named)


def lookalike_relations(library: Library, data: ReviewData, minimum_cosine: float = 0.5) -> RelationColumns:
    """A lookalike relation for each photo's nearest neighbours; the score is the cosine.

    Pairs that have a stored relation are left out. ``library.vectors`` must know its network (``use_model``); without one
    there are none.
    """
    model = library.vectors.model
    if model is None or len(data.photos) == 0:
        return _columns({})
    fingerprints = library.catalog().fingerprints
    ids = fingerprints.embedding_ids(model.sha256)
    pairs: dict[tuple[int, int], float] = {}
    for start in range(0, len(ids), _BLOCK):
        block = [PhotoId(id_) for id_ in ids[start : start + _BLOCK].tolist()]
        present, vectors = fingerprints.embeddings_of(block, model.sha256)  # never all of them: half a gigabyte
        found, cosines = library.vectors.search(vectors, _NEIGHBOURS + 1, minimum_cosine)
        own = np.repeat(present, found.shape[1])
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
    return _columns(pairs)


def _columns(pairs: dict[tuple[int, int], float]) -> RelationColumns:
    rows = np.array(list(pairs), np.int64).reshape(-1, 2)
    unknown = np.full(len(rows), np.nan, np.float32)
    return RelationColumns(
        first_row=rows[:, 0],
        second_row=rows[:, 1],
        class_rank=np.full(len(rows), PhotoClass.LOOKALIKE.rank, np.int8),
        score=np.array(list(pairs.values()), np.float32),
        transform_code=np.zeros(len(rows), np.int8),
        coverage=np.zeros(len(rows), np.float32),
        gap_s=unknown,
        aligned_error=unknown,
    )
