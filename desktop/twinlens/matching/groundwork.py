"""What grouping needs of a library wherever the sliders stand: made when first asked for, kept as long as the data.

Nodes are what a relation ties: a photo with its identical copies, or, in bursts, an exposure with all of its copies. They
are numbered from the best to the worst as keeper, so that the lowest of any is the one to keep.
"""

import os
from functools import cached_property
from itertools import product

import numpy as np
from msgspec import Struct

from twinlens.domain.columns import BoolArray, PhotoColumns, RelationColumns
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.relation import PhotoClass
from twinlens.matching.edges import TRUSTED_SCORE, Edges, led
from twinlens.matching.ordering import surest_first
from twinlens.matching.rolls import number_in
from twinlens.matching.runs import Pauses, Runs, tied_in_runs, ties_of
from twinlens.matching.shots import other_shots
from twinlens.matching.stars import Stars, components, joined


class Nodes(Struct, frozen=True):
    """``of_row``: the node of each photo's row. ``row``: the best row of each node. ``refused``: int64 [k, 2], pairs of
    nodes that the user parted.
    """

    of_row: Int64Array
    row: Int64Array
    refused: Int64Array

    def __len__(self) -> int:
        return len(self.row)


class Groundwork:
    """Made for one state of a library; its parts may be asked for from any thread.

    ``order``: int64 [n], the rank of each row as keeper, the lowest the best, no two alike (``keeper.keeper_order``).
    ``refused_pairs``: int64 [k, 2], pairs of ``content_key`` that the user declared not to be duplicates.
    """

    def __init__(
        self, photos: PhotoColumns, relations: RelationColumns, order: Int64Array, refused_pairs: Int64Array
    ) -> None:
        self.photos = photos
        self.relations = relations
        self._order = order
        self._refused = refused_pairs
        self._ties: dict[tuple[PhotoClass, float], tuple[Edges, Stars]] = {}
        self._runs: Runs | None = None  # of the pause that was asked for last

    @cached_property
    def best_first(self) -> Int64Array:
        """The rows from the best keeper to the worst."""
        return np.argsort(self._order, kind="stable")

    @cached_property
    def place_in_time(self) -> Int64Array:
        """The place of each row by time; rows without one come last, in a burst as their names count, equals by rank."""
        return _inverse(np.lexsort((self._order, self._numbers, self.photos.taken_s)))

    @property
    def _numbers(self) -> Int64Array:
        """What the names of untimed frames of a burst count, else 0."""
        frames = self.relations.class_rank == PhotoClass.BURST.rank
        in_bursts = np.zeros(len(self.photos), np.bool_)
        in_bursts[self.relations.first_row[frames]] = in_bursts[self.relations.second_row[frames]] = True
        numbers = np.zeros(len(self.photos), np.int64)
        for row in np.flatnonzero(in_bursts & np.isnan(self.photos.taken_s)).tolist():
            numbers[row] = number_in(os.fsencode(self.photos.paths[row]))
        return numbers

    @cached_property
    def contents(self) -> Nodes:
        """Nodes of equal bytes."""
        return self._nodes(_same_numbers(self.photos.content_key, self._parted_from_themselves()))

    @cached_property
    def pictures(self) -> Nodes:
        """Nodes of equal content or equal pixels, unless the user parted them."""
        return self._nodes(_identity(self.photos, self._refused, self._parted_from_themselves()))

    @cached_property
    def exposures(self) -> Nodes:
        """Nodes of all that is surely one exposure without an edit."""
        edges, stars = self.ties(PhotoClass.SAME_SHOT, 0.0)
        return self._nodes(stars.clusters(len(edges.above(TRUSTED_SCORE)))[self.pictures.of_row])

    def nodes(self, photo_class: PhotoClass) -> Nodes:
        """What the groups of this class are made of."""
        if photo_class is PhotoClass.IDENTICAL_FILE:
            return self.contents
        return self.exposures if photo_class is PhotoClass.BURST else self.pictures

    def ties(self, photo_class: PhotoClass, time_gap_s: float) -> tuple[Edges, Stars]:
        """What ties ``nodes(photo_class)``, of any score; in a burst without a longer pause in between."""
        is_burst = photo_class is PhotoClass.BURST
        key = (photo_class, time_gap_s if is_burst else 0.0)
        known = self._ties.get(key)
        if known is None:
            known = self._ties_in_runs(time_gap_s) if is_burst else self._ties_of(photo_class)
            if is_burst:  # only for one pause: the slider may come by any number of them
                self._ties = {other: kept for other, kept in self._ties.items() if other[0] is not photo_class}
            self._ties[key] = known
        return known

    def _ties_of(self, photo_class: PhotoClass) -> tuple[Edges, Stars]:
        # Equal content is identity, which the nodes hold already, or was parted by the user: no relation ties it again.
        content, relations, nodes = self.photos.content_key, self.relations, self.pictures
        other = content[relations.first_row] != content[relations.second_row]
        usable = other & (relations.class_rank <= photo_class.rank) & ~self._of_other_shots
        edges = _best_edges(relations, usable, nodes)
        edges = edges.scored(led(edges, len(nodes)))
        return edges, Stars(len(nodes), joined(len(nodes), edges.first, edges.second, nodes.refused))

    def _ties_in_runs(self, time_gap_s: float) -> tuple[Edges, Stars]:
        nodes, (edges, component) = self.exposures, self._frames
        kept = self._pauses.within(time_gap_s)
        runs = tied_in_runs(edges, component, nodes.refused, kept, self._runs)
        self._runs = runs
        return ties_of(edges, runs, len(nodes))

    @cached_property
    def _frames(self) -> tuple[Edges, Int64Array]:
        """The edges of bursts whatever lies in between, and the component of each node by all of them."""
        nodes, burst = self.exposures, PhotoClass.BURST
        edges = _best_edges(self.relations, self.relations.class_rank == burst.rank, nodes)
        return edges, components(len(nodes), edges.first, edges.second)

    @cached_property
    def _pauses(self) -> Pauses:
        return Pauses(self.photos, self.relations, self._frames[0].row)

    def _nodes(self, number: Int64Array) -> Nodes:
        """Renumber by the best row of each, given any numbers from 0."""
        best = np.full(number.max(initial=-1) + 1, len(number), np.int64)
        np.minimum.at(best, number, _inverse(self.best_first))
        found = np.sort(best[best < len(number)])
        of_row = np.searchsorted(found, best[number])
        return Nodes(of_row, self.best_first[found], self._refused_nodes(of_row))

    def _parted_from_themselves(self) -> BoolArray:
        keys = self._refused[self._refused[:, 0] == self._refused[:, 1], 0]
        return np.isin(self.photos.content_key, keys)

    def _refused_nodes(self, node: Int64Array) -> Int64Array:
        """All nodes of the one content of each refused pair with all of the other."""
        if not len(self._refused):
            return np.zeros((0, 2), np.int64)
        by_content = np.argsort(self.photos.content_key, kind="stable")
        keys = self.photos.content_key[by_content]
        pairs: list[tuple[int, int]] = []
        for one, two in self._refused.tolist():
            starts, ends = (np.searchsorted(keys, (one, two), side) for side in ("left", "right"))
            nodes = [set(node[by_content[start:end]].tolist()) for start, end in zip(starts, ends, strict=True)]
            pairs += [(first, second) for first, second in product(*nodes) if first != second]
        return np.array(pairs, dtype=np.int64).reshape(-1, 2)

    @cached_property
    def _of_other_shots(self) -> BoolArray:
        """Which relations tie a copy to another shot than the one that it is surely of."""
        relations, node = self.relations, self.pictures.of_row
        copies = np.flatnonzero(relations.class_rank <= PhotoClass.EDITED.rank)
        others = np.zeros(len(relations.score), np.bool_)
        others[copies] = other_shots(
            self.photos,
            node,
            node[relations.first_row[copies]],
            node[relations.second_row[copies]],
            relations.class_rank[copies].astype(np.int64),
            relations.score[copies],
            TRUSTED_SCORE,
        )
        return others


def _inverse(permutation: Int64Array) -> Int64Array:
    places = np.empty_like(permutation)
    places[permutation] = np.arange(len(permutation))
    return places


def _same_numbers(keys: Int64Array, alone: BoolArray) -> Int64Array:
    """Node numbers from 0: equal keys share one, except for rows that must stay alone."""
    node = np.unique(keys, return_inverse=True)[1].astype(np.int64)
    node[alone] = len(keys) + np.arange(len(keys))[alone]
    return node


def _identity(photos: PhotoColumns, refused_pairs: Int64Array, alone: BoolArray) -> Int64Array:
    """Number of each row: those of equal content, or of equal pixels, share one unless the user parted them."""
    content = np.unique(photos.content_key, return_inverse=True)[1].astype(np.int64)
    pixels = np.full(content.max(initial=-1) + 1, -1, dtype=np.int64)
    np.maximum.at(pixels, content, photos.pixel_key)
    pixel_of_row = pixels[content]
    known = np.unique(pixel_of_row, return_inverse=True)[1].astype(np.int64)
    parted = np.isin(known, _parted_pixels(photos, known, pixel_of_row, refused_pairs))
    joint = np.where((pixel_of_row >= 0) & ~parted, known, len(photos) + content)
    return _same_numbers(joint, alone)


def _parted_pixels(
    photos: PhotoColumns, known: Int64Array, pixel_of_row: Int64Array, refused_pairs: Int64Array
) -> Int64Array:
    """Pixel classes in which the user parted two contents: there only equal files stay one."""
    keys, at = np.unique(photos.content_key, return_index=True)
    both = np.isin(refused_pairs, keys).all(axis=1)
    rows = at[np.searchsorted(keys, refused_pairs[both])].reshape(-1, 2)
    same = (known[rows[:, 0]] == known[rows[:, 1]]) & (pixel_of_row[rows[:, 0]] >= 0)
    return np.asarray(known[rows[same, 0]], dtype=np.int64)


def _best_edges(relations: RelationColumns, usable: BoolArray, nodes: Nodes) -> Edges:
    """One edge for each pair of nodes, the surest relation; of equally sure ones the strongest class, then the first rows."""
    rows = np.nonzero(usable)[0]
    one, two = nodes.of_row[relations.first_row[rows]], nodes.of_row[relations.second_row[rows]]
    apart = one != two
    rows, low, high = rows[apart], np.minimum(one, two)[apart], np.maximum(one, two)[apart]
    pair, score = low * len(nodes) + high, relations.score[rows]
    strength = (relations.second_row[rows], relations.first_row[rows], relations.class_rank[rows])
    sort = np.lexsort((*strength, -score, pair))
    sort = sort[np.flatnonzero(np.diff(pair[sort], prepend=-1))]
    refused = np.sort(nodes.refused, axis=1)
    sort = sort[~np.isin(pair[sort], refused[:, 0] * len(nodes) + refused[:, 1])]
    sort = sort[surest_first(score[sort])]
    return Edges(low[sort], high[sort], rows[sort].astype(np.int64), score[sort])
