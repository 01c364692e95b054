"""Thumbnails: small upright JPEGs without metadata, in the form in which the library keeps them."""

import io

import numpy as np
from PIL import Image, JpegImagePlugin

from twinlens.domain.errors import PhotoUnreadable
from twinlens.domain.fingerprint import UInt8Array
from twinlens.domain.picture import PREVIEW_SIDE_PX

QUALITY = 80
MAX_THUMBNAIL_PIXELS = 4 * PREVIEW_SIDE_PX * PREVIEW_SIDE_PX


def encode_thumbnail(pixels: UInt8Array) -> bytes:
    """A JPEG of ``pixels`` (uint8 RGB [h, w, 3]), longest side at most 320, never enlarged.

    JPEG, because it is written in a fraction of the time of WebP or PNG. Raises ValueError for another shape or dtype.
    """
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 3 or 0 in pixels.shape:
        raise ValueError(f"a thumbnail is made of uint8 [h, w, 3], not {pixels.dtype} {pixels.shape}")
    image = Image.fromarray(pixels)
    longest = max(image.size)
    if longest > PREVIEW_SIDE_PX:
        size = tuple(max(1, round(side * PREVIEW_SIDE_PX / longest)) for side in image.size)
        image = image.resize((size[0], size[1]), Image.Resampling.BILINEAR, reducing_gap=2.0)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def decode_thumbnail(jpeg: bytes) -> UInt8Array:
    """The pixels of a thumbnail, uint8 RGB [h, w, 3]; raises PhotoUnreadable if the stored bytes are damaged."""
    try:
        with JpegImagePlugin.JpegImageFile(io.BytesIO(jpeg)) as image:
            if image.width * image.height > MAX_THUMBNAIL_PIXELS:
                raise PhotoUnreadable("the stored thumbnail is larger than a thumbnail can be")
            return np.array(image.convert("RGB"), dtype=np.uint8, order="C")
    except (OSError, SyntaxError, ValueError, TypeError) as error:
        raise PhotoUnreadable("the stored thumbnail is damaged") from error
