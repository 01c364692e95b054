"""Rows that changed, put among those that stayed."""

import numpy as np

from twinlens.domain.fingerprint import Int64Array


def merged_order(ids: Int64Array, changed: Int64Array, added: Int64Array) -> Int64Array:
    """Where the rows come from when those of the ``changed`` leave and the ``added`` come: rows of both end to end.

    ``ids`` and ``added`` ascend, equal ones within each in the order they have; no id that stays is among the added.
    """
    stays = np.flatnonzero(~np.isin(ids, changed))
    places = np.searchsorted(ids[stays], added)
    return np.insert(stays, places, np.arange(len(ids), len(ids) + len(added))).astype(np.int64)
