"""Burst relations for new photos: their neighbours in camera time, compared by embedding."""

import numpy as np

from twinlens.catalog import Catalog
from twinlens.domain.columns import BoolArray, Float64Array
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.photo import PhotoId
from twinlens.matching.bursts import REACH_FRAMES, REACH_S, burst_relations
from twinlens.scanning.kept_rows import KeptRows, Records

_EXPOSURE = np.dtype([("taken_s", "<f8"), ("camera", "<i4"), ("content", "V16")])


class Bursts:
    """Relates new photos to those taken just before and after; knows from round to round when each photo was taken."""

    def __init__(self) -> None:
        self._exposures = KeptRows(_EXPOSURE)
        self._cameras: dict[str, int] = {}
        self._loaded = False

    def store(self, catalog: Catalog, new_ids: Int64Array, model_sha256: str | None) -> int:
        """Relate the new photos to their neighbours of the same camera; returns how many relations were new."""
        if model_sha256 is None or not len(new_ids):
            return 0
        self._take(catalog, new_ids)
        ids, exposures = self._around(new_ids)
        if len(ids) < 2:
            return 0
        found, vectors = catalog.fingerprints.embeddings_of([PhotoId(i) for i in ids.tolist()], model_sha256)
        present = np.isin(ids, found)
        ids, exposures = ids[present], exposures[present]
        placed = vectors[np.searchsorted(found, ids)]
        relations = burst_relations(ids, exposures["taken_s"], exposures["camera"], placed)
        # A stronger relation of the same pair stays: a copy is no second exposure.
        related = catalog.relations.among([PhotoId(i) for i in ids.tolist()])
        content = dict(zip(ids.tolist(), exposures["content"].tolist(), strict=True))
        fresh = [r for r in relations if (r.first, r.second) not in related and content[r.first] != content[r.second]]
        catalog.relations.save(fresh, {PhotoId(id_): bytes_ for id_, bytes_ in content.items()})
        return len(fresh)

    def _take(self, catalog: Catalog, new_ids: Int64Array) -> None:
        """Photos that went meanwhile stay here: they have no vector any more and relate to nothing."""
        wanted = [PhotoId(id_) for id_ in new_ids.tolist()] if self._loaded else None
        rows = catalog.exposures.of(wanted)
        self._loaded = True
        records = np.empty(len(rows), _EXPOSURE)
        for at, (_, taken_s, camera, content) in enumerate(rows):
            records[at] = (taken_s, self._cameras.setdefault(camera, len(self._cameras)), content)
        ids = np.array([row[0] for row in rows], np.int64)
        undated = np.setdiff1d(new_ids, ids)
        if np.isin(undated, self._exposures.ids).any():  # a photo was exchanged for one without a time
            self._exposures.keep(np.setdiff1d(self._exposures.ids, undated))
        self._exposures.merge(ids, records)

    def _around(self, new_ids: Int64Array) -> tuple[Int64Array, Records]:
        """The photos within reach of a new one, by camera, then time."""
        exposures = self._exposures.records
        is_new = np.isin(self._exposures.ids, new_ids)
        reach = np.flatnonzero(_within_reach(exposures["taken_s"], np.sort(exposures["taken_s"][is_new])))
        order = reach[np.lexsort((exposures["taken_s"][reach], exposures["camera"][reach]))]
        order = order[_near(is_new[order])]
        return self._exposures.ids[order], exposures[order]


def _within_reach(taken_s: Float64Array, new_s: Float64Array) -> BoolArray:
    """Which of these times lie within the reach of a burst of one of the new ones, which ascend."""
    if not len(new_s):
        return np.zeros(len(taken_s), np.bool_)
    after = np.minimum(np.searchsorted(new_s, taken_s), len(new_s) - 1)
    before = np.maximum(after - 1, 0)
    return np.asarray(np.minimum(np.abs(new_s[after] - taken_s), np.abs(new_s[before] - taken_s)) <= REACH_S)


def _near(is_new: BoolArray) -> BoolArray:
    """Rows at most ``REACH_FRAMES`` places from a new one."""
    edges = np.zeros(len(is_new) + 1, np.int64)
    at = np.flatnonzero(is_new)
    np.add.at(edges, np.maximum(at - REACH_FRAMES, 0), 1)
    np.add.at(edges, np.minimum(at + REACH_FRAMES + 1, len(is_new)), -1)
    return np.asarray(np.cumsum(edges)[:-1] > 0)
