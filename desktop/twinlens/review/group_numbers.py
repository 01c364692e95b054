"""Which group each photo is in, in a list of groups that do not overlap."""

import numpy as np

from twinlens.domain.fingerprint import Int64Array
from twinlens.matching.ordering import order_of


class GroupNumbers:
    """``photo_ids``: int64, group after group; ``starts``: int64 [groups + 1], where those of each begin."""

    def __init__(self, photo_ids: Int64Array, starts: Int64Array) -> None:
        by_id = order_of(photo_ids)
        self._sorted = photo_ids[by_id]
        self._number = np.repeat(np.arange(len(starts) - 1), np.diff(starts))[by_id]

    def of(self, photo_id: int) -> int | None:
        """The number of the group that this photo is in."""
        place = int(np.searchsorted(self._sorted, photo_id))
        if place == len(self._sorted) or self._sorted[place] != photo_id:
            return None
        return int(self._number[place])

    def of_all(self, photo_ids: Int64Array) -> Int64Array:
        """The numbers of the groups that these photos are in, int64, -1 where a photo is in none."""
        if not len(self._sorted):
            return np.full(len(photo_ids), -1, np.int64)
        place = np.minimum(np.searchsorted(self._sorted, photo_ids), len(self._sorted) - 1)
        return np.where(self._sorted[place] == photo_ids, self._number[place], -1)
