"""What grouping needs of a library wherever the sliders stand: made when first asked for, kept as long as the data.

Nodes are what a relation ties: a photo with its identical copies, or, in bursts, an exposure with all of its copies. They
are numbered from the best to the worst as keeper, so that the lowest of any is the one to keep.
"""

import os
from functools import cached_property
from itertools import product

import numpy as np
from msgspec import Struct

from twinlens.domain.columns import BoolArray, Float64Array, PhotoColumns, RelationColumns
from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.domain.relation import PhotoClass
from twinlens.matching.ordering import surest_first
from twinlens.matching.representatives import nearest_representative
from twinlens.matching.rolls import number_in
from twinlens.matching.shots import other_shots
from twinlens.matching.stars import Stars

TRUSTED_SCORE = 0.75  # exposures of a burst are told apart with this, wherever the slider stands


class Nodes(Struct, frozen=True):
    """``of_row``: the node of each photo's row. ``row``: the best row of each node. ``refused``: int64 [k, 2], pairs of
    nodes that the user parted.
    """

    of_row: Int64Array
    row: Int64Array
    refused: Int64Array

    def __len__(self) -> int:
        return len(self.row)


class Edges(Struct, frozen=True):
    """The best relation of each pair of nodes, from the surest to the weakest: its ends, the better first, its row in the
    relations, and its score.
    """

    first: Int64Array
    second: Int64Array
    row: Int64Array
    score: Float32Array

    def __len__(self) -> int:
        return len(self.row)

    def above(self, score: float) -> "Edges":
        """Those of at least this score."""
        end = int(np.searchsorted(-self.score, -np.float32(score), side="right"))
        return Edges(self.first[:end], self.second[:end], self.row[:end], self.score[:end])

    def where(self, wanted: BoolArray) -> "Edges":
        """A part of them."""
        return Edges(self.first[wanted], self.second[wanted], self.row[wanted], self.score[wanted])


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
            nodes, found = self.nodes(photo_class), self._edges_of(photo_class)
            edges = led(self._in_runs(found, time_gap_s) if is_burst else found, len(nodes))
            known = edges, Stars(len(nodes), edges.first, edges.second, nodes.refused)
            if is_burst:  # only for one pause: the slider may come by any number of them
                self._ties = {other: kept for other, kept in self._ties.items() if other[0] is not photo_class}
            self._ties[key] = known
        return known

    @cached_property
    def _sequence(self) -> tuple[Int64Array, BoolArray, Float64Array]:
        """Rows of known camera and time in the order of both, where a camera begins, and the pauses in between."""
        photos = self.photos
        known = np.nonzero(~np.isnan(photos.taken_s) & (photos.camera_key >= 0))[0]
        known = known[np.lexsort((photos.taken_s[known], photos.camera_key[known]))].astype(np.int64)
        return known, np.asarray(np.diff(photos.camera_key[known]) != 0), np.diff(photos.taken_s[known])

    def _in_runs(self, edges: Edges, time_gap_s: float) -> Edges:
        """Those between photos of one camera without a longer pause in between.

        Series whose order their names tell have no pauses, or only those that the names tell.
        """
        known, other_camera, pause_s = self._sequence
        run = np.full(len(self.photos), -1, np.int64)
        run[known] = np.concatenate([[0], np.cumsum(other_camera | (pause_s > time_gap_s))])[: len(known)]
        one, two = run[self.relations.first_row[edges.row]], run[self.relations.second_row[edges.row]]
        untimed = (one < 0) | (two < 0)
        return edges.where(np.where(untimed, ~(self.relations.gap_s[edges.row] > time_gap_s), one == two))

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
    def _frames(self) -> Edges:
        burst = PhotoClass.BURST
        return _best_edges(self.relations, self.relations.class_rank == burst.rank, self.nodes(burst))

    def _edges_of(self, photo_class: PhotoClass) -> Edges:
        if photo_class is PhotoClass.BURST:
            return self._frames
        # Equal content is identity, which the nodes hold already, or was parted by the user: no relation ties it again.
        content, relations = self.photos.content_key, self.relations
        other = content[relations.first_row] != content[relations.second_row]
        usable = other & (relations.class_rank <= photo_class.rank) & ~self._of_other_shots
        return _best_edges(relations, usable, self.pictures)

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


def led(edges: Edges, count: int) -> Edges:
    """The same, surest first, where an edge between the realms of two representatives counts as not quite trusted.

    Where the slider stands lower all edges may tie, where it stands higher only those within a realm. So the groups that are
    shown unasked are those around the best representatives, and sliders only part or join them.
    """
    sure = edges.score >= TRUSTED_SCORE
    leader = nearest_representative(count, edges.first[sure], edges.second[sure], edges.score[sure])
    score = edges.score.copy()
    across = leader[edges.first] != leader[edges.second]
    score[sure & across] = np.nextafter(np.float32(TRUSTED_SCORE), np.float32(0))
    order = surest_first(score)
    return Edges(edges.first[order], edges.second[order], edges.row[order], score[order])
