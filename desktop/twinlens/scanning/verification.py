"""Verifying candidates over the library: traits from the catalog, previews from the thumbnails, in other processes."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from twinlens.domain.fingerprint import UInt8Array
from twinlens.domain.photo import Photo, PhotoId
from twinlens.domain.ports import JobControl
from twinlens.domain.relation import Relation, Transform
from twinlens.imaging.bounds import DecodeBounds
from twinlens.isolation.process import ChildNotStarted
from twinlens.library.open import Library
from twinlens.matching.candidates import Candidate
from twinlens.matching.exposure import never_one, traits_of
from twinlens.scanning.apart.pairs import PairBatch
from twinlens.scanning.apart.verifying import new_run, verify_apart
from twinlens.scanning.courtesy import Courtesy
from twinlens.scanning.lookahead import look_ahead

if TYPE_CHECKING:
    from twinlens.matching.verify import Verifier

logger = logging.getLogger(__name__)

CHUNK = 512
BATCH = 8  # pairs of one question: a tenth of a second or two
NEAR_BITS = 6
NEAR_HISTOGRAM = 0.9
BLOCK_PX, ROUNDED_PX = 8, 2  # of thumbnails, where one was made from a preview
NEAR_LEVELS = 3.0  # mean difference of two thumbnails of equal pixels that came by different decoders


class Verification:
    """Decides candidates of one library; made for one scan. ``courtesy``: as for the study, a batch counting as a photo."""

    def __init__(self, library: Library, bounds: DecodeBounds, threads: int, courtesy: Courtesy) -> None:
        self._library = library
        self._bounds = bounds
        self.threads = self._processes = threads
        self._courtesy = courtesy
        self._run = new_run()

    @cached_property
    def _verifier_here(self) -> "Verifier":
        from twinlens.matching.verify import Verifier  # loads OpenCV

        return Verifier(self._library)

    def store(self, candidates: Sequence[Candidate], control: JobControl) -> Iterator[list[Relation]]:
        """Verify, and store the relations that hold; gives them chunk by chunk, and ends early when told to stop.

        A photo that is studied anew meanwhile gets no relation of what it was: its own turn comes.
        """
        for pairs, photos in self._undecided(candidates):
            size = max(1, min(BATCH, len(pairs) // (2 * self.threads)))  # of a few, every process has some
            batches = [pairs[at : at + size] for at in range(0, len(pairs), size)]
            work = look_ahead(lambda batch: self._verdicts(batch, photos), batches, _no_weight, self.threads, control)  # noqa: B023 - taken before the next chunk
            held = [relation for relation in chain.from_iterable(work) if relation is not None]
            if held:
                self._library.catalog().relations.save(held, {id_: photo.content for id_, photo in photos.items()})
            yield held

    def _undecided(self, candidates: Sequence[Candidate]) -> Iterator[tuple[list[Candidate], dict[PhotoId, Photo]]]:
        """The pairs that somebody must look at, chunk by chunk, and their photos: neither gone nor equal, and not refused
        by what the files say of themselves. In a large library that is one of thirty: only of those thumbnails are read.
        """
        pairs: list[Candidate] = []
        photos: dict[PhotoId, Photo] = {}
        for start in range(0, len(candidates), CHUNK):
            chunk = candidates[start : start + CHUNK]
            read = self._photos(chunk)
            traits = {photo_id: traits_of(photo) for photo_id, photo in read.items()}
            looked_at = [
                pair
                for pair in chunk
                if _worth_a_look(pair, read) and not never_one(traits[pair.first], traits[pair.second])
            ]
            pairs += looked_at
            photos.update((photo_id, read[photo_id]) for photo_id in _ids_of(looked_at))
            if len(pairs) >= CHUNK:
                yield pairs, photos
                pairs, photos = [], {}
        if pairs:
            yield pairs, photos

    def same_pixels_likely(self, candidates: Iterable[Candidate]) -> list[tuple[Photo, Photo]]:
        """Pairs of other bytes but of equal size, equal quantisation and (nearly) equal thumbnails: worth a full decode."""
        near = [
            pair
            for pair in candidates
            if pair.hash_distance <= NEAR_BITS
            and pair.orientation is Transform.NONE
            and pair.histogram_similarity >= NEAR_HISTOGRAM
        ]
        photos = self._photos(near)
        return [
            (photos[pair.first], photos[pair.second])
            for pair in near
            if _worth_a_look(pair, photos)
            and _same_frame(photos[pair.first], photos[pair.second])
            and self._may_be_equal(photos[pair.first], photos[pair.second])
        ]

    def _photos(self, pairs: Iterable[Candidate]) -> dict[PhotoId, Photo]:
        return {photo.id: photo for photo in self._library.catalog().photos.get_many(_ids_of(pairs))}

    def _verdicts(self, pairs: Sequence[Candidate], photos: dict[PhotoId, Photo]) -> Sequence[Relation | None]:
        ids = _ids_of(pairs)
        traits = {photo_id: traits_of(photos[photo_id]) for photo_id in ids}
        batch = PairBatch(pairs, traits, self._library.thumbnails.get_many(ids))
        try:
            with self._courtesy.turn(self._processes):
                return verify_apart(batch, self._run, self._bounds)
        except ChildNotStarted as error:
            logger.warning("pairs are compared in the program itself: no process can be started (%s)", error)
            return self._verifier_here.relate_all(pairs, traits)

    def _may_be_equal(self, first: Photo, second: Photo) -> bool:
        """Whether the thumbnails leave it open that all pixels are equal."""
        if _same_way(first, second):
            return self._library.thumbnails.get(first.id) == self._library.thumbnails.get(second.id)
        one, two = self._library.preview(first.id), self._library.preview(second.id)
        if one is None or two is None:
            return False
        return _same_blocks(one, two)


def _ids_of(pairs: Iterable[Candidate]) -> list[PhotoId]:
    """The photos of these pairs, ascending."""
    return sorted({photo_id for pair in pairs for photo_id in (pair.first, pair.second)})


def _same_way(first: Photo, second: Photo) -> bool:
    """Whether equal pixels would have come to the thumbnail in the same way: both JPEG, decoded themselves, turned alike."""
    formats = (first.facts.format, second.facts.format)
    if first.facts.from_preview or second.facts.from_preview:
        return False
    return formats == ("JPEG", "JPEG") and first.metadata.orientation == second.metadata.orientation


def _same_blocks(one: UInt8Array, two: UInt8Array) -> bool:
    """Whether two thumbnails are alike but for fine detail, which a preview has from the camera's own scaling.

    The sides of a preview are rounded, so its thumbnail may lack a row or a column.
    """
    sides = [min(pair) for pair in zip(one.shape[:2], two.shape[:2], strict=True)]
    if max(abs(a - b) for a, b in zip(one.shape, two.shape, strict=True)) > ROUNDED_PX or min(sides) < BLOCK_PX:
        return False
    rows, columns = (side // BLOCK_PX for side in sides)
    blocks = [
        pixels[: rows * BLOCK_PX, : columns * BLOCK_PX].reshape(rows, BLOCK_PX, columns, BLOCK_PX, 3).mean(axis=(1, 3))
        for pixels in (one, two)
    ]
    return float(np.abs(blocks[0] - blocks[1]).mean()) <= NEAR_LEVELS


def _worth_a_look(pair: Candidate, photos: dict[PhotoId, Photo]) -> bool:
    first, second = photos.get(pair.first), photos.get(pair.second)
    return first is not None and second is not None and first.content != second.content


def _same_frame(first: Photo, second: Photo) -> bool:
    one, two = first.facts, second.facts
    if None not in (one.jpeg_quality, two.jpeg_quality) and one.jpeg_quality != two.jpeg_quality:
        return False  # coefficients of another quantisation decode to other pixels; only a blank picture survives it
    return (one.width_px, one.height_px, 1, 1) == (two.width_px, two.height_px, one.frame_count, two.frame_count)


def _no_weight(_pairs: Sequence[Candidate]) -> int:
    return 0
