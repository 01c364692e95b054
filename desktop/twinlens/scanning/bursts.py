"""Burst relations for new photos: their neighbours in time or number, compared by embedding and, where it matters, by eye."""

import math
from collections import OrderedDict
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from twinlens.catalog import Catalog
from twinlens.catalog.exposures import ExposureRow
from twinlens.domain.columns import BoolArray, Float64Array
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.photo import PhotoId
from twinlens.domain.ports import PreviewSource
from twinlens.domain.relation import PhotoClass, Relation
from twinlens.matching.bursts import REACH_FRAMES, REACH_S, Frames, burst_relations
from twinlens.matching.edges import TRUSTED_SCORE
from twinlens.matching.rolls import place_of
from twinlens.scanning.kept_rows import KeptRows, Records

if TYPE_CHECKING:
    from twinlens.matching.steps import Step, View

_EXPOSURE = np.dtype(
    [
        ("roll", "<i4"), ("dated", "?"), ("place", "<f8"), ("number", "<i8"), ("exposure_ev", "<f4"), ("bias_ev", "<f4"),
        ("content", "V16"),
    ]
)  # fmt: skip
# What a new photo may change lies nearer than what it takes to judge that: pauses are read against those around them.
_CHANGED_FRAMES, _READ_FRAMES = REACH_FRAMES + 4, 2 * REACH_FRAMES
_CHANGED_S, _READ_S = 4 * REACH_S, 8 * REACH_S
_MOST_VIEWS = 24


class Bursts:
    """Relates new photos to those taken just before and after; knows from round to round when each photo was taken."""

    def __init__(self, previews: PreviewSource | None = None) -> None:
        self._exposures = KeptRows(_EXPOSURE)
        self._rolls: dict[bytes, int] = {}
        self._views = _Views(previews)
        self._loaded = False

    def store(self, catalog: Catalog, new_ids: Int64Array, model_sha256: str | None) -> int:
        """Relate the new photos to their neighbours on the same roll; returns how many relations are new or other."""
        if model_sha256 is None or not len(new_ids):
            return 0
        self._take(catalog, new_ids)
        ids, exposures, changed = self._around(new_ids)
        if len(ids) < 2:
            return 0
        found, vectors = catalog.fingerprints.embeddings_of([PhotoId(i) for i in ids.tolist()], model_sha256)
        present = np.isin(ids, found)
        ids, exposures, changed = ids[present], exposures[present], changed[present]
        frames = _frames(ids, exposures, vectors[np.searchsorted(found, ids)])
        known = catalog.relations.between([PhotoId(i) for i in ids.tolist()])
        content = dict(zip(ids.tolist(), exposures["content"].tolist(), strict=True))
        copies = {pair for pair, relation in known.items() if _is_copy(relation)}
        copies |= _equal_neighbours(ids, exposures)
        relations = burst_relations(frames, lambda *pair: self._views.look(ids, *pair), copies)
        touched = set(ids[changed].tolist())
        fresh = [
            relation
            for relation in relations
            if {relation.first, relation.second} <= touched
            and (relation.first, relation.second) not in copies
            and content[relation.first] != content[relation.second]
            and _is_news(relation, known)
        ]
        return _saved(catalog, fresh, {PhotoId(id_): bytes_ for id_, bytes_ in content.items()})

    def _take(self, catalog: Catalog, new_ids: Int64Array) -> None:
        """Photos that went meanwhile stay here: they have no vector any more and relate to nothing."""
        rows = catalog.exposures.of([PhotoId(id_) for id_ in new_ids.tolist()] if self._loaded else None)
        self._loaded = True
        self._views.forget(new_ids)
        records = np.zeros(len(rows), _EXPOSURE)
        placed = np.zeros(len(rows), np.bool_)
        for at, row in enumerate(rows):
            place = place_of(row.volume.encode() + b"/" + row.path, row.side_px, row.taken_s, row.camera)
            if place is not None:
                roll = self._rolls.setdefault(place.roll, len(self._rolls))
                bias = math.nan if row.exposure_bias_ev is None else row.exposure_bias_ev
                facts = (_exposure_value(row), bias, row.content)
                records[at] = (roll, place.is_dated, place.place, place.number, *facts)
                placed[at] = True
        ids = np.array([row.photo_id for row in rows], np.int64)[placed]
        unplaced = np.setdiff1d(new_ids, ids)
        if np.isin(unplaced, self._exposures.ids).any():  # a photo was exchanged for one that follows nothing
            self._exposures.keep(np.setdiff1d(self._exposures.ids, unplaced))
        self._exposures.merge(ids, records[placed])

    def _around(self, new_ids: Int64Array) -> tuple[Int64Array, Records, BoolArray]:
        """The photos around the new ones, by roll, then place, and which of them a new one may tie otherwise."""
        exposures = self._exposures.records
        is_new = np.isin(self._exposures.ids, new_ids)
        reach = np.flatnonzero(_within_reach(exposures, is_new, _READ_S))
        keys = ("number", "place", "roll")
        order = reach[np.lexsort((self._exposures.ids[reach], *(exposures[key][reach] for key in keys)))]
        order = order[_near(is_new[order], _READ_FRAMES)]
        changed = _near(is_new[order], _CHANGED_FRAMES) & _within_reach(exposures, is_new, _CHANGED_S)[order]
        return self._exposures.ids[order], exposures[order], changed


class _Views:
    """The frames looked at last, by photo."""

    def __init__(self, previews: PreviewSource | None) -> None:
        self._previews = previews
        self._kept: OrderedDict[int, View | None] = OrderedDict()

    def forget(self, ids: Int64Array) -> None:
        """These may show something else now."""
        for id_ in ids.tolist():
            self._kept.pop(id_, None)

    def look(self, ids: Int64Array, first: int, second: int, by_features: bool) -> "Step | None":
        """Compare the photos of two rows; None where one has no preview."""
        from twinlens.matching.steps import glance, laid

        one, two = self._view(int(ids[first])), self._view(int(ids[second]))
        if one is None or two is None:
            return None
        return laid(one, two) if by_features else glance(one, two)

    def _view(self, photo_id: int) -> "View | None":
        from twinlens.matching.steps import view_of

        if photo_id in self._kept:
            self._kept.move_to_end(photo_id)
            return self._kept[photo_id]
        pixels = None if self._previews is None else self._previews.preview(PhotoId(photo_id))
        view = None if pixels is None or min(pixels.shape[:2]) < 48 else view_of(pixels)
        self._kept[photo_id] = view
        if len(self._kept) > _MOST_VIEWS:
            self._kept.popitem(last=False)
        return view


def _frames(ids: Int64Array, exposures: Records, vectors: "np.ndarray") -> Frames:
    return Frames(
        ids,
        exposures["roll"],
        exposures["place"],
        exposures["dated"],
        vectors,
        exposures["exposure_ev"].astype(np.float64),
        exposures["bias_ev"].astype(np.float64),
    )


def _exposure_value(row: ExposureRow) -> float:
    """How little light the exposure lets in, in powers of two, NaN where unknown. Without an aperture: of a fixed one."""
    if not row.exposure_s or not row.iso:
        return math.nan
    return math.log2((row.aperture_f or 1.0) ** 2 / row.exposure_s) - math.log2(row.iso / 100)


def _equal_neighbours(ids: Int64Array, exposures: Records) -> set[tuple[PhotoId, PhotoId]]:
    """Pairs next to each other, or two on, that are one file."""
    equal = set()
    for step in (1, 2):
        for row in np.flatnonzero(exposures["content"][step:] == exposures["content"][:-step]).tolist():
            low, high = sorted((int(ids[row]), int(ids[row + step])))
            equal.add((PhotoId(low), PhotoId(high)))
    return equal


def _saved(catalog: Catalog, relations: list[Relation], contents: Mapping[PhotoId, bytes]) -> int:
    """Store these but for pairs that were proved copies while they were looked at: others verify at the same time."""
    concerned = sorted({photo_id for relation in relations for photo_id in (relation.first, relation.second)})
    with catalog.transaction():
        now = catalog.relations.between(concerned)
        copies = {pair for pair, relation in now.items() if _is_copy(relation)}
        still = [relation for relation in relations if (relation.first, relation.second) not in copies]
        catalog.relations.save(still, contents)
    return len(still)


def _is_copy(relation: Relation) -> bool:
    """Whether a stronger relation of a pair stays: a copy is no second exposure. An edit that is only guessed gives way."""
    if relation.photo_class is PhotoClass.EDITED:
        return relation.score >= TRUSTED_SCORE
    return relation.photo_class is not PhotoClass.BURST


def _is_news(relation: Relation, known: Mapping[tuple[PhotoId, PhotoId], Relation]) -> bool:
    before = known.get((relation.first, relation.second))
    return (
        before is None
        or before.photo_class is not relation.photo_class
        or before.transform is not relation.transform
        or before.aligned_error != relation.aligned_error
        or abs(before.score - relation.score) > 1e-6
        or before.gap_s != relation.gap_s
    )


def _within_reach(exposures: Records, is_new: BoolArray, reach_s: float) -> BoolArray:
    """Which photos lie near a new one by time, whatever the camera, or share a roll of numbers with one."""
    dated = exposures["dated"]
    near = np.zeros(len(exposures), np.bool_)
    near[~dated] = np.isin(exposures["roll"][~dated], np.unique(exposures["roll"][is_new & ~dated]))
    near[dated] = _near_in_time(exposures["place"][dated], np.sort(exposures["place"][is_new & dated]), reach_s)
    return near


def _near_in_time(taken_s: Float64Array, new_s: Float64Array, reach_s: float) -> BoolArray:
    if not len(new_s):
        return np.zeros(len(taken_s), np.bool_)
    after = np.minimum(np.searchsorted(new_s, taken_s), len(new_s) - 1)
    before = np.maximum(after - 1, 0)
    return np.asarray(np.minimum(np.abs(new_s[after] - taken_s), np.abs(new_s[before] - taken_s)) <= reach_s)


def _near(is_new: BoolArray, frames: int) -> BoolArray:
    """Rows at most so many places from a new one."""
    edges = np.zeros(len(is_new) + 1, np.int64)
    at = np.flatnonzero(is_new)
    np.add.at(edges, np.maximum(at - frames, 0), 1)
    np.add.at(edges, np.minimum(at + frames + 1, len(is_new)), -1)
    return np.asarray(np.cumsum(edges)[:-1] > 0)
