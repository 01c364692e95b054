"""Bursts: exposures of one camera within seconds that show the same scene, and series without a time that count on.

Two frames are tied when they look alike, or when frames between them lead from the one to the other without a weak step:
who walks round a statue ends on its other side. A pause far longer than the pauses around it ends a series.
"""

from collections.abc import Callable, Set
from typing import TYPE_CHECKING, Optional

import numpy as np
from msgspec import Struct

from twinlens.domain.columns import BoolArray, Float64Array, Int32Array
from twinlens.domain.fingerprint import Float32Array, Int64Array
from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import PhotoClass, Relation, Transform
from twinlens.matching.changes import Change, change_of
from twinlens.matching.pauses import parting_pauses

if TYPE_CHECKING:
    from twinlens.matching.steps import Step  # loads OpenCV

REACH_S = 60.0  # the time slider's upper end
REACH_NUMBERS = (
    1  # without times only what is counted on without a gap follows: a camera that stands still shows no more
)
REACH_FRAMES = 32  # a frame is compared with this many that follow it
LOWEST_SCORE = 0.5
MOST_SCORE = 0.999
ACROSS_A_PAUSE = 0.6  # the most that is believed of two frames on both sides of a pause that parts
_BRIDGES = 6  # of the last frames, each may lead on to the next
_SAME_MOMENT_S = 0.002  # cameras write hundredths or thousandths of a second; whole seconds tell no moment
_LOOK_FROM = 0.45  # cosine
_SURE = 0.75
_PROVEN_MATCHES, _PROVEN_UNDATED = 8, 12

Look = Callable[[int, int, bool], Optional["Step"]]


class Frames(Struct, frozen=True):
    """Frames in the order in which they were taken, sorted by roll, then place. Every array has n rows.

    ``roll``: int32, frames of one camera, or of one numbering where no time is known; -1 takes part in nothing.
    ``place``: float64, seconds on a dated roll, else numbers. ``vectors``: float32 [n, d], L2-normalised embeddings.
    ``exposure_ev``, ``bias_ev``: float64, NaN where unknown.
    """

    photo_ids: Int64Array
    roll: Int32Array
    place: Float64Array
    is_dated: BoolArray
    vectors: Float32Array
    exposure_ev: Float64Array
    bias_ev: Float64Array

    def __len__(self) -> int:
        return len(self.photo_ids)


def burst_score(cosine: Float32Array, gap_s: Float64Array) -> Float32Array:
    """How sure it is that two exposures seconds apart show one scene: 0.75 at a cosine of 0.60, of 0.53 within a second.

    A logistic of the cosine: time has done most of the work already, so that the embedding needs only to refuse the
    photographer who has turned round, for which a second is too short.
    """
    middle = np.interp(gap_s, (1.0, 3.0), (0.38, 0.45))
    return np.asarray(1.0 / (1.0 + np.exp(-7.324 * (np.asarray(cosine, np.float64) - middle))), dtype=np.float32)


def burst_relations(frames: Frames, look: Look, copies: Set[tuple[PhotoId, PhotoId]] = frozenset()) -> list[Relation]:
    """Relations of the class ``burst`` between frames at most 60 s, or as many numbers as frames, and 32 frames apart.

    Args:
        frames: n frames in order.
        look: compares two rows by their pictures; the third argument asks for features. None where it cannot.
        copies: pairs that are one exposure, ids ascending: they are no step of a series.

    Returns:
        Relations with score and ``gap_s`` (None without times), weakest score 0.5, by distance in frames, then by row.
    """
    if len(frames) < 2:
        return []
    links, changes = _links(frames, look, copies)
    sums = _Sums(changes, parting_pauses(frames.roll, frames.place, frames.is_dated))
    best: list[Float32Array] = []
    found: list[Relation] = []
    for step in range(1, min(REACH_FRAMES, len(frames) - 1) + 1):
        direct = links[step - 1] if step <= len(links) else np.zeros(0, np.float32)
        if not len(direct):
            break
        score = direct.copy()
        for back in range(1, min(_BRIDGES, step - 1) + 1):
            first, last = best[step - back - 1], links[back - 1]
            count = len(score)
            np.maximum(score, np.minimum(first[:count], last[step - back : step - back + count]), out=score)
        near = _near(frames, step)
        score = np.where(near, score, 0).astype(np.float32)
        best.append(score)
        capped = np.where(sums.parted(step), np.minimum(score, ACROSS_A_PAUSE), score)
        capped[_same_moment(frames, step)] = 0  # copies of one exposure, whatever was found of them
        for row in np.flatnonzero(capped >= LOWEST_SCORE).tolist():
            found.append(_relation(frames, row, row + step, float(capped[row]), sums))
    return found


def _near(frames: Frames, step: int) -> BoolArray:
    """Which rows and those ``step`` rows on are of one roll and within reach."""
    apart = frames.place[step:] - frames.place[:-step]
    dated = frames.is_dated[step:]
    reach = np.where(dated, REACH_S, REACH_NUMBERS * step)
    same = (frames.roll[step:] == frames.roll[:-step]) & (frames.roll[step:] >= 0)
    return np.asarray(same & (apart >= np.where(dated, 0, step)) & (apart <= reach))


def _same_moment(frames: Frames, step: int) -> BoolArray:
    """Which rows and those ``step`` rows on are of one camera and one fraction of a second."""
    apart = frames.place[step:] - frames.place[:-step]
    same = (frames.roll[step:] == frames.roll[:-step]) & frames.is_dated[step:]
    return np.asarray(same & (np.abs(apart) < _SAME_MOMENT_S) & (frames.place[step:] % 1.0 > 0))


def _links(
    frames: Frames, look: Look, copies: Set[tuple[PhotoId, PhotoId]]
) -> tuple[list[Float32Array], list[Change | None]]:
    """The score of every pair by itself, a list by distance in frames, and what changed from each frame to the next."""
    links: list[Float32Array] = []
    changes: list[Change | None] = [None] * (len(frames) - 1)
    for step in range(1, min(REACH_FRAMES, len(frames) - 1) + 1):
        near = _near(frames, step)
        if not near.any():
            break
        rows = np.flatnonzero(near)
        cosine = np.einsum("ij,ij->i", frames.vectors[rows], frames.vectors[rows + step])
        dated = frames.is_dated[rows]
        gap = frames.place[rows + step] - frames.place[rows]
        score = np.zeros(len(near), np.float32)
        score[rows] = np.where(dated, burst_score(cosine, gap), 0)
        one_exposure = _same_moment(frames, step)
        score[one_exposure] = MOST_SCORE
        if step <= 2:
            for row, alike in zip(rows.tolist(), cosine.tolist(), strict=True):
                pair = _ascending(frames, row, row + step)
                if pair in copies or one_exposure[row]:
                    score[row] = MOST_SCORE
                    continue
                score[row], seen = _looked(frames, row, row + step, float(score[row]), alike, look)
                if step == 1 and score[row] >= LOWEST_SCORE:
                    changes[row] = change_of(
                        seen,
                        float(frames.exposure_ev[row + 1] - frames.exposure_ev[row]),
                        float(frames.bias_ev[row + 1] - frames.bias_ev[row]),
                    )
        links.append(score)
    return links, changes


def _looked(
    frames: Frames, first: int, second: int, score: float, cosine: float, look: Look
) -> tuple[float, "list[Step]"]:
    """The score after a look at the pictures where that may change it, and what was seen."""
    is_dated = bool(frames.is_dated[first])
    seen: list[Step] = []
    if cosine < _LOOK_FROM:
        return score, seen
    if second == first + 1 and (not is_dated or score >= LOWEST_SCORE):
        as_they_lie = look(first, second, False)
        seen = [] if as_they_lie is None else [as_they_lie]
    if not is_dated or (score < _SURE and second == first + 1):
        moved = look(first, second, True)
        if moved is not None:
            seen.append(moved)
            if moved.matches >= (_PROVEN_MATCHES if is_dated else _PROVEN_UNDATED):
                score = max(score, moved.matches / (moved.matches + 2.5))
    return min(score, MOST_SCORE), seen


class _Counts(Struct, frozen=True):
    exposed: Int64Array
    focused: Int64Array
    told: Int64Array
    unsteady: Int64Array
    parted: Int64Array


class _Sums:
    """Running counts over the steps, so that what lies between two frames is a subtraction."""

    def __init__(self, changes: list[Change | None], parting: BoolArray) -> None:
        def running(values: list[bool]) -> Int64Array:
            return np.concatenate([[0], np.cumsum(np.array(values, np.int64))]).astype(np.int64)

        self._counts = _Counts(
            running([change is not None and change.transform is Transform.EXPOSED for change in changes]),
            running([change is not None and change.transform is Transform.FOCUSED for change in changes]),
            running([change is not None for change in changes]),
            running([change is not None and change.error_levels is None for change in changes]),
            running(parting.tolist()),
        )

    def parted(self, step: int) -> BoolArray:
        """Whether a parting pause lies between each row and the row ``step`` on."""
        return np.asarray(self._counts.parted[step:] > self._counts.parted[:-step])

    def between(self, first: int, second: int) -> tuple[Transform, float | None]:
        """What changed from one row to a later one, by the majority of the steps; and 0 where the view stood still.

        Not how far the pictures differ: that would hang on which copies in between are known as such by now.
        """
        counts = self._counts
        told = int(counts.told[second] - counts.told[first])
        if not told:
            return Transform.NONE, None
        transform = Transform.NONE
        if 2 * (counts.exposed[second] - counts.exposed[first]) >= told:
            transform = Transform.EXPOSED
        elif 2 * (counts.focused[second] - counts.focused[first]) >= told:
            transform = Transform.FOCUSED
        if counts.unsteady[second] > counts.unsteady[first]:
            return transform, None
        return transform, 0.0


def _relation(frames: Frames, first: int, second: int, score: float, sums: _Sums) -> Relation:
    low, high = _ascending(frames, first, second)
    transform, error = sums.between(first, second)
    gap = float(frames.place[second] - frames.place[first]) if frames.is_dated[first] else None
    return Relation(low, high, PhotoClass.BURST, score, transform, gap_s=gap, aligned_error=error)


def _ascending(frames: Frames, first: int, second: int) -> tuple[PhotoId, PhotoId]:
    low, high = sorted((int(frames.photo_ids[first]), int(frames.photo_ids[second])))
    return PhotoId(low), PhotoId(high)
