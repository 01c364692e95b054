"""Pixels as PNG."""

import io

from PIL import Image

from twinlens.domain.fingerprint import UInt8Array


def png_of_pixels(pixels: UInt8Array) -> bytes:
    """uint8 RGB [h, w, 3] or grey [h, w] as a PNG file."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "png")
    return file.getvalue()
