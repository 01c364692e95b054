"""Verification: looks at both pictures and says whether they are one exposure, and in which class."""

import math

import numpy as np
from numpy.typing import NDArray

from twinlens.domain.fingerprint import UInt8Array
from twinlens.domain.ports import PreviewSource
from twinlens.domain.relation import PhotoClass, Relation, Transform
from twinlens.matching.alignment import (
    Overlay,
    find_affine,
    is_plausible,
    normalised,
    overlay,
    refine_affine,
)
from twinlens.matching.candidates import Candidate
from twinlens.matching.classify import (
    LOWEST_SCORE,
    SHAPE_TOLERANCE,
    TRUSTED_SCORE,
    edit_transform,
    edited_score,
    same_shot_score,
)
from twinlens.matching.exposure import Traits, are_two_exposures, gap_s
from twinlens.matching.portraits import Portrait, Portraits, oriented
from twinlens.matching.registration import agreement

__all__ = ["Traits", "Verifier"]

_TRUSTED_ORIENTATION_BITS = 18  # a hash farther off says nothing of which way the picture is turned
_FEWEST_INLIERS = 16
_BORDER_SPREAD_LEVELS = 12.0


class Verifier:
    """Relates candidates by their previews. Safe to call from several threads; what it derives is kept in a bounded cache."""

    def __init__(self, previews: PreviewSource) -> None:
        self._portraits = Portraits(previews)

    def relate(self, candidate: Candidate, first: Traits, second: Traits) -> Relation | None:
        """Decide a pair.

        Args:
            candidate: the pair, its ids in ascending order.
            first: traits of ``candidate.first``.
            second: traits of ``candidate.second``.

        Returns:
            A relation of the class ``same-shot`` or ``edited`` with a score from 0.5, or None: two exposures, pictures
            without enough structure to tell, several frames in one file, or no preview.
        """
        if are_two_exposures(first, second) or first.frame_count != second.frame_count:
            return None
        one, two = self._portraits.pixels(candidate.first), self._portraits.pixels(candidate.second)
        if one is None or two is None or min(*one.shape[:2], *two.shape[:2]) < 24:
            return None
        turned = candidate.orientation if candidate.hash_distance <= _TRUSTED_ORIENTATION_BITS else Transform.NONE
        gap = gap_s(first, second)
        found = _same_shot(candidate, oriented(one, turned), two, turned, gap, first, second)
        if found is not None and found.score >= TRUSTED_SCORE:
            return found
        edited = self._edited(candidate, one, two, turned, gap)
        return max((one for one in (found, edited) if one is not None), key=lambda one: one.score, default=None)

    def _edited(
        self, candidate: Candidate, one: UInt8Array, two: UInt8Array, turned: Transform, gap: float | None
    ) -> Relation | None:
        fixed = self._portraits.portrait(candidate.first, one, turned)
        moving = self._portraits.portrait(candidate.second, two, Transform.NONE)
        laid = _laid_over(fixed, moving)
        if laid is None:
            return None
        matrix, found = laid
        score = edited_score(found)
        if score < LOWEST_SCORE:
            return None
        transform = edit_transform(matrix, found, turned, _has_border(fixed, moving, matrix))
        return Relation(
            candidate.first,
            candidate.second,
            PhotoClass.EDITED,
            score,
            transform,
            min(1.0, found.coverage),
            gap,
            found.error_levels,
        )


def _same_shot(
    candidate: Candidate,
    one: UInt8Array,
    two: UInt8Array,
    turned: Transform,
    gap: float | None,
    first: Traits,
    second: Traits,
) -> Relation | None:
    # A preview's short side is rounded to a whole pixel: half a pixel on each side is no other shape.
    tolerance = SHAPE_TOLERANCE + 0.5 / min(one.shape[:2]) + 0.5 / min(two.shape[:2])
    if abs(math.log(one.shape[1] * two.shape[0] / (one.shape[0] * two.shape[1]))) > tolerance:
        return None
    found = agreement(one, two)
    score = 0.0 if found is None else same_shot_score(found)
    if found is None or score < LOWEST_SCORE:
        return None
    transform = turned
    if turned is Transform.NONE and {first.width_px, first.height_px} != {second.width_px, second.height_px}:
        transform = Transform.RESIZED
    return Relation(
        candidate.first, candidate.second, PhotoClass.SAME_SHOT, score, transform, 1.0, gap, found.error_levels
    )


def _laid_over(fixed: Portrait, moving: Portrait) -> tuple[NDArray[np.float64], Overlay] | None:
    """The best transform from ``moving`` to ``fixed`` and how they agree: as they lie if that fits, else by features."""
    height, width = fixed.luma.shape
    across, down = width / moving.luma.shape[1], height / moving.luma.shape[0]
    plain = np.array([[across, 0.0, (across - 1) / 2], [0.0, down, (down - 1) / 2]])
    as_it_lies = overlay(fixed.luma, moving.luma, plain)
    if max(across, down) < 1.02 * min(across, down) and edited_score(as_it_lies) >= 0.75:
        return plain, as_it_lies
    found = find_affine(fixed.features, moving.features)
    if found is None or found[1] < _FEWEST_INLIERS or not is_plausible(found[0]):
        return None
    matrix = refine_affine(normalised(fixed.luma), normalised(moving.luma), found[0])
    return (matrix, overlay(fixed.luma, moving.luma, matrix)) if is_plausible(matrix) else None


def _has_border(fixed: Portrait, moving: Portrait, matrix: NDArray[np.float64]) -> bool:
    """Whether what only one of the two shows is a plain colour: a border, and no part of the scene."""
    corners = np.array([[0, 0, 1], [moving.luma.shape[1], moving.luma.shape[0], 1]], dtype=np.float64) @ matrix.T
    left, top = corners.min(axis=0)
    right, bottom = corners.max(axis=0)
    height, width = fixed.luma.shape
    outer, box = (fixed, (left, top, right, bottom))
    if (right - left) * (bottom - top) > width * height:
        inverse = np.linalg.inv(np.vstack([matrix, [0, 0, 1]]))[:2]
        back = np.array([[0, 0, 1], [width, height, 1]], dtype=np.float64) @ inverse.T
        outer, box = moving, (*back.min(axis=0), *back.max(axis=0))
    outside = np.ones(outer.luma.shape, dtype=np.bool_)
    x0, y0, x1, y1 = (round(float(edge)) for edge in box)
    outside[max(0, y0 - 2) : max(0, y1 + 2), max(0, x0 - 2) : max(0, x1 + 2)] = False
    return bool(outside.sum() > 20 and outer.luma[outside].std() < _BORDER_SPREAD_LEVELS)
