"""In a studying process: the verdicts on a batch of pairs. What is derived of a photo is kept for the pairs that follow."""

from collections.abc import Mapping

from twinlens.domain.errors import PhotoUnreadable
from twinlens.domain.fingerprint import UInt8Array
from twinlens.domain.photo import PhotoId
from twinlens.imaging.thumbnail import decode_thumbnail
from twinlens.matching.verify import Verifier
from twinlens.scanning.apart.pairs import decode_batch, encode_verdicts


class SentPreviews:
    """The previews that came with a batch."""

    def __init__(self) -> None:
        self.thumbnails: Mapping[PhotoId, bytes] = {}

    def preview(self, photo_id: PhotoId) -> UInt8Array | None:
        """The thumbnail of a photo, uint8 RGB [h, w, 3]; None if it has none that can be read."""
        jpeg = self.thumbnails.get(photo_id)
        try:
            return None if jpeg is None else decode_thumbnail(jpeg)
        except PhotoUnreadable:
            return None


class Verdicts:
    """What one process knows of the photos of the scan that asked last, and its verdicts."""

    def __init__(self) -> None:
        self._run = 0
        self._previews = SentPreviews()
        self._verifier = Verifier(self._previews)

    def on(self, run: int, data: bytes) -> bytes:
        """Decide each pair of a batch; raises ValueError for data that is none. In another run ids mean other photos."""
        batch = decode_batch(data)
        if run != self._run:
            self._run, self._verifier = run, Verifier(self._previews)
        self._previews.thumbnails = batch.thumbnails
        return encode_verdicts(self._verifier.relate_all(batch.pairs, batch.traits))


VERDICTS = Verdicts()
