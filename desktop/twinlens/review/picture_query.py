"""What is known of a possible match, and the verification of the best ones of a picture that is not in the library."""

from dataclasses import dataclass

import numpy as np
from msgspec import Struct

from twinlens.domain.columns import FingerprintColumns
from twinlens.domain.fingerprint import Float32Array, UInt8Array
from twinlens.domain.photo import PhotoId
from twinlens.domain.picture import PREVIEW_SIDE_PX
from twinlens.domain.relation import Relation, Transform
from twinlens.library.open import Library


@dataclass(slots=True)
class Hit:
    """A photo that one of the channels proposed. ``bits``: hash distance in the best orientation, 0 to 64."""

    bits: int = 64
    orientation: Transform = Transform.NONE
    cosine: float | None = None
    relation: Relation | None = None
    contained: float | None = None  # 0 to 1, where the photo was found to contain the part that is asked about

    @property
    def likeness(self) -> float:
        """0 to 1: the cosine where there is one; a near hash alone says less."""
        return self.cosine if self.cosine is not None else 0.5 * (1 - self.bits / 64)


class PictureQuery(Struct, frozen=True):
    """A picture from outside. ``id`` is negative, so that it comes first in every pair. Pixels: uint8 RGB [h, w, 3]."""

    id: PhotoId
    pixels: UInt8Array
    histogram: Float32Array


class _Previews(Struct, frozen=True):
    """The library's previews, and the query's own."""

    library: Library
    query: PictureQuery

    def preview(self, photo_id: PhotoId) -> UInt8Array | None:
        if photo_id != self.query.id:
            return self.library.preview(photo_id)
        import cv2

        height, width = self.query.pixels.shape[:2]
        scale = min(1.0, PREVIEW_SIDE_PX / max(height, width))
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        return np.asarray(cv2.resize(self.query.pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def verified(
    library: Library, query: PictureQuery, hits: dict[PhotoId, Hit], columns: FingerprintColumns, at_most: int
) -> None:
    """Verify the most promising hits and note the relation found in each."""
    from twinlens.matching.candidates import Candidate, histogram_similarity
    from twinlens.matching.exposure import Traits, traits_of
    from twinlens.matching.verify import Verifier

    best = sorted(hits, key=lambda id_: (hits[id_].bits, -hits[id_].likeness))[: at_most // 2]
    best += [id_ for id_ in sorted(hits, key=lambda id_: -hits[id_].likeness) if id_ not in best][: at_most - len(best)]
    verifier = Verifier(_Previews(library, query))
    for photo in library.catalog().photos.get_many(best):
        row = int(np.searchsorted(columns.photo_id, photo.id))
        if row == len(columns.photo_id) or columns.photo_id[row] != photo.id:
            continue
        hit = hits[photo.id]
        alike = float(histogram_similarity(query.histogram, columns.histogram[row]))
        candidate = Candidate(query.id, photo.id, hit.bits, hit.orientation, alike, hit.cosine)
        theirs = traits_of(photo)
        height, width = query.pixels.shape[:2]
        mine = Traits(query.id, width, height, theirs.frame_count)  # nothing is known of the exposure
        hit.relation = verifier.relate(candidate, mine, theirs)
