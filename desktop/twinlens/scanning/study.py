"""The study of one file: read once, hashed, decoded once at reduced scale, fingerprinted, embedded."""

import logging
from dataclasses import dataclass

from twinlens.domain.errors import PhotoUnreadable
from twinlens.domain.picture import PhotoRecord
from twinlens.domain.ports import Embedder
from twinlens.imaging.bounds import DecodeBounds
from twinlens.scanning.walk import FoundFile

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Studied:
    """What came of one file: a record, or the sentence that says why there is none; neither when it vanished meanwhile."""

    file: FoundFile
    record: PhotoRecord | None
    error: str | None
    lasts: bool = True  # whether the same bytes would fail again: not so for want of permission or memory
    errno: int | None = None  # what the system said where it refused to give the bytes


class Study:
    """Studies files; may be called from several threads at once."""

    def __init__(self, bounds: DecodeBounds, embedder: Embedder | None) -> None:
        import cv2

        cv2.setNumThreads(1)  # the callers are threads themselves: OpenCV's own would only get into their way
        self._bounds = bounds
        self._embedder = embedder

    def __call__(self, file: FoundFile) -> Studied:
        """Never raises for what a file holds: a file that cannot be studied becomes a sentence."""
        try:
            return Studied(file, self._record(file), None)
        except PhotoUnreadable as error:
            if isinstance(error.__cause__, FileNotFoundError):
                return Studied(file, None, None)
            # An OSError of the system has a number; those by which Pillow reports damage have none.
            number = getattr(error.__cause__, "errno", None)
            return Studied(file, None, str(error), lasts=number is None, errno=number)
        except MemoryError:
            return Studied(file, None, "there is not enough memory to decode it", lasts=False)
        except Exception as error:  # the boundary: whatever one file provokes costs one line
            logger.info("studying %s failed", ascii(file.path), exc_info=True)
            return Studied(file, None, f"it cannot be studied ({type(error).__name__}: {error})", lasts=False)

    def _record(self, file: FoundFile) -> PhotoRecord:
        from twinlens.fingerprints.content import content_hash
        from twinlens.fingerprints.embedding import network_input
        from twinlens.fingerprints.study import fingerprint
        from twinlens.imaging.decode import decode_for_study
        from twinlens.imaging.reading import read_with_stamp
        from twinlens.imaging.thumbnail import encode_thumbnail

        data, stamp = read_with_stamp(file.path, self._bounds)
        picture = decode_for_study(data, file.path, self._bounds)
        embedding = norm = None
        if self._embedder is not None:
            side_px = self._embedder.identity.input_side_px
            answer = self._embedder.embed(network_input(picture.pixels, side_px)[None])
            embedding, norm = answer.vectors[0], float(answer.norms[0])
        return PhotoRecord(
            volume=file.volume.id,
            relative_path=file.relative_path,
            stamp=stamp,
            facts=picture.facts,
            metadata=picture.metadata,
            content=content_hash(data),
            fingerprints=fingerprint(picture.pixels),
            embedding=embedding,
            embedding_norm=norm,
            thumbnail=encode_thumbnail(picture.pixels),
        )
