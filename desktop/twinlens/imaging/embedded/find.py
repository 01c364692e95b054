"""Finding the previews of a JPEG: those that follow it (multi-picture) and those inside its EXIF segment.

The EXIF segment holds at most 64 KB, so every JPEG in it, the thumbnail of IFD1 as well as the previews that makers keep
in their notes, is found by its first bytes: no offset of a directory is followed, and none can mislead.
"""

from msgspec import Struct

from twinlens.imaging.embedded.layout import JpegLayout, read_layout
from twinlens.imaging.embedded.multi_picture import LARGE_THUMBNAILS, PRIMARY, read_entries

START = b"\xff\xd8\xff"
END = b"\xff\xd9"
MAX_IN_EXIF = 8  # JPEGs looked at inside one EXIF segment
MAX_PADDING_BYTES = 4096  # cameras align the next picture to a sector or two
MULTI_PICTURE, IN_EXIF = "multi-picture", "exif"


class Preview(Struct, frozen=True):
    """A JPEG inside the file, complete with its own header of ``head_bytes``.

    ``chained``: it follows the end of the main picture, where the file's index says that it does.
    """

    kind: str
    start: int
    end: int
    head_bytes: int
    layout: JpegLayout
    chained: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """Stored width and height."""
        return self.layout.width_px, self.layout.height_px


def previews_in_exif(data: bytes, exif: bytes) -> list[Preview]:
    """The JPEGs inside the EXIF segment, whose bytes begin with ``Exif`` and two zeros."""
    if len(exif) < 64:
        return []
    segment = data.find(exif[:64], 0, 1 << 17)
    if segment < 0 or data[segment : segment + len(exif)] != exif:
        return []  # put together of several segments, which offsets into the file do not describe
    found, at = [], 0
    for _ in range(MAX_IN_EXIF):
        at = exif.find(START, at)
        if at < 0:
            break
        layout = read_layout(exif, at)
        if layout is not None and exif.find(END, layout.image_data) >= 0:
            found.append(Preview(IN_EXIF, segment + at, segment + len(exif), layout.image_data - at, layout))
            at = layout.image_data
        else:
            at += len(START)
    return found


def previews_behind(data: bytes, index: bytes, index_start: int) -> list[Preview]:
    """The large thumbnails of a multi-picture file that lie where its index says and are whole JPEGs.

    ``chained`` says that the index still fits the main picture: it is marked as such, and the first picture behind it
    begins where it ends. Whoever saved the main picture anew has changed its length, so that the index points elsewhere.
    """
    entries = read_entries(index, index_start)
    if not entries or entries[0].kind != PRIMARY or entries[0].start:
        return []
    behind = [entry.start for entry in entries[1:]]
    chained = bool(behind) and _ends_before(data, min(behind))
    found = []
    for entry in entries[1:]:
        end = entry.start + entry.size_bytes
        if entry.kind not in LARGE_THUMBNAILS or entry.start <= index_start or end > len(data):
            continue
        layout = read_layout(data, entry.start)
        if layout is not None and layout.image_data < end and data.rfind(END, layout.image_data, end) >= 0:
            found.append(Preview(MULTI_PICTURE, entry.start, end, layout.image_data - entry.start, layout, chained))
    return found


def _ends_before(data: bytes, start: int) -> bool:
    """Whether a picture begins at ``start`` and, but for padding, another one ends right before it."""
    before = data[max(0, start - MAX_PADDING_BYTES) : start].rstrip(b"\x00")
    return data[start : start + len(START)] == START and before.endswith(END)
