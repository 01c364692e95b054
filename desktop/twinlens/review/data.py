"""What grouping needs of a library, loaded at once."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from twinlens.catalog.database import Catalog
from twinlens.domain.columns import BoolArray, PhotoColumns, RelationColumns
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.photo import PhotoId


@dataclass(frozen=True, slots=True)
class ReviewData:
    """Photos, their relations, refused pairs (int64 [k, 2] of ``content_key``) and the keeper order (rank of each row)."""

    photos: PhotoColumns
    relations: RelationColumns
    refused: Int64Array
    order: Int64Array


def load_review_data(catalog: Catalog, ids: Sequence[PhotoId] | None = None) -> ReviewData:
    """The state of the library now, or of these photos of it; safe to be handed to another thread."""
    from twinlens.matching.keeper import keeper_order

    photos = catalog.photos.columns(ids)
    return ReviewData(
        photos, catalog.relations.columns(photos), catalog.verdicts.refused_rows(photos), keeper_order(photos)
    )


def narrowed(data: ReviewData, wanted: BoolArray) -> ReviewData:
    """Only the photos of these rows, and the relations among them."""
    rows = np.flatnonzero(wanted)
    new_row = np.full(len(data.photos), -1, np.int64)
    new_row[rows] = np.arange(len(rows))
    arrays = {
        field.name: getattr(data.photos, field.name)[rows] for field in fields(PhotoColumns) if field.name != "paths"
    }
    photos = PhotoColumns(**arrays, paths=[data.photos.paths[row] for row in rows.tolist()])
    first, second = new_row[data.relations.first_row], new_row[data.relations.second_row]
    kept = (first >= 0) & (second >= 0)
    relations = RelationColumns(
        **{field.name: getattr(data.relations, field.name)[kept] for field in fields(RelationColumns)}
    )
    relations = replace(relations, first_row=first[kept], second_row=second[kept])
    return ReviewData(photos, relations, data.refused, data.order[rows])
