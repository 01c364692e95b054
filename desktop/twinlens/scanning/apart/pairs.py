"""Pairs to be verified in another process: the question with all that is needed to decide them, and the answer."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import msgspec
import numpy as np
from msgspec import Struct

from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import Relation
from twinlens.matching.candidates import Candidate
from twinlens.matching.exposure import Traits

_Message = TypeVar("_Message")

MAX_VERDICT_BYTES = 1 << 20  # of some 150 a pair


class PairBatch(Struct, frozen=True):
    """Candidates, and the traits and thumbnails (JPEG) of their photos; a photo may lack a thumbnail, never traits."""

    pairs: Sequence[Candidate]
    traits: Mapping[PhotoId, Traits]
    thumbnails: Mapping[PhotoId, bytes]


def encode_batch(batch: PairBatch) -> bytes:
    """The question as bytes."""
    return _encoder.encode(batch)


def decode_batch(data: bytes) -> PairBatch:
    """The question out of bytes; raises ValueError for anything that is none."""
    return _decoded(_batches, data)


def encode_verdicts(verdicts: Sequence[Relation | None]) -> bytes:
    """The answer as bytes: a relation, or none, for each pair in turn."""
    return _encoder.encode(verdicts)


def decode_verdicts(data: bytes | bytearray, pairs: Sequence[Candidate]) -> list[Relation | None]:
    """The answer out of bytes; raises ValueError for anything but a verdict on each of these pairs in turn."""
    verdicts = _decoded(_verdicts, data)
    if len(verdicts) != len(pairs):
        raise ValueError(f"{len(verdicts)} verdicts on {len(pairs)} pairs")
    for verdict, pair in zip(verdicts, pairs, strict=True):
        if verdict is not None and (verdict.first, verdict.second) != (pair.first, pair.second):
            raise ValueError("a verdict on another pair")
    return verdicts


def _plain(value: Any) -> Any:
    """Numbers of numpy as those of Python, which they equal."""
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value).__name__} cannot be sent")


def _decoded(decoder: "msgspec.msgpack.Decoder[_Message]", data: bytes | bytearray) -> _Message:
    try:
        return decoder.decode(data)
    except msgspec.MsgspecError as error:
        raise ValueError(f"no message about pairs: {error}") from error


_encoder = msgspec.msgpack.Encoder(enc_hook=_plain)
_batches = msgspec.msgpack.Decoder(PairBatch)
_verdicts = msgspec.msgpack.Decoder(list[Relation | None])
