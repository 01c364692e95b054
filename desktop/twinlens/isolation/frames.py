"""The form in which requests and answers travel between two processes: a JSON head, then raw bytes. No pickle.

A frame is two lengths (head: 4 bytes, body: 8 bytes, big-endian), the head as JSON in UTF-8, and the body. The other
side may have been taken over by a hostile file, so lengths are checked before they are believed.
"""

import json
import struct
from collections.abc import Callable
from typing import Any

LENGTHS = struct.Struct(">IQ")
MAX_HEAD_BYTES = 1_000_000
PIECE_BYTES = 1 << 20

Head = dict[str, Any]
Body = bytes | bytearray | memoryview
Read = Callable[[int], bytes]  # at most so many bytes, at least one; none when the stream has ended


def frame_start(head: Head, body: Body) -> bytes:
    """All of a frame that goes before its body."""
    encoded = json.dumps(head).encode()
    return LENGTHS.pack(len(encoded), len(body)) + encoded


def read_frame(read: Read, max_body_bytes: int) -> tuple[Head, bytearray] | None:
    """Receive one frame; None if the stream ends first. Raises ValueError or TypeError for a frame that is none."""
    lengths = _exactly(read, LENGTHS.size)
    if lengths is None:
        return None
    head_bytes, body_bytes = LENGTHS.unpack(lengths)
    if head_bytes > MAX_HEAD_BYTES or body_bytes > max_body_bytes:
        raise ValueError(f"a frame of {head_bytes} and {body_bytes} bytes is larger than agreed")
    encoded = _exactly(read, head_bytes)
    body = None if encoded is None else _exactly(read, body_bytes)
    if encoded is None or body is None:
        return None
    head = json.loads(encoded)
    if not isinstance(head, dict):
        raise TypeError("the head of a frame is no JSON object")
    return head, body


def _exactly(read: Read, size_bytes: int) -> bytearray | None:
    """So many bytes; the buffer grows with what really comes, not with what the lengths promise."""
    received = bytearray()
    while len(received) < size_bytes:
        piece = read(min(PIECE_BYTES, size_bytes - len(received)))
        if not piece:
            return None
        received += piece
    return received
