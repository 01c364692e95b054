"""How an edited picture becomes a file: formats, qualities, turned pixels with an EXIF tag that says so."""

import io
import struct
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from PIL import Image

from twinlens.domain.fingerprint import UInt8Array

_ORIENTATION = 0x0112
# How pixels have to be stored so that the EXIF orientation brings them upright again.
_STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
_SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "TIFF": ".tif", "HEIF": ".heic", "AVIF": ".avif"}
_LOSSY = frozenset({"JPEG", "WEBP", "HEIF", "AVIF"})


class Encoding(Struct, frozen=True):
    """``format`` is Pillow's name. ``earlier``: JPEG qualities that the picture goes through before.

    ``orientation``: the EXIF orientation of the file, whose pixels are stored turned accordingly.
    """

    format: str = "JPEG"
    quality: int = 90
    progressive: bool = False
    subsampling: int = -1  # Pillow's: 0 is 4:4:4, 1 is 4:2:2, 2 is 4:2:0
    earlier: tuple[int, ...] = ()
    orientation: int = 1

    @property
    def suffix(self) -> str:
        """The end of the file's name."""
        return _SUFFIXES[self.format]

    def encode(self, picture: UInt8Array, exif: bytes | None = None) -> bytes:
        """The bytes of a file with this picture; ``exif``: a block to carry along, its orientation replaced."""
        if self.format in {"HEIF", "AVIF"}:
            import pillow_heif

            pillow_heif.register_heif_opener()
        for quality in self.earlier:
            picture = replace(self, quality=quality, earlier=(), orientation=1, format="JPEG").decoded(picture)
        shown = Image.fromarray(picture)
        turn = _STORED[self.orientation]
        stored = shown if turn is None else shown.transpose(turn)
        options = self._options()
        block = (
            None if self.format == "TIFF" else _exif(exif, self.orientation)
        )  # its tags would mix with the file's own
        if block:
            options["exif"] = block
        buffer = io.BytesIO()
        stored.save(buffer, self.format, **options)
        return buffer.getvalue()

    def decoded(self, picture: UInt8Array) -> UInt8Array:
        """The picture as it looks after this encoding."""
        if self.format not in _LOSSY:
            return picture
        with Image.open(io.BytesIO(replace(self, orientation=1).encode(picture))) as opened:
            return np.asarray(opened.convert("RGB"), dtype=np.uint8)

    def write(self, picture: UInt8Array, stem: Path, exif: bytes | None = None) -> Path:
        """Write the file beside ``stem``, whose name gets the suffix of the format; gives its path."""
        path = stem.with_name(stem.name + self.suffix)
        path.write_bytes(self.encode(picture, exif))
        return path

    def _options(self) -> dict[str, Any]:
        match self.format:
            case "JPEG":
                return {"quality": self.quality, "progressive": self.progressive, "subsampling": self.subsampling}
            case "PNG":
                return {"compress_level": 3}
            case "TIFF":
                return {"compression": "tiff_lzw"}
            case _:
                return {"quality": self.quality}


def _exif(block: bytes | None, orientation: int) -> bytes | None:
    """The block with the orientation the pixels now have; None where there is nothing to say."""
    if block is None and orientation == 1:
        return None
    if block is not None:
        try:
            return _turned(block, orientation)
        except (ValueError, TypeError, SyntaxError, OSError, struct.error):
            pass  # a block that cannot be written again is left behind, as programs do
    return _turned(None, orientation) if orientation != 1 else None


def _turned(block: bytes | None, orientation: int) -> bytes:
    exif = Image.Exif()
    if block is not None:
        exif.load(block)
    exif[_ORIENTATION] = orientation
    return exif.tobytes()
