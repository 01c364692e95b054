"""The form in which photos travel between this process and a decoding one: a JSON head, then raw bytes. No pickle.

A frame is two lengths (head: 4 bytes, body: 8 bytes, big-endian), the head as JSON in UTF-8, and the body. The other
side may have been taken over by a hostile file, so lengths and shapes are checked before they are believed.
"""

import json
import struct
from dataclasses import asdict
from datetime import datetime
from typing import IO, Any

import numpy as np

from twinlens.domain.photo import ImageFacts, ShotMetadata
from twinlens.domain.picture import FullPicture, StudyPicture

LENGTHS = struct.Struct(">IQ")
MAX_HEAD_BYTES = 1_000_000
PIECE_BYTES = 1 << 20
DTYPES = {"uint8": np.uint8, "uint16": np.uint16}

Head = dict[str, Any]
Body = bytes | bytearray | memoryview


def write_frame(stream: IO[bytes], head: Head, body: Body = b"") -> None:
    """Send one frame; raises OSError if the other side is gone."""
    encoded = json.dumps(head).encode()
    stream.write(LENGTHS.pack(len(encoded), len(body)) + encoded)
    stream.write(body)
    stream.flush()


def read_frame(stream: IO[bytes], max_body_bytes: int) -> tuple[Head, bytearray] | None:
    """Receive one frame; None if the stream ends first. Raises ValueError or TypeError for a frame that is none."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head_bytes, body_bytes = LENGTHS.unpack(lengths)
    if head_bytes > MAX_HEAD_BYTES or body_bytes > max_body_bytes:
        raise ValueError(f"a frame of {head_bytes} and {body_bytes} bytes is larger than agreed")
    encoded = stream.read(head_bytes)
    body = bytearray()  # grows with what really comes, not with what the lengths promise
    while len(body) < body_bytes:
        piece = stream.read(min(PIECE_BYTES, body_bytes - len(body)))
        if not piece:
            return None
        body += piece
    if len(encoded) < head_bytes:
        return None
    head = json.loads(encoded)
    if not isinstance(head, dict):
        raise TypeError("the head of a frame is no JSON object")
    return head, body


def pack(decoded: StudyPicture | FullPicture) -> tuple[Head, memoryview]:
    """A decoded picture as head and body."""
    head: Head = {
        "shape": list(decoded.pixels.shape),
        "dtype": str(decoded.pixels.dtype),
        "facts": asdict(decoded.facts),
    }
    if isinstance(decoded, StudyPicture):
        metadata = asdict(decoded.metadata)
        taken = decoded.metadata.taken
        head["metadata"] = metadata | {"taken": taken.isoformat() if taken else None}
    else:
        head["profile"] = decoded.profile.hex()
    return head, np.ascontiguousarray(decoded.pixels).view(np.uint8).reshape(-1).data


def unpack(head: Head, body: bytearray) -> StudyPicture | FullPicture:
    """The decoded picture out of head and body; raises ValueError, KeyError or TypeError if they do not fit."""
    shape, dtype = head["shape"], DTYPES[head["dtype"]]
    if len(shape) != 3 or shape[2] not in (3, 4) or any(not isinstance(side, int) or side < 1 for side in shape):
        raise ValueError(f"pixels of shape {shape}")
    facts = ImageFacts(**head["facts"])
    if "metadata" in head:
        fields = dict(head["metadata"])
        taken = fields.pop("taken")
        metadata = ShotMetadata(taken=datetime.fromisoformat(taken) if taken else None, **fields)
        return StudyPicture(np.frombuffer(body, np.uint8).reshape(shape), facts, metadata)
    return FullPicture(np.frombuffer(body, dtype).reshape(shape), facts, bytes.fromhex(head["profile"]))
