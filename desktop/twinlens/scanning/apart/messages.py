"""What a studying process answers, checked field by field: it may have been taken over by the file it studied."""

import msgspec
import numpy as np
from msgspec import Struct

from twinlens.domain.fingerprint import HISTOGRAM_BINS, Fingerprints, Float32Array, UInt8Array, UInt64Array
from twinlens.domain.photo import FileStamp, ImageFacts, ShotMetadata

ORIENTATIONS = 8
MAX_THUMBNAIL_BYTES = 1 << 20
MAX_ANSWER_BYTES = 64 << 20  # the input of the largest network that may be described, and all else


class StudyAnswer(Struct, frozen=True):
    """All that the study of one file found. Arrays travel as their bytes, little-endian.

    ``network_input``: uint8 RGB [side, side, 3], empty when no network is wanted.
    """

    stamp: FileStamp
    content: bytes
    facts: ImageFacts
    metadata: ShotMetadata
    sharpness: float
    perceptual: bytes
    histogram: bytes
    thumbnail: bytes
    network_input: bytes

    @property
    def fingerprints(self) -> Fingerprints:
        """The fingerprints; raises ValueError when their sizes are wrong."""
        perceptual: UInt64Array = np.frombuffer(self.perceptual, "<u8").astype(np.uint64)
        histogram: Float32Array = np.frombuffer(self.histogram, "<f4").astype(np.float32)
        if perceptual.shape != (ORIENTATIONS,) or histogram.shape != (3 * HISTOGRAM_BINS,):
            raise ValueError("fingerprints of another size")
        return Fingerprints(perceptual, histogram, self.sharpness)

    def picture(self, side_px: int) -> UInt8Array:
        """The network's input [side, side, 3]; raises ValueError when it is another size."""
        return np.frombuffer(self.network_input, np.uint8).reshape(side_px, side_px, 3)


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(StudyAnswer)


def encode(answer: StudyAnswer) -> bytes:
    """An answer as bytes."""
    return _encoder.encode(answer)


def decode(data: bytes | bytearray) -> StudyAnswer:
    """An answer out of bytes; raises ValueError for anything that is none."""
    try:
        answer = _decoder.decode(data)
    except msgspec.MsgspecError as error:
        raise ValueError(f"no answer: {error}") from error
    if len(answer.content) != 16 or not 0 < len(answer.thumbnail) <= MAX_THUMBNAIL_BYTES:
        raise ValueError("an answer without content hash or thumbnail")
    return answer
