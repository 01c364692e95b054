"""Pieces of the main picture, decoded without decoding what lies before them.

Huffman-coded data falls into step again a few blocks after any place at which a decoder is set down in it. So pieces from
all over the image data, put one below the other as the rows of a small JPEG with restart markers between them, come out of
one short decode: each begins with a little noise, and is then the picture itself, but for an unknown mean brightness
(the means of blocks are coded as differences). Where the file has restart markers of its own, pieces begin at those.
"""

import io
import re

import numpy as np
from msgspec import Struct
from PIL import JpegImagePlugin

from twinlens.domain.fingerprint import Float32Array
from twinlens.imaging.embedded.layout import DQT, SOI, JpegLayout

RESTART = re.compile(rb"\xff[\xd0-\xd7]")
MARKER = re.compile(rb"\xff[^\x00]")
IN_STEP_AFTER = 24  # MCUs until a piece can be trusted; half as many suffice nearly always
MOST_ROWS_TO_A_MARK = 8  # where they are rarer, pieces begin anywhere
LONGEST_INTERVAL_BYTES = 262_144
MOST_ROOM_BYTES = 524_288
ROOM = 5  # a piece gets so many times the bytes that its MCUs take on average


class Piece(Struct, frozen=True):
    """Mean Y, Cb and Cr [n, 3] of consecutive MCUs around 0. ``place``: about where they lie, 0 to 1 of all MCUs.

    Of the piece at place 0 all is exact; the others have lost their mean brightness and colour, and their exact place.
    """

    place: float
    means: Float32Array


def read_pieces(data: bytes, layout: JpegLayout, end: int, places: tuple[float, ...], length: int) -> list[Piece]:
    """Pieces of ``length`` MCUs: the beginning of the picture first, then one for each of ``places``.

    ``end`` is where the image data ends. Empty when any of them cannot be had. Errors are those of Pillow's plugin.
    """
    flat = _flat_tables(layout)
    if flat is None:
        return []
    tables, steps = flat
    room = min(
        MOST_ROOM_BYTES,
        ROOM * (length + IN_STEP_AFTER) * (end - layout.image_data) // (layout.mcus_in_row * layout.mcu_rows),
    )
    own_marks = 0 < layout.restart_interval <= MOST_ROWS_TO_A_MARK * layout.mcus_in_row
    if own_marks and layout.restart_interval < length:
        return []
    rows = [data[layout.image_data : min(end, layout.image_data + room)]]
    for place in places:
        start = layout.image_data + int(place * (end - layout.image_data))
        start += data[start - 1] == 0xFF  # never between a byte and the zero that belongs to it
        rows.append(_from_mark(data, start, end, room) if own_marks else data[start : min(end, start + room)])
    if not all(rows):
        return []
    skip = 0 if own_marks else IN_STEP_AFTER
    means = _decoded(layout, tables, [_without_marks(row) for row in rows], length + skip) * steps
    rest = zip(places, means[1:], strict=True)
    return [Piece(0.0, means[0, :length]), *(Piece(place, row[skip:]) for place, row in rest)]


def _from_mark(data: bytes, start: int, end: int, room: int) -> bytes:
    """The bytes behind the next restart marker."""
    found = RESTART.search(data, start, min(end, start + LONGEST_INTERVAL_BYTES))
    return data[found.end() : found.end() + room] if found else b""


def _without_marks(row: bytes) -> bytes:
    """The row up to its first marker: a decoder would take the next one for that of the next row."""
    found = MARKER.search(row)
    return row[: found.start()] if found else row


def _flat_tables(layout: JpegLayout) -> tuple[bytes, Float32Array] | None:
    """The tables with the smallest step for the means of blocks, and the steps of Y, Cb and Cr that were there.

    The unknown brightness of a piece could carry it beyond black or white; smaller steps leave room for that.
    """
    tables, at = bytearray(layout.tables), 0
    steps: dict[int, int] = {}
    while at < len(tables):
        size = int.from_bytes(tables[at + 2 : at + 4], "big")
        if tables[at + 1] == DQT:
            place = at + 4
            while place + 65 <= at + 2 + size:
                if tables[place] > 3:
                    return None  # steps of 16 bits: not in a file of 8 bits from a camera
                steps[tables[place]] = tables[place + 1]
                tables[place + 1] = 1
                place += 65
        at += 2 + size
    wanted = [layout.frame[12 + 3 * number] for number in range(layout.frame[9])]
    if any(steps.get(number, 0) == 0 for number in wanted):
        return None
    return bytes(tables), np.array([steps[number] for number in wanted], np.float32)


def _decoded(layout: JpegLayout, tables: bytes, rows: list[bytes], length: int) -> Float32Array:
    """Means [row, MCU, component] around 0 of rows of image data, each of ``length`` MCUs."""
    width_px, height_px = length * layout.mcu_width_px, len(rows) * layout.mcu_height_px
    frame = layout.frame[:5] + height_px.to_bytes(2, "big") + width_px.to_bytes(2, "big") + layout.frame[9:]
    interval = b"\xff\xdd\x00\x04" + length.to_bytes(2, "big")
    body = b"".join(row + bytes((0xFF, 0xD0 + number % 8)) for number, row in enumerate(rows))
    jpeg = SOI + tables + interval + frame + layout.scan + body[:-1] + b"\xd9"
    with JpegImagePlugin.JpegImageFile(io.BytesIO(jpeg)) as image:
        image.draft("YCbCr" if image.mode == "RGB" else "L", (width_px // 8, height_px // 8))
        image.load()
        means = np.asarray(image.reduce((image.width // length, image.height // len(rows))), np.float32)
    return means.reshape(len(rows), length, -1) - 128
