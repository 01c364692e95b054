"""A first look at a photo before it is studied: the thumbnail that the camera put into the head of a JPEG.

Nothing of the picture itself is read or decoded. The thumbnail is distrusted: it is bounded, decoded and encoded anew, and
not shown at all where its shape tells that it belongs to another picture than this one.
"""

import io
import os
import stat

import numpy as np
from PIL import ExifTags, Image, JpegImagePlugin

from twinlens.imaging.jpeg_facts import costs_more_than_it_shows
from twinlens.imaging.opening import DAMAGE, keep_pillow_quiet
from twinlens.imaging.upright import ORIENTATION_TAG, upright_image, valid_orientation

HEAD_BYTES = 128 * 1024  # a thumbnail lies in the first APP1 segment, which holds at most 64 KB
SIDE_PX = 160
MAX_PIXELS = 1_000_000
MAX_SEGMENTS = 64
QUALITY = 85
SAME_SHAPE = 0.04  # sides of a thumbnail are rounded: 160 by 107 for 3 to 2
DARK_BAR = 24.0  # mean level of a bar that pads a thumbnail to 4 by 3
EXIF = b"Exif\x00\x00"
THUMBNAIL_AT, THUMBNAIL_BYTES = 0x0201, 0x0202


def glimpse_of(path: str) -> bytes | None:
    """An upright JPEG of at most 160 pixels a side without metadata, or None where the file has no thumbnail to believe.

    For a process that may die: the bytes of the file reach a decoder. Never raises for what the file holds or is.
    """
    try:
        return glimpse_in(_head(path))
    except (*DAMAGE, MemoryError):
        return None


def glimpse_in(head: bytes) -> bytes | None:
    """The same from the first bytes of a file; raises what decoders raise."""
    keep_pillow_quiet()
    exif_bytes, size = _segments(head)
    if not exif_bytes:
        return None
    exif = Image.Exif()
    exif.load(exif_bytes)
    pointers = exif.get_ifd(ExifTags.IFD.IFD1)
    at, length = pointers.get(THUMBNAIL_AT), pointers.get(THUMBNAIL_BYTES)
    if not isinstance(at, int) or not isinstance(length, int) or at <= 0 or length <= 0:
        return None
    jpeg = exif_bytes[len(EXIF) + at :][:length]
    with JpegImagePlugin.JpegImageFile(io.BytesIO(jpeg)) as image:
        if image.width * image.height > MAX_PIXELS or costs_more_than_it_shows(image, jpeg):
            return None
        image.draft("RGB", (SIDE_PX, SIDE_PX))
        picture = image.convert("RGB")
    belonging = picture if size is None else _without_bars(picture, size)
    if belonging is None:
        return None
    belonging.thumbnail((SIDE_PX, SIDE_PX))
    out = io.BytesIO()
    upright_image(belonging, valid_orientation(exif.get(ORIENTATION_TAG))).save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _head(path: str) -> bytes:
    """The first bytes of a regular file; nothing of what would block or has side effects."""
    with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb", buffering=0) as file:
        return file.read(HEAD_BYTES) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else b""


def _segments(head: bytes) -> tuple[bytes, tuple[int, int] | None]:
    """The first EXIF segment of a JPEG, and the stored width and height of the picture if the head reaches that far."""
    if not head.startswith(b"\xff\xd8"):
        return b"", None
    exif, at = b"", 2
    for _ in range(MAX_SEGMENTS):
        marker, length = head[at : at + 2], int.from_bytes(head[at + 2 : at + 4], "big")
        if len(marker) < 2 or marker[0] != 0xFF or marker[1] in (0xD9, 0xDA) or length < 2:
            break
        body = head[at + 4 : at + 2 + length]
        if marker[1] == 0xE1 and body.startswith(EXIF) and not exif:
            exif = body
        elif 0xC0 <= marker[1] <= 0xCF and marker[1] not in (0xC4, 0xC8, 0xCC) and len(body) >= 5:
            return exif, (int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big"))
        at += 2 + length
    return exif, None


def _without_bars(picture: Image.Image, size: tuple[int, int]) -> Image.Image | None:
    """The part of a thumbnail that shows a picture of this size; None where it shows some other picture.

    Many cameras pad a thumbnail to 4 by 3 with black bars. Any other difference in shape: edited since, and the old
    thumbnail left behind.
    """
    if 0 in size:
        return None
    wanted = size[0] / size[1]
    if abs(picture.width / picture.height / wanted - 1) <= SAME_SHAPE:
        return picture
    width = min(picture.width, max(1, round(picture.height * wanted)))
    height = min(picture.height, max(1, round(picture.width / wanted)))
    left, top = (picture.width - width) // 2, (picture.height - height) // 2
    levels = np.asarray(picture.convert("L"), dtype=np.float32)
    bars = (levels[:top], levels[top + height :], levels[:, :left], levels[:, left + width :])
    if any(bar.size and float(bar.mean()) > DARK_BAR for bar in bars):
        return None
    blur = 1  # the edge of a bar is not sharp
    across, down = blur * (left > 0), blur * (top > 0)
    return picture.crop((left + across, top + down, left + width - across, top + height - down))
