"""Decoding photos: for study (small, quick), in full (for comparing pixels) and as a preview (for looking at).

Every picture is decoded in a process of its own. All functions may be called from several threads at once.
"""

import os

from twinlens.domain.errors import PhotoUnreadable
from twinlens.domain.fingerprint import UInt8Array
from twinlens.domain.picture import FullPicture, StudyPicture
from twinlens.imaging.bounds import DEFAULT_BOUNDS, DecodeBounds, check_bytes
from twinlens.imaging.local import Decoded, Task
from twinlens.imaging.opening import format_of
from twinlens.imaging.reading import read_with_stamp
from twinlens.imaging.scale import FOR_STUDY, Wanted, for_preview
from twinlens.imaging.workers import close_workers, decode_apart

__all__ = ["DecodeBounds", "close_workers", "decode_for_study", "decode_full", "decode_preview"]


def decode_for_study(data: bytes, name: str, bounds: DecodeBounds = DEFAULT_BOUNDS) -> StudyPicture:
    """Decode the bytes of a file at the smallest scale that serves all fingerprints.

    ``name`` matters only where the content leaves the format open. Of several frames, the first. Raises PhotoUnreadable
    with one sentence that does not contain the path.
    """
    decoded = _decode(Task.STUDY, data, name, FOR_STUDY, bounds)
    if not isinstance(decoded, StudyPicture):
        raise PhotoUnreadable("the decoder gave another kind of picture than was asked for")
    return decoded


def decode_full(data: bytes, name: str, bounds: DecodeBounds = DEFAULT_BOUNDS) -> FullPicture:
    """Decode all pixels in canonical form: upright, RGB, or RGBA where some pixel is not opaque.

    Gray is repeated into three channels, palettes are expanded, 9 to 16 bits come as uint16. Where something is lost on
    the way (CMYK, float, RAW ...) ``profile`` is not empty, so that such a picture equals only one that lost the same.
    Of several frames, the first: ``facts.frame_count`` tells. Raises PhotoUnreadable.
    """
    decoded = _decode(Task.FULL, data, name, FOR_STUDY, bounds)
    if not isinstance(decoded, FullPicture):
        raise PhotoUnreadable("the decoder gave another kind of picture than was asked for")
    return decoded


def decode_preview(path: str, longest_side_px: int, bounds: DecodeBounds = DEFAULT_BOUNDS) -> UInt8Array:
    """RGB pixels [h, w, 3] of the file at ``path``, upright, longest side at least ``longest_side_px`` if the photo's is.

    Raises PhotoUnreadable, also when the file cannot be read.
    """
    data, _stamp = read_with_stamp(path, bounds)
    decoded = _decode(Task.STUDY, data, os.path.basename(path), for_preview(longest_side_px), bounds)
    if not isinstance(decoded, StudyPicture):
        raise PhotoUnreadable("the decoder gave another kind of picture than was asked for")
    return decoded.pixels


def _decode(task: Task, data: bytes, name: str, wanted: Wanted, bounds: DecodeBounds) -> Decoded:
    check_bytes(len(data), bounds)
    return decode_apart(task, data, format_of(data, name), wanted, bounds)
