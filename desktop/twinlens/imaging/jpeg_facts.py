"""What a JPEG's own structure tells: the quality it was saved with, its frames, and whether its image data is complete."""

import bisect
import io
from collections.abc import Mapping, Sequence

from PIL import JpegImagePlugin

from twinlens.domain.jpeg_tables import luminance_table
from twinlens.imaging.embedded.multi_picture import FULL_VIEWS, read_entries

MANY_SCANS = 64  # a progressive file needs about ten; each scan costs a pass over the whole picture
NOISE = bytes(range(1, 250))  # no marker can occur in it


_SUMS_FALLING = [sum(luminance_table(quality)) for quality in range(1, 101)]


def estimated_quality(tables: Mapping[int, Sequence[int]] | None) -> int | None:
    """The quality 1 to 100 whose luminance table comes nearest, by the sum of its 64 entries; None without a table.

    The sum is robust against encoders that shape their table otherwise, where the answer is a fair equivalent.
    """
    if not tables or 0 not in tables or len(tables[0]) != 64:
        return None
    wanted = sum(tables[0])
    at = bisect.bisect_left(_SUMS_FALLING, -wanted, key=lambda total: -total)
    nearest = min((max(0, at - 1), min(99, at)), key=lambda i: abs(_SUMS_FALLING[i] - wanted))
    return nearest + 1


def has_library_tables(tables: Mapping[int, Sequence[int]] | None) -> bool:
    """Whether the luminance table is the recommended one as libjpeg scales it: what most programs write, and few cameras."""
    quality = estimated_quality(tables)
    return quality is None or not tables or tuple(tables[0]) == luminance_table(quality)


def frame_count(image: JpegImagePlugin.JpegImageFile) -> int:
    """Full views in a multi-picture file (CIPA DC-007). Previews and gain maps beside the photo are no frames."""
    index = image.info.get("mp")
    entries = read_entries(index, 0) if isinstance(index, bytes) else []
    return max(1, sum(entry.kind in FULL_VIEWS for entry in entries))


def costs_more_than_it_shows(image: JpegImagePlugin.JpegImageFile, data: bytes) -> bool:
    """Whether this progressive file could be built to waste time or memory: huge, or with a crowd of scans."""
    if not image.info.get("progressive"):
        return False
    return image.width * image.height > 64_000_000 or data.count(b"\xff\xda") > MANY_SCANS


def holds_too_little(image: JpegImagePlugin.JpegImageFile, data: bytes) -> bool:
    """Whether the file is too small for the size it claims: libjpeg would fill the rest with gray without a word.

    A Huffman-coded block of 64 pixels takes at least two bits, one for its mean and one to say that there is no more.
    Progressive and arithmetic coding can skip blocks: nothing is said of those.
    """
    if len(data) * 8 >= image.width * image.height // 64 * 2:
        return False
    return not image.info.get("progressive") and data.find(b"\xff\xc9", 0, 65_536) < 0


def only_the_end_is_missing(data: bytes) -> bool:
    """Whether the image data of a baseline JPEG is complete and nothing but the end marker is cut off.

    Once with the marker put back and once with noise before it: a decoder that still wants data takes the noise for
    picture, one that has all of it skips the noise. Several scans (progressive) could lack whole scans: never.
    """
    if data.count(b"\xff\xda", _after_metadata(data)) != 1:
        return False
    try:
        return _smallest(data + b"\xff\xd9") == _smallest(data + NOISE + b"\xff\xd9")
    except (OSError, SyntaxError, ValueError):
        return False


def _after_metadata(data: bytes) -> int:
    """Where the application segments end, whose thumbnails have scans of their own."""
    at = 2
    while (
        data[at : at + 1] == b"\xff"
        and data[at + 1 : at + 2]
        and (0xE0 <= data[at + 1] <= 0xEF or data[at + 1] == 0xFE)
    ):
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return at


def _smallest(data: bytes) -> bytes:
    with JpegImagePlugin.JpegImageFile(io.BytesIO(data)) as image:
        if image.info.get("progressive"):
            raise ValueError("a progressive file may lack whole scans")
        image.draft(None, (1, 1))
        return image.tobytes()
