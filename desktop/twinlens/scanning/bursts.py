"""Burst relations for new photos: their neighbours in camera time, compared by embedding."""

import numpy as np

from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.photo import PhotoId
from twinlens.library.open import Library
from twinlens.matching.bursts import REACH_FRAMES, burst_relations


def store_bursts(library: Library, new_ids: Int64Array, model_sha256: str | None) -> int:
    """Relate the new photos to those taken just before and after by the same camera; returns how many relations were new."""
    if model_sha256 is None or not len(new_ids):
        return 0
    catalog = library.catalog()
    photos = catalog.photos.columns()
    dated = np.flatnonzero(~np.isnan(photos.taken_s) & (photos.camera_key >= 0))
    order = dated[np.lexsort((photos.taken_s[dated], photos.camera_key[dated]))]
    near = _near(np.isin(photos.photo_id[order], new_ids))
    rows = order[near]
    if len(rows) < 2:
        return 0
    ids, vectors = catalog.fingerprints.embeddings_of(
        [PhotoId(i) for i in photos.photo_id[rows].tolist()], model_sha256
    )
    rows = rows[np.isin(photos.photo_id[rows], ids)]
    placed = vectors[np.searchsorted(ids, photos.photo_id[rows])]
    found = burst_relations(photos.photo_id[rows], photos.taken_s[rows], photos.camera_key[rows], placed)
    # A stronger relation of the same pair stays: a copy is no second exposure.
    present = catalog.relations.among([PhotoId(i) for i in photos.photo_id[rows].tolist()])
    content = dict(zip(photos.photo_id[rows].tolist(), photos.content_key[rows].tolist(), strict=True))
    fresh = [r for r in found if (r.first, r.second) not in present and content[r.first] != content[r.second]]
    catalog.relations.save(fresh)
    return len(fresh)


def _near(is_new: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Rows at most ``REACH_FRAMES`` places from a new one."""
    edges = np.zeros(len(is_new) + 1, np.int64)
    at = np.flatnonzero(is_new)
    np.add.at(edges, np.maximum(at - REACH_FRAMES, 0), 1)
    np.add.at(edges, np.minimum(at + REACH_FRAMES + 1, len(is_new)), -1)
    return np.asarray(np.cumsum(edges)[:-1] > 0)
