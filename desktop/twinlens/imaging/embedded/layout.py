"""The segments of a baseline JPEG up to its image data, as positions in the file. Nothing is decoded."""

import math

from msgspec import Struct

MAX_SEGMENTS = 512  # an ICC profile or a maker's extra data may take dozens of them
SOI, SOS, DQT, DHT, DRI = b"\xff\xd8", 0xDA, 0xDB, 0xC4, 0xDD
SEQUENTIAL = (0xC0, 0xC1)  # baseline and extended, Huffman-coded: what cameras write
NEITHER = frozenset((*range(0xC2, 0xD0), 0xFF)) - {DHT}  # other kinds of frames; fill bytes, which no camera writes


class JpegLayout(Struct, frozen=True):
    """Where a JPEG's parts lie, and how its image data is arranged.

    ``tables`` are the bytes of all quantisation and Huffman segments, ``frame`` and ``scan`` those of the SOF and the SOS
    segment, markers included. ``image_data`` is where the entropy-coded bytes begin. ``restart_interval``: MCUs, 0 for none.
    """

    tables: bytes
    frame: bytes
    scan: bytes
    image_data: int
    width_px: int
    height_px: int
    mcu_width_px: int
    mcu_height_px: int
    restart_interval: int
    applications: frozenset[int]

    @property
    def mcus_in_row(self) -> int:
        """Minimum coded units in one row of them."""
        return math.ceil(self.width_px / self.mcu_width_px)

    @property
    def mcu_rows(self) -> int:
        """Rows of minimum coded units."""
        return math.ceil(self.height_px / self.mcu_height_px)


def read_layout(data: bytes, start: int = 0) -> JpegLayout | None:
    """The layout of the JPEG that begins at ``start``; None for what no camera writes, or what is damaged."""
    if data[start : start + 2] != SOI:
        return None
    at, tables, frame, restart_interval = start + 2, b"", b"", 0
    applications: set[int] = set()
    for _ in range(MAX_SEGMENTS):
        if len(data) < at + 4 or data[at] != 0xFF:
            return None
        marker, end = data[at + 1], at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in NEITHER or marker < 0xC0 or end < at + 4 or end > len(data):
            return None
        if marker in (DQT, DHT):
            tables += data[at:end]
        elif marker in SEQUENTIAL:
            if frame:
                return None
            frame = data[at:end]
        elif marker == DRI:
            restart_interval = int.from_bytes(data[at + 4 : at + 6], "big")
        elif marker == SOS:
            return _complete(tables, frame, data[at:end], end, restart_interval, frozenset(applications))
        else:
            applications.add(marker)
        at = end
    return None


def _complete(
    tables: bytes, frame: bytes, scan: bytes, image_data: int, restart_interval: int, applications: frozenset[int]
) -> JpegLayout | None:
    """The layout if frame and scan are those of an interleaved picture of 8 bits, gray or of three components."""
    if len(frame) < 10 or frame[4] != 8 or len(scan) < 5:
        return None
    components = frame[9]
    if components not in (1, 3) or len(frame) != 10 + 3 * components or scan[4] != components:
        return None
    height_px, width_px = int.from_bytes(frame[5:7], "big"), int.from_bytes(frame[7:9], "big")
    factors = [frame[11 + 3 * component] for component in range(components)]
    across, down = max(factor >> 4 for factor in factors), max(factor & 15 for factor in factors)
    if components == 1:
        across = down = 1
    if not (width_px and height_px and 1 <= across <= 4 and 1 <= down <= 4):
        return None
    return JpegLayout(
        tables, frame, scan, image_data, width_px, height_px, 8 * across, 8 * down, restart_interval, applications
    )
