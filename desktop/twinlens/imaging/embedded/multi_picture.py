"""The index of a multi-picture file (CIPA DC-007): which further JPEGs follow the main one, and where."""

import struct

from msgspec import Struct

MAX_BYTES = 65_536
MAX_PICTURES = 64
ENTRIES_TAG = 0xB002
ENTRY = 16  # bytes: attribute, size, offset, two numbers of dependent pictures

PRIMARY = 0x030000
LARGE_THUMBNAILS = frozenset(range(0x010001, 0x010006))  # VGA, full HD, and the larger ones of later editions
FULL_VIEWS = frozenset((0x020001, 0x020002, 0x020003))  # panorama, disparity, multi-angle


class PictureEntry(Struct, frozen=True):
    """One picture of the index. ``start`` is its place in the file, 0 for the main picture; nothing of it is verified."""

    kind: int
    start: int
    size_bytes: int


def read_entries(index: bytes, index_start: int) -> list[PictureEntry]:
    """The pictures that an MPF segment names; ``index`` begins at its TIFF header, which lies at ``index_start``.

    Empty for a damaged index: offsets and counts are believed as far as the segment reaches.
    """
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(index[:4])
    if order is None or len(index) > MAX_BYTES:
        return []
    try:
        (directory,) = struct.unpack_from(f"{order}I", index, 4)
        (count,) = struct.unpack_from(f"{order}H", index, directory)
        for number in range(min(count, MAX_PICTURES)):
            tag, _type, size, place = struct.unpack_from(f"{order}HHII", index, directory + 2 + 12 * number)
            if tag == ENTRIES_TAG:
                return _entries(index, order, place, min(size // ENTRY, MAX_PICTURES), index_start)
    except struct.error:
        pass
    return []


def _entries(index: bytes, order: str, place: int, count: int, index_start: int) -> list[PictureEntry]:
    entries = []
    for number in range(count):
        attribute, size_bytes, offset = struct.unpack_from(f"{order}III", index, place + ENTRY * number)
        if attribute >> 24 & 7:
            continue  # not a JPEG
        entries.append(PictureEntry(attribute & 0xFFFFFF, index_start + offset if offset else 0, size_bytes))
    return entries
