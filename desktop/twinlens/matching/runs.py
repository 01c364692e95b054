"""Bursts at one longest pause after another: only those that a pause parts otherwise than before are tied anew.

Neither how sure an edge counts nor what it joins depends on edges of another component. Of one step of the slider most
components keep all of their edges, and so what was found of them.
"""

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from twinlens.domain.columns import BoolArray, Float64Array, PhotoColumns, RelationColumns
from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.matching.edges import Edges, led
from twinlens.matching.growth import Joins
from twinlens.matching.ordering import surest_first
from twinlens.matching.stars import Stars, in_order, joined


class Pauses:
    """The longest pause that a camera made between the two photos of each of some relations."""

    def __init__(self, photos: PhotoColumns, relations: RelationColumns, rows: Int64Array) -> None:
        """``rows``: int64 [e], of the relations."""
        known = np.nonzero(~np.isnan(photos.taken_s) & (photos.camera_key >= 0))[0]
        known = known[np.lexsort((photos.taken_s[known], photos.camera_key[known]))]
        place = np.full(len(photos), -1, np.int64)
        place[known] = np.arange(len(known))
        pauses_s = np.diff(photos.taken_s[known])
        pauses_s[np.diff(photos.camera_key[known]) != 0] = np.inf
        one, two = place[relations.first_row[rows]], place[relations.second_row[rows]]
        self._untimed = np.flatnonzero((one < 0) | (two < 0))
        self._gap_s = relations.gap_s[rows[self._untimed]]
        one[self._untimed] = two[self._untimed] = 0
        self._longest_s = longest_between(pauses_s, np.minimum(one, two), np.maximum(one, two))

    def within(self, time_gap_s: float) -> BoolArray:
        """Which relations, bool [e], are between photos of one camera without a longer pause in between.

        Series whose order their names tell have no pauses, or only those that the names tell.
        """
        kept = self._longest_s <= time_gap_s
        kept[self._untimed] = ~(self._gap_s > time_gap_s)
        return kept


def longest_between(pauses_s: Float64Array, low: Int64Array, high: Int64Array) -> Float64Array:
    """The greatest of ``pauses_s[low:high]`` for each pair of bounds, -inf where there is none; windows double in size."""
    longest_s, length, size = np.full(len(low), -np.inf), high - low, 1
    most = int(length.max(initial=0))
    while size <= most:
        at = np.flatnonzero((length >= size) & (length < 2 * size))
        longest_s[at] = np.maximum(pauses_s[low[at]], pauses_s[high[at] - size])
        pauses_s = np.maximum(pauses_s[:-size], pauses_s[size:])
        size *= 2
    return longest_s


class Runs(Struct, frozen=True):
    """What was found at one pause, by the numbers of all edges of bursts, whatever lies in between.

    ``kept``: bool [e], which edges have no longer pause in between. ``score``: float32 [e], how sure each of these counts;
    of the others it means nothing. ``joins``: as ``stars.joined`` gives them, in no order.
    """

    kept: BoolArray
    score: Float32Array
    joins: Joins


def tied_in_runs(
    edges: Edges, component: Int64Array, refused: Int64Array, kept: BoolArray, before: Runs | None
) -> Runs:
    """What is found with these edges kept; given what was found with others, only what changed since is tied anew.

    Args:
        edges: all edges of bursts, in any order that stays.
        component: int64 [nodes], the lowest node in the component of each by all edges.
        refused: int64 [k, 2], pairs of nodes that never share a group.
        kept: bool [e], which edges count.
        before: what was found with other edges kept; None for nothing.
    """
    of_edge = component[edges.first]
    is_other = np.zeros(len(component), np.bool_)
    is_other[of_edge[kept if before is None else kept != before.kept]] = True
    if before is not None and not is_other.any():
        return before
    anew = np.flatnonzero(kept & is_other[of_edge])
    score = np.zeros(len(edges), np.float32) if before is None else before.score.copy()
    score[anew] = led(edges.taken(anew), len(component))
    anew = anew[surest_first(score[anew])]
    numbers, one, two = joined(len(component), edges.first[anew], edges.second[anew], refused)
    joins = anew[numbers], one, two
    if before is not None:
        stays = ~is_other[component[before.joins[1]]]
        at, hub, drawn = (np.concatenate((old[stays], new)) for old, new in zip(before.joins, joins, strict=True))
        joins = at, hub, drawn
    return Runs(kept, score, joins)


def ties_of(edges: Edges, runs: Runs, count: int) -> tuple[Edges, Stars]:
    """The edges that were kept, surest first, and the stars that they make of ``count`` nodes."""
    kept = np.flatnonzero(runs.kept)
    kept = kept[surest_first(runs.score[kept])]
    number = np.zeros(len(edges), np.int64)
    number[kept] = np.arange(len(kept))
    at, one, two = runs.joins
    found = replace(edges.taken(kept), score=runs.score[kept])
    return found, Stars(count, in_order(number[at], one, two, len(kept)))
