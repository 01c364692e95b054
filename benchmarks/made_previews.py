"""Camera files with real embedded previews: made from any JPEG, for tests and for measuring.

    python -m benchmarks.made_previews SOURCE TARGET [--kind multi-picture|exif] [--side 640]

copies the JPEGs of SOURCE (12 megapixels, as ``make_camera.py`` makes them) to TARGET with a preview each. Segments are
put together here, byte by byte, as cameras do it: EXIF first, no JFIF, the multi-picture index right behind, and the large
thumbnail behind the end of the main picture.
"""

import argparse
import io
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import piexif
from PIL import Image

MULTI_PICTURE, IN_EXIF = "multi-picture", "exif"
PRIMARY, LARGE_VGA, LARGE_FULL_HD = 0x030000, 0x010001, 0x010002
REPRESENTATIVE, DEPENDENT_CHILD = 1 << 29, 1 << 30
SECTOR = 512
MAX_SEGMENT_BYTES = 65_533
# As some camera might have them: not the recommended tables, which tell of a common library.
CAMERA_TABLES = ([2] * 8 + [3] * 16 + [5] * 40, [3] * 8 + [4] * 16 + [7] * 40)


def bare(jpeg: bytes) -> bytes:
    """The JPEG without its application segments and comments, its picture untouched."""
    out, at = bytearray(jpeg[:2]), 2
    while jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if not (0xE0 <= jpeg[at + 1] <= 0xEF or jpeg[at + 1] == 0xFE):
            out += jpeg[at:end]
        at = end
    return bytes(out) + jpeg[at:]


def camera_encoded(image: Image.Image, *, restart_rows: int = 0) -> bytes:
    """The picture as a JPEG with tables of its own, 4:2:2 as many cameras have it."""
    out = io.BytesIO()
    image.save(out, "JPEG", qtables=list(CAMERA_TABLES), subsampling=1, restart_marker_rows=restart_rows)
    return bare(out.getvalue())


def preview_of(image: Image.Image, side_px: int, quality: int = 82) -> bytes:
    """A small JPEG of the picture, longest side ``side_px``, without any segment of a library."""
    factor = side_px / max(image.size)
    small = image.resize((round(image.width * factor), round(image.height * factor)), reducing_gap=3.0)
    out = io.BytesIO()
    small.convert("RGB").save(out, "JPEG", quality=quality)
    return bare(out.getvalue())


def camera_exif(
    size: tuple[int, int],
    when: str,
    *,
    thumbnail: bytes | None = None,
    orientation: int = 1,
    more: Mapping[int, Any] | None = None,
) -> bytes:
    """An EXIF block as a camera writes it; ``more``: further fields of the first directory, which replace others."""
    fields: dict[int, Any] = {
        piexif.ImageIFD.Make: b"Canon",
        piexif.ImageIFD.Model: b"EOS 6D",
        piexif.ImageIFD.Orientation: orientation,
        piexif.ImageIFD.Software: b"Ver.1.1.9",
        piexif.ImageIFD.DateTime: when.encode(),
    }
    photo = {
        piexif.ExifIFD.DateTimeOriginal: when.encode(),
        piexif.ExifIFD.DateTimeDigitized: when.encode(),
        piexif.ExifIFD.SubSecTimeOriginal: b"07",
        piexif.ExifIFD.PixelXDimension: size[0],
        piexif.ExifIFD.PixelYDimension: size[1],
    }
    first: dict[int, Any] = {piexif.ImageIFD.Compression: 6} if thumbnail else {}
    directories = {"0th": fields | dict(more or {}), "Exif": photo, "GPS": {}, "1st": first, "thumbnail": thumbnail}
    return _within_a_segment(piexif.dump(directories))


def _within_a_segment(block: bytes) -> bytes:
    if len(block) > MAX_SEGMENT_BYTES:
        raise ValueError(f"{len(block)} bytes do not fit into one segment")
    return block


def with_previews(jpeg: bytes, exif: bytes, behind: bytes | None = None) -> bytes:
    """The picture of ``jpeg`` with this EXIF block and, if given, a large thumbnail behind it and the index that names it."""
    start = b"\xff\xd8" + segment(0xE1, exif)
    picture = bare(jpeg)[2:]
    if behind is None:
        return start + picture
    header_at = len(start) + 8  # marker, length, "MPF" and a zero: offsets count from the header that follows
    size = len(start) + len(segment(0xE2, index_segment(0, 0, 0))) + len(picture)
    padded = -(-size // SECTOR) * SECTOR
    index = segment(0xE2, index_segment(size, len(behind), padded - header_at))
    return start + index + picture + bytes(padded - size) + behind


def segment(marker: int, body: bytes) -> bytes:
    """One marker segment."""
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def index_segment(main_bytes: int, preview_bytes: int, preview_offset: int, kind: int = LARGE_VGA) -> bytes:
    """The body of an MPF segment (CIPA DC-007) with two pictures."""
    entries_at = 8 + 2 + 3 * 12 + 4
    directory = struct.pack("<H", 3)
    directory += struct.pack("<HHI4s", 0xB000, 7, 4, b"0100")
    directory += struct.pack("<HHII", 0xB001, 4, 1, 2)
    directory += struct.pack("<HHII", 0xB002, 7, 32, entries_at) + struct.pack("<I", 0)
    entries = struct.pack("<IIIHH", REPRESENTATIVE | PRIMARY, main_bytes, 0, 0, 0)
    entries += struct.pack("<IIIHH", DEPENDENT_CHILD | kind, preview_bytes, preview_offset, 0, 0)
    return b"MPF\x00" + b"II*\x00" + struct.pack("<I", 8) + directory + entries


def add_preview(source: Path, target: Path, kind: str, side_px: int) -> None:
    """One file of ``make_camera.py`` with a preview. For one inside EXIF the picture is written anew with a camera's tables."""
    jpeg = source.read_bytes()
    with Image.open(source) as image:
        said = piexif.load(image.info["exif"])["Exif"][piexif.ExifIFD.DateTimeOriginal].decode()
        picture = image.convert("RGB")
    if kind == IN_EXIF:
        thumbnail = next(
            made for quality in (82, 70, 55, 40) if len(made := preview_of(picture, side_px, quality)) < 60_000
        )
        made = with_previews(camera_encoded(picture), camera_exif(picture.size, said, thumbnail=thumbnail))
    else:
        made = with_previews(jpeg, camera_exif(picture.size, said), preview_of(picture, side_px))
    target.write_bytes(made)


def add_previews(source: Path, target: Path, kind: str = MULTI_PICTURE, side_px: int = 640) -> int:
    """All JPEGs of a folder; returns how many."""
    target.mkdir(parents=True, exist_ok=True)
    files = sorted(source.glob("IMG_*.jpg"))
    for file in files:
        add_preview(file, target / file.name, kind, side_px)
    return len(files)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--kind", choices=(MULTI_PICTURE, IN_EXIF), default=MULTI_PICTURE)
    parser.add_argument("--side", type=int, default=640)
    given = parser.parse_args()
    print(add_previews(given.source, given.target, given.kind, given.side), "files in", given.target)
