"""Files whose bytes are those of a photo that was studied already: recognised by their hash, and not decoded again."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from twinlens.domain.picture import PhotoRecord
from twinlens.library.open import Library
from twinlens.scanning.apart.asking import KnownContent
from twinlens.scanning.walk import FoundFile

MOST_OF_A_SIZE = 64


class KnownContents:
    """Which contents there are of each size that occurs more than once among the files of a scan and the catalog.

    ``of_size`` and ``remember`` may be called from several threads; ``record`` reads the catalog in the caller's.
    """

    def __init__(self, library: Library, model_sha256: str | None, files: Sequence[FoundFile]) -> None:
        self._library = library
        self._model_sha256 = model_sha256
        wanted = Counter(file.stamp.size_bytes for file in files)
        self._contents: dict[int, set[bytes]] = defaultdict(set)
        if wanted:
            for size_bytes, content in library.catalog().photos.sizes_and_contents():
                if size_bytes in wanted:
                    self._contents[size_bytes].add(content)
        self._occurs_often = {size for size, count in wanted.items() if count > 1}

    def of_size(self, size_bytes: int) -> list[bytes]:
        """The contents of photos of this size; none where so many share it that it says nothing (uncompressed RAW)."""
        found = self._contents.get(size_bytes, ())
        return list(found) if len(found) <= MOST_OF_A_SIZE else []

    def remember(self, record: PhotoRecord) -> None:
        """Take note of a photo that was studied."""
        size_bytes = record.stamp.size_bytes
        if size_bytes in self._occurs_often:
            self._contents[size_bytes].add(record.content)

    def record(self, file: FoundFile, found: KnownContent, unwritten: Iterable[PhotoRecord]) -> PhotoRecord | None:
        """The record of ``file``, copied from the photo with the same bytes; None if that lacks what is wanted.

        ``unwritten``: records that are not in the catalog yet.
        """
        twin = next((record for record in unwritten if record.content == found.content), None) or self._stored(found)
        if twin is None:
            return None
        return replace(twin, volume=file.volume.id, relative_path=file.relative_path, stamp=found.stamp)

    def _stored(self, found: KnownContent) -> PhotoRecord | None:
        catalog, model = self._library.catalog(), self._model_sha256
        for photo in catalog.photos.with_content(found.content):
            prints = catalog.fingerprints.of(photo.id, photo.sharpness)
            thumbnail = self._library.thumbnails.get(photo.id)
            vector, norm = (None, None) if model is None else catalog.fingerprints.vector_of(photo.id, model)
            copy_vector = None if model is None else catalog.copy_vectors.of(photo.id, model)
            if prints is None or thumbnail is None or (model is not None and vector is None):
                continue
            return PhotoRecord(
                photo.volume,
                photo.path,
                photo.stamp,
                photo.facts,
                photo.metadata,
                photo.content,
                prints,
                vector,
                norm,
                thumbnail,
                copy_vector,
            )
        return None
