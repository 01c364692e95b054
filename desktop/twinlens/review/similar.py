"""The lookalikes of one photo or picture: neighbours by vector, near hashes in all orientations, identical files."""

import math
import threading
from collections.abc import Mapping
from itertools import count

import numpy as np

from twinlens.catalog.library_prints import LibraryPrints
from twinlens.domain.columns import FingerprintColumns
from twinlens.domain.errors import PhotoUnreadable
from twinlens.domain.fingerprint import Float32Array, ModelIdentity, UInt8Array, UInt64Array
from twinlens.domain.group import Match
from twinlens.domain.photo import Photo, PhotoId
from twinlens.domain.ports import Embedder
from twinlens.domain.relation import ORIENTATIONS, PhotoClass
from twinlens.library.open import Library
from twinlens.review.picture_query import Hit, PictureQuery, verified
from twinlens.review.query import Region
from twinlens.review.region_search import LOOKED_AT, RegionSearch

RADIUS_BITS = 10
VERIFIED_AT_MOST = 12
_QUERY_SIDE_PX = 1024
# The scores of a class lie in its band, so that the order of matches is also the order of classes.
_BANDS = {
    PhotoClass.IDENTICAL_FILE: (1.0, 1.0),
    PhotoClass.IDENTICAL_PIXELS: (0.995, 0.995),
    PhotoClass.SAME_SHOT: (0.9, 0.99),
    PhotoClass.EDITED: (0.8, 0.89),
    PhotoClass.BURST: (0.7, 0.79),
    PhotoClass.LOOKALIKE: (0.0, 0.7),
}
_CONTAINING = (0.75, 0.99)  # of a part, wherever it is shown: above all that only looks like it


def match_score(photo_class: PhotoClass, strength: float) -> float:
    """A strength of 0 to 1 within a class as a score of 0 to 1 over all classes."""
    low, high = _BANDS[photo_class]
    return low + (high - low) * min(1.0, max(0.0, strength))


class SimilarFinder:
    """Answers "what looks like this?". Safe to call from several threads; each uses its own catalog connection.

    Without ``embedder`` the bundled network is loaded when a picture is asked about for the first time.
    """

    def __init__(self, library: Library, embedder: Embedder | None = None) -> None:
        self._library = library
        self._embedder = embedder
        self._guard = threading.Lock()
        self._prints: LibraryPrints | None = None
        self._query_ids = count(-1, -1)
        self._regions = RegionSearch(library)

    def to_photo(self, photo_id: PhotoId, limit: int = 20, region: Region | None = None) -> list[Match]:
        """The lookalikes of a photo of the library, best first, itself left out; raises KeyError for an unknown one.

        ``region``: x, y, width, height as fractions of the upright picture; photos that contain it come first.
        """
        catalog = self._library.catalog()
        photo = catalog.photos.get(photo_id)
        if region is not None:
            return self._to_region(self._pixels_of(photo), region, photo_id, limit)
        columns = self._fingerprints()
        row = int(np.searchsorted(columns.photo_id, photo_id))
        has_hash = row < len(columns.photo_id) and columns.photo_id[row] == photo_id
        hashes = columns.perceptual[row] if has_hash else None
        vector = catalog.fingerprints.embedding_of(photo_id, self._model_sha256())
        hits = self._hits(hashes, vector, limit)
        for copy in catalog.photos.with_content(photo.content):
            hits.setdefault(copy.id, Hit())
        for relation in catalog.relations.of(photo_id):
            other = relation.second if relation.first == photo_id else relation.first
            hits.setdefault(other, Hit()).relation = relation
        hits.pop(photo_id, None)
        return self._ranked(hits, photo.content, photo.pixels, limit)

    def to_picture(self, pixels: UInt8Array, limit: int = 20, region: Region | None = None) -> list[Match]:
        """The lookalikes of a picture, uint8 RGB [h, w, 3], upright, or of a part of it."""
        return self._to_pixels(pixels, None, limit) if region is None else self._to_region(pixels, region, None, limit)

    def to_file(self, path: str, limit: int = 20, region: Region | None = None) -> list[Match]:
        """The lookalikes of an image file, in the library or not; the file itself is left out.

        ``region``: x, y, width, height as fractions of the upright picture. Raises PhotoUnreadable; ValueError for a
        region outside the picture.
        """
        from twinlens.fingerprints.content import content_hash_of_file
        from twinlens.imaging.decode import decode_preview

        known = self._library.catalog().photos.by_path(path)
        if known is not None and region is None:
            return self.to_photo(known.id, limit)
        pixels = decode_preview(path, _QUERY_SIDE_PX)
        if region is not None:
            return self._to_region(pixels, region, None if known is None else known.id, limit)
        return self._to_pixels(pixels, content_hash_of_file(path), limit)

    def _pixels_of(self, photo: Photo) -> UInt8Array:
        """The photo, from its file where that is there, otherwise as its thumbnail shows it."""
        from twinlens.imaging.decode import decode_preview

        try:
            return decode_preview(photo.path, _QUERY_SIDE_PX)
        except (PhotoUnreadable, OSError):
            preview = self._library.preview(photo.id)
            if preview is None:
                raise
            return preview

    def _to_region(self, pixels: UInt8Array, region: Region, own: PhotoId | None, limit: int) -> list[Match]:
        """Photos that contain the part first, then the lookalikes of what it shows."""
        part = _cut(pixels, region)
        hits = self._hits(*self._prints_of(part), max(limit, LOOKED_AT))
        related = self._hits(*self._prints_of(pixels), LOOKED_AT)  # whatever shows the part may be like the whole
        if own is not None:
            hits.pop(own, None)
            related.pop(own, None)
        best = sorted(hits, key=lambda id_: -hits[id_].likeness)[: LOOKED_AT // 2]
        best += [id_ for id_ in sorted(related, key=lambda id_: -related[id_].likeness) if id_ not in best]
        best = best[:LOOKED_AT]
        share = max(part.shape[:2]) / max(pixels.shape[:2])
        for id_, found in self._regions.containing(part, share, best).items():
            hits.setdefault(id_, related.get(id_, Hit())).contained = found.strength
        return self._ranked(hits, None, None, limit)

    def prepare_region(self, photo_id: PhotoId) -> None:
        """A rectangle is being drawn on this photo: load what its answer needs, and look at what is like the whole."""
        self._ready_embedder()
        matches = self.to_photo(photo_id, LOOKED_AT // 2)
        self._regions.prepare([match.photo_id for match in matches])

    def _prints_of(self, pixels: UInt8Array) -> tuple[UInt64Array, Float32Array]:
        from twinlens.fingerprints.network_input import network_input
        from twinlens.fingerprints.study import fingerprint

        embedder = self._ready_embedder()
        vectors = embedder.embed(network_input(pixels, embedder.identity.input_side_px)[np.newaxis]).vectors
        return fingerprint(pixels).perceptual, vectors[0]

    def _to_pixels(self, pixels: UInt8Array, content: bytes | None, limit: int) -> list[Match]:
        from twinlens.fingerprints.network_input import network_input
        from twinlens.fingerprints.study import fingerprint

        prints = fingerprint(pixels)
        embedder = self._ready_embedder()
        vector = embedder.embed(network_input(pixels, embedder.identity.input_side_px)[np.newaxis]).vectors[0]
        hits = self._hits(prints.perceptual, vector, limit)
        for copy in self._library.catalog().photos.with_content(content) if content else ():
            hits.setdefault(copy.id, Hit())
        query = PictureQuery(PhotoId(next(self._query_ids)), pixels, prints.histogram)
        verified(self._library, query, hits, self._fingerprints(), VERIFIED_AT_MOST)
        return self._ranked(hits, content, None, limit)

    def _hits(self, hashes: UInt64Array | None, vector: Float32Array | None, limit: int) -> dict[PhotoId, Hit]:
        from twinlens.matching.candidates import near_hashes

        hits: dict[PhotoId, Hit] = {}
        columns = self._fingerprints()
        if hashes is not None and len(columns.photo_id):
            _, base, orientation, distance = near_hashes(hashes[np.newaxis], columns.perceptual[:, 0], RADIUS_BITS)
            for row, turned, bits in zip(base.tolist(), orientation.tolist(), distance.tolist(), strict=True):
                hits[PhotoId(int(columns.photo_id[row]))] = Hit(bits=bits, orientation=ORIENTATIONS[turned])
        if vector is not None:
            ids, cosines = self._library.vectors.search(vector[np.newaxis], limit + 10)
            for id_, cosine in zip(ids[0].tolist(), cosines[0].tolist(), strict=True):
                hits.setdefault(PhotoId(id_), Hit()).cosine = cosine
        return hits

    def _ranked(
        self, hits: Mapping[PhotoId, Hit], content: bytes | None, pixels: bytes | None, limit: int
    ) -> list[Match]:
        catalog = self._library.catalog()
        away = set(catalog.away.ids())
        matches = [
            _match(photo, hits[photo.id], content, pixels)
            for photo in catalog.photos.get_many(list(hits))
            if photo.id not in away
        ]
        matches.sort(key=lambda match: (-match.score, match.photo_id))
        return matches[:limit]

    def _fingerprints(self) -> FingerprintColumns:
        catalog = self._library.catalog()
        with self._guard:
            self._prints = catalog.prints(self._prints)
            return self._prints.columns

    def _model_sha256(self) -> str:
        model = self._library.vectors.model
        if model is None:
            model = self._embedder.identity if self._embedder is not None else _bundled_identity()
            self._library.vectors.use_model(model)
        return model.sha256

    def _ready_embedder(self) -> Embedder:
        with self._guard:
            if self._embedder is None:
                from twinlens.fingerprints.embedding import OnnxEmbedder
                from twinlens.fingerprints.model import bundled_model

                self._embedder = OnnxEmbedder(bundled_model())
            embedder = self._embedder
        if self._library.vectors.model is None:
            self._library.vectors.use_model(embedder.identity)
        return embedder


def _bundled_identity() -> ModelIdentity:
    from twinlens.fingerprints.model import bundled_model

    return bundled_model().identity


def _match(photo: Photo, hit: Hit, content: bytes | None, pixels: bytes | None) -> Match:
    if content is not None and photo.content == content:
        photo_class, strength = PhotoClass.IDENTICAL_FILE, 1.0
    elif pixels is not None and photo.pixels == pixels:
        photo_class, strength = PhotoClass.IDENTICAL_PIXELS, 1.0
    elif hit.relation is not None:
        photo_class, strength = hit.relation.photo_class, hit.relation.score
    else:
        photo_class, strength = PhotoClass.LOOKALIKE, hit.likeness
    if hit.contained is not None and photo_class is PhotoClass.LOOKALIKE:
        low, high = _CONTAINING
        return Match(photo.id, low + (high - low) * hit.contained, photo_class, contains=True)
    return Match(photo.id, match_score(photo_class, strength), photo_class)


def _cut(pixels: UInt8Array, region: Region | None) -> UInt8Array:
    if region is None:
        return pixels
    x, y, width, height = region
    if not (all(math.isfinite(part) for part in region) and 0 <= x < 1 and 0 <= y < 1 and width > 0 and height > 0):
        raise ValueError(f"the region {region} does not lie in the picture")
    rows, columns = pixels.shape[:2]
    top, left = int(y * rows), int(x * columns)
    bottom, right = math.ceil(min(1.0, y + height) * rows), math.ceil(min(1.0, x + width) * columns)
    return np.ascontiguousarray(pixels[top : max(bottom, top + 1), left : max(right, left + 1)])
