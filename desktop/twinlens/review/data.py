"""What grouping needs of a library, loaded at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from msgspec import structs

from twinlens.catalog.database import Catalog
from twinlens.catalog.library_columns import LibraryColumns
from twinlens.catalog.path_column import PathColumn
from twinlens.domain.columns import BoolArray, PhotoColumns, RelationColumns
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.measures import MeasureColumns, measures_of, nothing_measured
from twinlens.domain.photo import PhotoId
from twinlens.matching.groundwork import Groundwork
from twinlens.review.best_shots import ShotJudge


@dataclass(frozen=True, slots=True)
class ReviewData:
    """Photos, their relations, refused pairs (int64 [k, 2] of ``content_key``) and the keeper order (rank of each row).

    ``loaded``: what the catalog gave, where that was all it held. ``cameras``: the name of each ``camera_key``; without any
    where only some photos were asked for by their ids. ``measures``: how the frames of series came out.
    """

    photos: PhotoColumns
    relations: RelationColumns
    refused: Int64Array
    order: Int64Array
    loaded: LibraryColumns | None = None
    cameras: tuple[str, ...] = ()
    measures: MeasureColumns = field(default_factory=nothing_measured)
    ground: Groundwork = field(init=False, repr=False, compare=False)
    judge: ShotJudge = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """What grouping makes of these is kept with them, so that a slider finds it."""
        object.__setattr__(self, "ground", Groundwork(self.photos, self.relations, self.order, self.refused))
        object.__setattr__(self, "judge", ShotJudge(self.photos, self.measures))

    def measured(self, measures: MeasureColumns) -> "ReviewData":
        """The same with other measures: what grouping has made of the rest is taken over."""
        other = replace(self, measures=measures)
        object.__setattr__(other, "ground", self.ground)
        return other


def load_review_data(catalog: Catalog, ids: Sequence[PhotoId] | None = None) -> ReviewData:
    """The state of the library now, or of these photos of it; safe to be handed to another thread."""
    if ids is None:
        return follow_review_data(catalog, None)
    photos = catalog.photos.columns(ids)
    relations = catalog.relations.columns(photos)
    refused, order = catalog.verdicts.refused_rows(photos), _keeper_order(photos, relations)
    return ReviewData(photos, relations, refused, order)


def follow_review_data(catalog: Catalog, before: ReviewData | None) -> ReviewData:
    """The state of the library now; given that of a moment before, only what has changed since is read.

    Where nothing has changed, what was given is returned.
    """
    earlier = before.loaded if before is not None else None
    loaded = catalog.columns(earlier)
    photos = loaded.photos
    refused, cameras = catalog.verdicts.refused_rows(photos), loaded.stored_photos.cameras
    measures = _measures(catalog, loaded, before)
    if before is None or before.photos is not photos or before.relations is not loaded.relations:
        order = _keeper_order(photos, loaded.relations)
        return ReviewData(photos, loaded.relations, refused, order, loaded, cameras, measures)
    if not np.array_equal(before.refused, refused):
        return ReviewData(photos, loaded.relations, refused, before.order, loaded, cameras, measures)
    return before if measures is before.measures else before.measured(measures)


def _measures(catalog: Catalog, loaded: LibraryColumns, before: ReviewData | None) -> MeasureColumns:
    stored = catalog.measures.stored(before.measures.stored if before is not None else None)
    if before is not None and before.photos is loaded.photos and before.measures.stored is stored:
        return before.measures
    return measures_of(loaded.photos.photo_id, loaded.stored_photos.content, stored)


def _keeper_order(photos: PhotoColumns, relations: RelationColumns) -> Int64Array:
    from twinlens.matching.keeper import keeper_order

    return keeper_order(photos, relations)


def narrowed(data: ReviewData, wanted: BoolArray) -> ReviewData:
    """Only the photos of these rows, and the relations among them."""
    rows = np.flatnonzero(wanted)
    new_row = np.full(len(data.photos), -1, np.int64)
    new_row[rows] = np.arange(len(rows))
    arrays = {field: getattr(data.photos, field)[rows] for field in PhotoColumns.__struct_fields__ if field != "paths"}
    paths = data.photos.paths
    chosen = paths.taken(rows) if isinstance(paths, PathColumn) else [paths[row] for row in rows.tolist()]
    photos = PhotoColumns(**arrays, paths=chosen)
    first, second = new_row[data.relations.first_row], new_row[data.relations.second_row]
    kept = (first >= 0) & (second >= 0)
    relations = RelationColumns(
        **{field: getattr(data.relations, field)[kept] for field in RelationColumns.__struct_fields__}
    )
    relations = structs.replace(relations, first_row=first[kept], second_row=second[kept])
    order = data.order[rows]
    return ReviewData(photos, relations, data.refused, order, cameras=data.cameras, measures=data.measures)
