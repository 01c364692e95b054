"""Bits per channel: how many a file has, and how to get more than eight of them out of it exactly."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile

from twinlens.domain.errors import PhotoUnreadable
from twinlens.domain.fingerprint import UInt8Array
from twinlens.imaging.exif_values import whole
from twinlens.imaging.tones import DEEP_MODES, sixteen_bits

TIFF_BITS_TAG = 0x0102
AV1_CONFIGURATION_BYTES = 65_536  # the properties of the pictures come before their data


def bits_per_channel(image: ImageFile.ImageFile, data: bytes) -> int:
    """Bits of one channel as the file stores them, 1 to 64; looked up where Pillow's mode does not tell."""
    name = image.format or ""
    if name == "PNG" and data[12:16] == b"IHDR":
        return 8 if data[25] == 3 else data[24]  # a palette's colours have eight bits whatever its indices have
    if name == "TIFF":
        stored = whole(getattr(image, "tag_v2", {}).get(TIFF_BITS_TAG), 1, 64)
        return stored or 1
    if name == "PSD":
        return whole(int.from_bytes(data[22:24], "big"), 1, 64) or 8
    if name == "HEIF":
        return whole(image.info.get("bit_depth"), 1, 64) or 8
    if name == "AVIF":
        return av1_bits(data)
    if image.mode == "1":
        return 1
    if image.mode in DEEP_MODES:
        return 32 if image.mode == "F" else 16
    return 8


def av1_bits(data: bytes) -> int:
    """8, 10 or 12: the depth in the first AV1 configuration box ("av1C", AV1-ISOBMFF 2.3.3)."""
    at = data.find(b"av1C", 0, AV1_CONFIGURATION_BYTES)
    flags = data[at + 6] if 0 <= at < len(data) - 6 else 0
    if not flags & 0x40:
        return 8
    return 12 if flags & 0x20 else 10


def deep_pixels(data: bytes, name: str, image: ImageFile.ImageFile, bits: int) -> NDArray[np.uint16] | None:
    """The stored (not yet turned) pixels as uint16 [h, w, 3 or 4] if the file has 9 to 16 bits; None otherwise.

    Gray comes out of Pillow. For colour Pillow keeps eight bits, so PNG and TIFF go through OpenCV and HEIF through
    pillow-heif; what none of them can give exactly is None, and the caller marks the loss.
    """
    if not 8 < bits <= 16:
        return None
    if image.mode in DEEP_MODES and image.mode != "F":
        image.load()
        return sixteen_bits(np.asarray(image))
    if name in ("PNG", "TIFF"):
        return _with_opencv(data, image.size)
    if name == "HEIF":
        return _with_heif(data)
    return None


def _with_opencv(data: bytes, size: tuple[int, int]) -> NDArray[np.uint16] | None:
    import cv2

    try:
        decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error as error:
        raise PhotoUnreadable("the 16-bit data cannot be decoded") from error
    if decoded is None or decoded.dtype != np.uint16 or decoded.shape[1::-1] != size:
        return None
    if decoded.ndim == 2:
        return sixteen_bits(decoded)
    order = [2, 1, 0] if decoded.shape[2] == 3 else [2, 1, 0, 3]
    return _canonical(np.asarray(decoded[:, :, order], dtype=np.uint16))


def _with_heif(data: bytes) -> NDArray[np.uint16] | None:
    import pillow_heif

    heif = pillow_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=False)
    pixels = np.asarray(heif)
    if pixels.dtype != np.uint16:
        return None
    return sixteen_bits(pixels) if pixels.ndim == 2 else _canonical(pixels)


def _canonical(pixels: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Without an alpha channel that is opaque throughout."""
    opaque = pixels.shape[2] == 4 and bool((pixels[:, :, 3] == 0xFFFF).all())
    return np.ascontiguousarray(pixels[:, :, :3]) if opaque else pixels


def as_array(image: Image.Image) -> UInt8Array:
    """The pixels of an RGB or RGBA image, uint8 [h, w, 3 or 4]."""
    return np.array(image, dtype=np.uint8, order="C")


def lossy_step(image: Image.Image, bits: int) -> str:
    """What is lost when this picture becomes 8-bit RGB; empty for nothing."""
    if bits > 8 or image.mode in DEEP_MODES:
        return f"{bits} to 8 bits"
    if image.mode in ("CMYK", "YCbCr", "LAB", "HSV"):
        return image.mode
    return ""
