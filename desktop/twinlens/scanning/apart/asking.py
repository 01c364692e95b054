"""Asking the studying processes: one file each, from any thread."""

import errno
from collections.abc import Collection
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import asdict
from numpy.typing import NDArray

from twinlens.domain.fingerprint import PIXEL_HASH_BYTES
from twinlens.domain.measures import MEASURE, no_measures
from twinlens.domain.photo import FileStamp
from twinlens.domain.traces import SPECTRUM_BANDS, Traces
from twinlens.imaging.bounds import DecodeBounds
from twinlens.isolation.frames import Head
from twinlens.isolation.process import ChildDied, ChildNotStarted, ChildTookTooLong
from twinlens.scanning.apart import processes
from twinlens.scanning.apart.messages import MAX_ANSWER_BYTES, StudyAnswer, decode

SLOWEST_READ = 1 << 20  # bytes a second of the slowest drive that is waited for
LEAST_BUSY = 0.25  # of its time, of a process that decodes; one that waits for a drive is idle


class KnownContent(Struct, frozen=True):
    """The file has the bytes of a photo that is known already: nothing was decoded."""

    content: bytes
    stamp: FileStamp


class Failed(Struct, frozen=True):
    """Why a file was not studied. ``lasts``: the same bytes would fail again; ``vanished``: it is not there any more;
    ``errno``: what the system said where it refused to give the bytes.
    """

    error: str
    lasts: bool
    vanished: bool = False
    errno: int | None = None


def study_apart(
    path: str, size_bytes: int, known: Collection[bytes], input_side_px: int, bounds: DecodeBounds
) -> StudyAnswer | KnownContent | Failed:
    """Study one file in a process of its own.

    ``known``: content hashes that need no decoding; ``input_side_px``: the side of the network's input, 0 for none.
    """
    question = {"known": [content.hex() for content in known], "input_side_px": input_side_px}
    reply = _ask("study", path, size_bytes, question, bounds)
    if isinstance(reply, Failed):
        return reply
    head, body = reply
    try:
        if "known" in head:
            size, mtime_ns, inode = (int(part) for part in head["stamp"])
            return KnownContent(bytes.fromhex(head["known"]), FileStamp(size, mtime_ns, inode))
        return decode(body)
    except (ValueError, TypeError, KeyError) as error:
        return Failed(f"it cannot be studied (the decoder gave {error})", lasts=False)


def pixel_hash_apart(path: str, size_bytes: int, content: bytes, bounds: DecodeBounds) -> bytes | None:
    """The hash of all decoded pixels of a file; None when it has other bytes by now or cannot be decoded in full."""
    reply = _ask("pixels", path, size_bytes, {"content": content.hex()}, bounds)
    if isinstance(reply, Failed) or "pixels" not in reply[0]:
        return None
    try:
        hash_ = bytes.fromhex(str(reply[0]["pixels"]))
    except ValueError:
        return None  # no answer that one of our processes gives
    return hash_ if len(hash_) == PIXEL_HASH_BYTES else None


def traces_apart(path: str, size_bytes: int, content: bytes, bounds: DecodeBounds) -> Traces | None:
    """What earlier encodings left in a file; None when it has other bytes by now or cannot be decoded in full."""
    reply = _ask("traces", path, size_bytes, {"content": content.hex()}, bounds)
    if isinstance(reply, Failed) or "spectrum" not in reply[0]:
        return None
    quality = reply[0].get("earlier_quality")
    try:
        spectrum = bytes.fromhex(str(reply[0]["spectrum"]))
    except ValueError:
        return None  # no answer that one of our processes gives
    if len(spectrum) != SPECTRUM_BANDS or not (quality is None or (isinstance(quality, int) and 1 <= quality <= 100)):
        return None
    return Traces(quality, spectrum)


def measures_apart(path: str, size_bytes: int, content: bytes, bounds: DecodeBounds) -> NDArray[np.void] | None:
    """How a photo came out, a row of ``MEASURE``; that of one without measures where it cannot be decoded, and None where
    it has other bytes by now or another attempt may do.
    """
    reply = _ask("measure", path, size_bytes, {"content": content.hex()}, bounds)
    if isinstance(reply, Failed):
        return no_measures(1) if reply.lasts and not reply.vanished else None
    head, body = reply
    if "measured" not in head or len(body) != MEASURE.itemsize:
        return None
    return np.frombuffer(body, MEASURE)


def _ask(
    task: str, path: str, size_bytes: int, question: dict[str, Any], bounds: DecodeBounds
) -> tuple[Head, bytearray] | Failed:
    patience_s = bounds.timeout_s + size_bytes / SLOWEST_READ
    head = {"task": task, "path": path, "patience_s": patience_s, "bounds": asdict(bounds), **question}
    try:
        reply, body = processes.POOL.ask(head, b"", patience_s, MAX_ANSWER_BYTES)
    except ChildTookTooLong as late:
        if late.busy_s < patience_s * LEAST_BUSY:
            sentence = f"the drive did not give the file within {patience_s:.0f} s"
            return Failed(sentence, lasts=False, errno=errno.ETIMEDOUT)
        return Failed(f"decoding took longer than {patience_s:.0f} s and was given up", lasts=True)
    except ChildDied:
        return Failed("the decoder broke off on this file", lasts=True)
    except ChildNotStarted as error:
        return Failed(f"the decoding process cannot be started ({error})", lasts=False)
    if "error" in reply:
        number = reply.get("errno")
        return Failed(
            str(reply["error"])[: processes.MAX_SENTENCE],
            lasts=bool(reply.get("lasts")),
            vanished=bool(reply.get("vanished")),
            errno=number if isinstance(number, int) else None,
        )
    return reply, body
