"""Decoded pictures as a head and a body that travel between two processes.

The other side may have been taken over by a hostile file, so shapes are checked before they are believed.
"""

from datetime import datetime

import numpy as np
from msgspec.structs import asdict

from twinlens.domain.photo import ImageFacts, ShotMetadata
from twinlens.domain.picture import FullPicture, StudyPicture
from twinlens.isolation.frames import Head

DTYPES = {"uint8": np.uint8, "uint16": np.uint16}


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
