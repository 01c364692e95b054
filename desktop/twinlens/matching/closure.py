"""Closing gaps: which pairs are still worth verifying so that a group becomes a star around its best keeper."""

import numpy as np

from twinlens.domain.columns import PhotoColumns, RelationColumns
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import PhotoClass
from twinlens.matching.stars import components

MOST_PAIRS_A_KEEPER = 256  # a time-lapse of thousands must not become all against one


def refine(photos: PhotoColumns, relations: RelationColumns, order: Int64Array) -> list[tuple[PhotoId, PhotoId]]:
    """Pairs of a best keeper and a photo two relations away from it that have no relation yet.

    A caller verifies them, stores what holds, and may ask again: each round reaches one relation further.

    Args:
        photos: all photos.
        relations: the stored ones; same-shot and edited are followed.
        order: int64 [n], the rank of each row as keeper.

    Returns:
        Pairs with the smaller id first, each once, ordered.
    """
    usable = relations.class_rank <= PhotoClass.EDITED.rank
    first, second = relations.first_row[usable], relations.second_row[usable]
    if not len(first):
        return []
    by_rank = np.argsort(order, kind="stable")
    best = by_rank[components(len(order), order[first], order[second])[order]]
    one, two = np.concatenate([first, second]), np.concatenate([second, first])
    spokes = one == best[one]
    near = np.zeros(len(photos), dtype=np.bool_)  # members with a direct relation to the best of their component
    near[two[spokes]] = True
    near[best] = True
    beyond = np.unique(two[near[one] & ~near[two]])
    beyond = beyond[np.lexsort((order[beyond], best[beyond]))]
    keepers = best[beyond]
    place = np.arange(len(beyond)) - np.searchsorted(keepers, keepers, side="left")
    beyond = beyond[place < MOST_PAIRS_A_KEEPER]
    ends = np.sort(np.stack([photos.photo_id[best[beyond]], photos.photo_id[beyond]], axis=1), axis=1)
    return sorted((PhotoId(low), PhotoId(high)) for low, high in ends.tolist())
