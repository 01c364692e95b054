"""What criteria look at: the columns of a library, and what follows from them, made when first asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from twinlens.domain.columns import BoolArray, Float64Array, PhotoColumns, RelationColumns
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.folders import FolderColumns, FolderPlace, folders_of
from twinlens.matching.keeper import original_first


@dataclass(frozen=True)
class Facts:
    """One state of a library. ``order``: int64 [n], the rank of every row as keeper (``keeper.keeper_order``).

    ``shots``: float64 [n], how well each frame of a burst came out beside the others of its group; NaN where that is unknown.
    """

    photos: PhotoColumns
    relations: RelationColumns
    order: Int64Array
    shots: Float64Array = field(default_factory=lambda: np.zeros(0))
    _preferred: dict[tuple[FolderPlace, ...], Float64Array] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.shots) != len(self.photos):
            object.__setattr__(self, "shots", np.full(len(self.photos), np.nan))

    @cached_property
    def folders(self) -> FolderColumns:
        """The folder of each photo."""
        return folders_of(self.photos.paths)

    @property
    def is_judged(self) -> BoolArray:
        """Which photos are frames of a burst of which is known how they came out."""
        return ~np.isnan(self.shots)

    @cached_property
    def originality(self) -> Int64Array:
        """A number for each photo, the smaller, the more likely an original."""
        return original_first(self.photos, self.relations)

    def preference(self, wanted: Sequence[FolderPlace]) -> Float64Array:
        """The place of each photo's folder among the wanted ones, [n]: of two that hold it, the deeper one counts."""
        key = tuple(wanted)
        if key not in self._preferred:
            self._preferred[key] = self._preference(key)
        return self._preferred[key]

    def inside(self, places: Sequence[FolderPlace]) -> BoolArray:
        """Which photos lie in one of these folders, bool [n]."""
        return np.asarray(self.preference(places) < len(places))

    def _preference(self, wanted: tuple[FolderPlace, ...]) -> Float64Array:
        ranks = np.full(len(self.folders.places), float(len(wanted)))
        for at, (volume, path) in enumerate(self.folders.places):
            holding = [
                (-len(place.relative_path), rank) for rank, place in enumerate(wanted) if place.holds(volume, path)
            ]
            if holding:
                ranks[at] = min(holding)[1]
        return np.asarray(ranks[self.folders.folder])
