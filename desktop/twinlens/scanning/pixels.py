"""Pixel hashes for the few photos that need one: equal size, nearly equal thumbnails, other bytes."""

from collections.abc import Iterable

from twinlens.domain.photo import Photo, PhotoId
from twinlens.domain.ports import JobControl
from twinlens.imaging.bounds import DecodeBounds
from twinlens.library.open import Library
from twinlens.scanning.apart.asking import pixel_hash_apart
from twinlens.scanning.lookahead import look_ahead


class PixelHashes:
    """Computes and stores the pixel hashes that pairs of photos ask for."""

    def __init__(self, library: Library, bounds: DecodeBounds, threads: int) -> None:
        self._library = library
        self._bounds = bounds
        self.threads = threads
        self._tried: set[PhotoId] = set()

    def complete(self, pairs: Iterable[tuple[Photo, Photo]], control: JobControl) -> int:
        """Hash the photos of these pairs that have no pixel hash yet; returns how many were hashed."""
        wanted: dict[PhotoId, Photo] = {}
        for pair in pairs:
            for photo in pair:
                if photo.pixels is None and photo.id not in self._tried:
                    wanted[photo.id] = photo
        self._tried.update(wanted)
        work = look_ahead(self._hash, wanted.values(), lambda photo: photo.stamp.size_bytes, self.threads, control)
        hashes = [found for found in work if found is not None]
        contents = {photo.id: photo.content for photo in wanted.values()}
        self._library.catalog().photos.set_pixels(hashes, contents)
        return len(hashes)

    def _hash(self, photo: Photo) -> tuple[PhotoId, bytes] | None:
        hash_ = pixel_hash_apart(photo.path, photo.stamp.size_bytes, photo.content, self._bounds)
        # Without a hash it changed since it was studied, or decodes at reduced scale only: never called identical.
        return None if hash_ is None else (photo.id, hash_)
