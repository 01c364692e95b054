"""How many pairs there are at each position of a slider, and what the user said of them: from columns in memory."""

import numpy as np
from msgspec import Struct, field

from twinlens.domain.columns import BoolArray, Float64Array, PhotoColumns
from twinlens.domain.fingerprint import Int64Array
from twinlens.domain.group import GroupQuery
from twinlens.domain.relation import PhotoClass
from twinlens.review.data import ReviewData


class SliderHistogram(Struct, frozen=True):
    """Pairs by position of the slider: ``counts`` of all, ``yes`` of those that the user accepted as belonging together (one
    kept, one rejected), ``no`` of those called no duplicates. int64 [positions] each.
    """

    counts: Int64Array
    yes: Int64Array
    no: Int64Array


class Decided(Struct, frozen=True):
    """The ids of the photos that the user marked, in any order, and the scores of the matches by which photos were removed."""

    kept: Int64Array
    rejected: Int64Array
    removed_scores: Float64Array = field(default_factory=lambda: np.zeros(0))


def similarity_histogram(
    data: ReviewData, query: GroupQuery, positions: Float64Array, decided: Decided
) -> SliderHistogram:
    """The relations that tie the groups of a class, by their score: at each position those that the next one would part."""
    if query.photo_class.rank <= PhotoClass.IDENTICAL_PIXELS.rank or len(data.photos) < 2:
        return _nothing(len(positions))
    edges, _ = data.ground.ties(query.photo_class, query.time_gap_s)
    kept, rejected = (_nodes_with(data, query.photo_class, ids) for ids in (decided.kept, decided.rejected))
    first, second = edges.first, edges.second
    yes = (kept[first] & rejected[second]) | (rejected[first] & kept[second])
    refused = _refused_relations(data, query.photo_class)
    score = data.relations.score
    all_pairs, of_marks, no = (
        _by_score(score[rows], positions) for rows in (edges.row, edges.row[yes], np.flatnonzero(refused))
    )
    of_removed = _by_score(decided.removed_scores.astype(np.float32), positions)
    return SliderHistogram(all_pairs, of_marks + of_removed, no)


def time_gap_histogram(data: ReviewData, positions: Float64Array, decided: Decided) -> SliderHistogram:
    """The seconds between exposures of one camera that follow each other, copies left out: at each position the pauses that
    it bridges and the one before does not.
    """
    photos = data.photos
    rejected, kept = (_nodes_with(data, PhotoClass.BURST, ids) for ids in (decided.rejected, decided.kept))
    one, two, pause_s = _neighbours(photos, data.ground.nodes(PhotoClass.BURST).row)
    marked = rejected | kept
    yes = marked[one] & marked[two] & (rejected[one] | rejected[two])
    apart = data.relations.class_rank == PhotoClass.BURST.rank
    apart &= _refused_relations(data, PhotoClass.BURST)
    first, second = data.relations.first_row[apart], data.relations.second_row[apart]
    no_s = np.abs(photos.taken_s[first] - photos.taken_s[second])
    return SliderHistogram(*(_by_pause(pauses, positions) for pauses in (pause_s, pause_s[yes], no_s[~np.isnan(no_s)])))


def _nothing(count: int) -> SliderHistogram:
    return SliderHistogram(*(np.zeros(count, np.int64) for _ in range(3)))


def _by_score(scores: np.ndarray[tuple[int], np.dtype[np.float32]], positions: Float64Array) -> Int64Array:
    at = np.searchsorted(positions.astype(np.float32), scores, side="right") - 1
    return np.bincount(at[at >= 0], minlength=len(positions)).astype(np.int64)


def _by_pause(pauses_s: Float64Array, positions: Float64Array) -> Int64Array:
    at = np.searchsorted(positions, pauses_s, side="left")
    return np.bincount(at[at < len(positions)], minlength=len(positions)).astype(np.int64)


def _nodes_with(data: ReviewData, photo_class: PhotoClass, ids: Int64Array) -> BoolArray:
    """Which nodes hold one of these photos."""
    nodes = data.ground.nodes(photo_class)
    found = np.zeros(len(nodes), np.bool_)
    found[nodes.of_row[np.isin(data.photos.photo_id, ids)]] = True
    return found


def _refused_relations(data: ReviewData, photo_class: PhotoClass) -> BoolArray:
    """The relations that this class would use, had the user not said that the pair is none."""
    relations, content = data.relations, data.photos.content_key
    is_burst = photo_class is PhotoClass.BURST
    rank = relations.class_rank
    usable = rank == photo_class.rank if is_burst else rank <= photo_class.rank
    if not len(data.refused):
        return np.zeros(len(relations), np.bool_)
    size = int(content.max(initial=0)) + 1
    pairs = np.sort(data.refused, axis=1)
    ends = np.sort(np.stack([content[relations.first_row], content[relations.second_row]], axis=1), axis=1)
    return np.asarray(usable & np.isin(ends[:, 0] * size + ends[:, 1], pairs[:, 0] * size + pairs[:, 1]))


def _neighbours(photos: PhotoColumns, row: Int64Array) -> tuple[Int64Array, Int64Array, Float64Array]:
    """Of exposures, one row each: the numbers of each two of one camera that follow each other, and the seconds between."""
    taken_s, camera = photos.taken_s[row], photos.camera_key[row]
    known = np.flatnonzero(~np.isnan(taken_s) & (camera >= 0))
    known = known[np.lexsort((taken_s[known], camera[known]))].astype(np.int64)
    one, two = known[:-1], known[1:]
    together = camera[one] == camera[two]
    one, two = one[together], two[together]
    return one, two, taken_s[two] - taken_s[one]
