"""The registry of formats: by which names and which first bytes each is known, and what decodes it.

A format is recognised by its content; the name decides only where the content leaves it open (RAW files that look like
TIFF, and the few formats without a signature). To add one, add one line to ``FORMATS``.
"""

import os
from collections.abc import Callable
from importlib.util import find_spec

from msgspec import Struct

from twinlens.imaging.signatures import (
    avif,
    bytes_at,
    camera_raw,
    heif,
    icon,
    jpeg_2000,
    netpbm,
    never,
    photoshop,
    starts,
    tiff,
    webp,
)

RAW_SUFFIXES = (
    ".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".gpr", ".iiq", ".k25", ".kdc", ".mef", ".mos",
    ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl", ".sr2", ".srf", ".srw", ".x3f",
)  # fmt: skip

HEAD_BYTES = 32  # what a signature may look at


class Format(Struct, frozen=True):
    """One image format.

    ``decoder`` is ``module:class`` of the Pillow plugin that opens it, or ``"raw"``. ``package`` is what has to be installed
    for it where that does not come with Twinlens.
    """

    name: str
    suffixes: tuple[str, ...]
    signature: Callable[[bytes], bool]
    decoder: str
    package: str = ""


FORMATS: tuple[Format, ...] = (
    Format("JPEG", (".jpg", ".jpeg", ".jpe", ".jfif", ".jif", ".mpo", ".jps"), starts(b"\xff\xd8\xff"),
           "PIL.JpegImagePlugin:JpegImageFile"),
    Format("PNG", (".png", ".apng"), starts(b"\x89PNG\r\n\x1a\n"), "PIL.PngImagePlugin:PngImageFile"),
    Format("WEBP", (".webp",), webp, "PIL.WebPImagePlugin:WebPImageFile"),
    Format("BMP", (".bmp", ".dib"), starts(b"BM"), "PIL.BmpImagePlugin:BmpImageFile"),
    Format("GIF", (".gif",), starts(b"GIF87a", b"GIF89a"), "PIL.GifImagePlugin:GifImageFile"),
    Format("HEIF", (".heic", ".heif", ".hif", ".heics", ".heifs"), heif, "pillow_heif:HeifImageFile"),
    Format("AVIF", (".avif", ".avifs"), avif, "PIL.AvifImagePlugin:AvifImageFile"),
    Format("RAW", RAW_SUFFIXES, camera_raw, "raw"),
    Format("TIFF", (".tif", ".tiff"), tiff, "PIL.TiffImagePlugin:TiffImageFile"),
    Format("PSD", (".psd",), photoshop, "PIL.PsdImagePlugin:PsdImageFile"),
    Format("JPEG2000", (".jp2", ".j2k", ".j2c", ".jpc", ".jpf", ".jpx"), jpeg_2000,
           "PIL.Jpeg2KImagePlugin:Jpeg2KImageFile"),
    Format("JPEGXL", (".jxl",), starts(b"\xff\x0a", b"\x00\x00\x00\x0cJXL "),
           "pillow_jxl.JpegXLImagePlugin:JXLImageFile", package="pillow-jxl-plugin"),
    Format("PPM", (".ppm", ".pgm", ".pbm", ".pnm", ".pfm"), netpbm, "PIL.PpmImagePlugin:PpmImageFile"),
    Format("ICO", (".ico",), icon, "PIL.IcoImagePlugin:IcoImageFile"),
    Format("QOI", (".qoi",), starts(b"qoif"), "PIL.QoiImagePlugin:QoiImageFile"),
    Format("SGI", (".sgi", ".rgb"), starts(b"\x01\xda"), "PIL.SgiImagePlugin:SgiImageFile"),
    Format("PCX", (".pcx",), starts(b"\x0a\x05\x01"), "PIL.PcxImagePlugin:PcxImageFile"),
    Format("TGA", (".tga",), never, "PIL.TgaImagePlugin:TgaImageFile"),
)  # fmt: skip

PHOTO_SUFFIXES: frozenset[str] = frozenset(suffix for entry in FORMATS for suffix in entry.suffixes)

# Content that people do find under the name of a photo: the sentence names it instead of calling it damaged.
NOT_PHOTOS: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    (
        "a JPEG XL image, for which the package pillow-jxl-plugin would have to be installed",
        starts(b"\xff\x0a", b"\x00\x00\x00\x0cJXL "),
    ),
    ("an HTML page", starts(b"<!DOCTYPE", b"<!doctype", b"<html", b"<HTML")),
    ("an XML or SVG document", starts(b"<?xml", b"<svg", b"<?xpacket", b"<x:xmpmeta")),
    ("a PDF document", starts(b"%PDF")),
    ("an archive", starts(b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")),
    ("a video", bytes_at(4, b"ftyp")),
)


def is_photo_name(name: str) -> bool:
    """Whether the suffix is that of a photo; a name without suffix is a maybe that ``looks_like_photo`` decides."""
    return os.path.splitext(name)[1].lower() in PHOTO_SUFFIXES


def looks_like_photo(head: bytes) -> bool:
    """Whether the first ``HEAD_BYTES`` bytes of a file are those of a format in the registry."""
    return any(entry.signature(head[:HEAD_BYTES]) for entry in FORMATS)


def recognise(head: bytes, name: str) -> Format | None:
    """The format of a file by its first bytes, with the name as tie-breaker; None if it is none that is known.

    TIFF content under a RAW suffix is RAW. A format without any signature is taken by its suffix.
    """
    suffix = os.path.splitext(name)[1].lower()
    found = next((entry for entry in FORMATS if entry.signature(head[:HEAD_BYTES])), None)
    if found is None:
        return next((entry for entry in FORMATS if suffix in entry.suffixes and _lacks_signature(entry, suffix)), None)
    if found.package and not is_installed(found):
        return None
    if found.name == "TIFF" and suffix in RAW_SUFFIXES:
        return format_named("RAW")
    return found


def is_installed(entry: Format) -> bool:
    """Whether the decoder of this format is there."""
    module = "rawpy" if entry.decoder == "raw" else entry.decoder.partition(":")[0].partition(".")[0]
    return find_spec(module) is not None


def format_named(name: str) -> Format:
    """The format of this name; raises KeyError."""
    for entry in FORMATS:
        if entry.name == name:
            return entry
    raise KeyError(name)


def what_it_is_not(head: bytes) -> str:
    """What a file that is no photo is, as the end of the sentence "the file is not an image ..."."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    for description, signature in NOT_PHOTOS:
        if signature(start):
            return f"but {description}"
    if head and all(byte in b"\t\r\n\x0c" or byte >= 32 for byte in head) and b"\xff" not in head:
        return "but text"
    return "of any known kind"


def _lacks_signature(entry: Format, suffix: str) -> bool:
    """Whether files of this suffix may begin with anything: TGA, and a few older RAW kinds."""
    return entry.signature is never or suffix in {".raw", ".crw", ".mrw", ".x3f", ".raf", ".dcr", ".kdc", ".k25"}
