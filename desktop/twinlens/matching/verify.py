"""Verification: looks at both pictures and says whether they are one exposure, and in which class."""

import math
from collections.abc import Iterable, Mapping

import cv2

from twinlens.domain.fingerprint import UInt8Array
from twinlens.domain.photo import PhotoId
from twinlens.domain.ports import PreviewSource
from twinlens.domain.relation import PhotoClass, Relation, Transform
from twinlens.matching.candidates import Candidate
from twinlens.matching.classify import (
    LOWEST_SCORE,
    SHAPE_TOLERANCE,
    TRUSTED_SCORE,
    edit_transform,
    edited_score,
    is_enough,
    same_shot_score,
)
from twinlens.matching.difference import measured_difference, turned_only
from twinlens.matching.exposure import Traits, gap_s, never_one
from twinlens.matching.laying import Couple, Laid, laid_over
from twinlens.matching.portraits import Portrait, Portraits, oriented
from twinlens.matching.registration import agreement

__all__ = ["Traits", "Verifier", "presumed_turn"]

_TRUSTED_ORIENTATION_BITS = 18  # a hash farther off says nothing of which way the picture is turned
_LEAST_SIDE_PX = 24


class Verifier:
    """Relates candidates by their previews. Safe to call from several threads; what it derives is kept in a bounded cache."""

    def __init__(self, previews: PreviewSource) -> None:
        self._portraits = Portraits(previews)
        cv2.setNumThreads(1)  # the scan has threads of its own; more for one small picture only get in each other's way

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
        if never_one(first, second):
            return None
        one, two = self._portraits.pixels(candidate.first), self._portraits.pixels(candidate.second)
        if one is None or two is None or min(*one.shape[:2], *two.shape[:2]) < _LEAST_SIDE_PX:
            return None
        turned = presumed_turn(candidate)
        gap = gap_s(first, second)
        for turn in (turned, *candidate.also):
            found = _same_shot(candidate, oriented(one, turn), two, turn, gap, first, second)
            if found is not None:
                return found
        return self._edited(candidate, one, two, turned, gap)

    def relate_all(self, candidates: Iterable[Candidate], traits: Mapping[PhotoId, Traits]) -> list[Relation | None]:
        """Decide pairs in turn, given the traits of all of their photos; as ``relate``."""
        return [self.relate(pair, traits[pair.first], traits[pair.second]) for pair in candidates]

    def _edited(
        self, candidate: Candidate, one: UInt8Array, two: UInt8Array, turned: Transform, gap: float | None
    ) -> Relation | None:
        laid = laid_over(self._couple(candidate, one, two, turned), is_enough)
        score = 0.0 if laid is None else edited_score(laid)
        if laid is None or score < LOWEST_SCORE:
            return None
        difference = measured_difference(one, two, turned, laid.first, laid.second, laid.matrix)
        return Relation(
            candidate.first,
            candidate.second,
            PhotoClass.EDITED,
            score,
            edit_transform(difference),
            min(difference.first_shared, difference.second_shared),
            gap,
            laid.error_levels,
            difference,
        )

    def laid(self, candidate: Candidate) -> Laid | None:
        """The best way to lay the second over the first; None where there is none, or no preview."""
        one, two = self._portraits.pixels(candidate.first), self._portraits.pixels(candidate.second)
        if one is None or two is None or min(*one.shape[:2], *two.shape[:2]) < _LEAST_SIDE_PX:
            return None
        return laid_over(self._couple(candidate, one, two, presumed_turn(candidate)), lambda laid: laid.is_close)

    def _couple(self, candidate: Candidate, one: UInt8Array, two: UInt8Array, turned: Transform) -> Couple:
        first, second = candidate.first, candidate.second

        def portraits(trimmed: bool) -> tuple[Portrait, Portrait]:
            return (
                self._portraits.portrait(first, one, turned, trimmed=trimmed),
                self._portraits.portrait(second, two, Transform.NONE, trimmed=trimmed),
            )

        plain = portraits(True)
        return Couple(
            plain,
            lambda: portraits(False),
            lambda: (
                self._portraits.features(first, turned, plain[0]),
                self._portraits.features(second, Transform.NONE, plain[1]),
            ),
        )


def presumed_turn(candidate: Candidate) -> Transform:
    """Which way the first must be turned to lie as the second, as far as the hashes can tell."""
    return candidate.orientation if candidate.hash_distance <= _TRUSTED_ORIENTATION_BITS else Transform.NONE


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
    if found is None or score < TRUSTED_SCORE:  # never by half: slices of a focus stack come near to it
        return None
    transform = turned
    if turned is Transform.NONE and {first.width_px, first.height_px} != {second.width_px, second.height_px}:
        transform = Transform.RESIZED
    return Relation(
        candidate.first,
        candidate.second,
        PhotoClass.SAME_SHOT,
        score,
        transform,
        1.0,
        gap,
        found.error_levels,
        turned_only(turned),
    )
