"""From whatever a file stores (palette, CMYK, 16 bit, float, alpha ...) to plain RGB."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from twinlens.domain.fingerprint import UInt8Array

SMOOTH_MODES = frozenset(("L", "RGB", "CMYK", "YCbCr"))  # may be averaged as they are
DEEP_MODES = frozenset(("I", "F", "I;16", "I;16L", "I;16B", "I;16N"))
BACKGROUND = (255, 255, 255)  # what a transparent picture stands on: white, as in the JPEG copies people make of it


def has_alpha(image: Image.Image) -> bool:
    """Whether some pixels may be transparent."""
    return image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info


def smooth(image: Image.Image, bits: int) -> Image.Image:
    """The same picture in a mode that can be averaged: L, RGB, CMYK or YCbCr. Alpha is laid on white."""
    if image.mode in DEEP_MODES:
        return Image.fromarray(eight_bits(np.asarray(image), bits))
    if has_alpha(image):
        layer = image.convert("RGBA")
        ground = Image.new("RGB", layer.size, BACKGROUND)
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    if image.mode in SMOOTH_MODES:
        return image
    if image.mode == "1":
        return image.convert("L")
    return lab_to_rgb(image) if image.mode == "LAB" else image.convert("RGB")


def rgb_pixels(image: Image.Image) -> UInt8Array:
    """uint8 RGB [h, w, 3], C-contiguous, writable."""
    if image.mode != "RGB":
        image = image.convert("RGB")
    return np.array(image, dtype=np.uint8, order="C")


def lab_to_rgb(image: Image.Image) -> Image.Image:
    """CIE Lab as sRGB, through littleCMS; plain conversion does not exist in Pillow."""
    from PIL import ImageCms

    lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    converted = ImageCms.profileToProfile(image, lab, srgb, outputMode="RGB")
    if converted is None:
        raise ValueError("the Lab colours cannot be converted")
    return converted


def eight_bits(values: NDArray[np.generic], bits: int) -> UInt8Array:
    """One deep channel [h, w] as uint8: whole numbers by their bit depth, floats by their range.

    Floats (and whole numbers that do not fit their depth) that exceed 0 to 1 and 0 to 255 are spread over the range
    between their 0.5th and 99.5th percentile; what is not a number counts as 0.
    """
    if np.issubdtype(values.dtype, np.integer):
        whole = values.astype(np.int64)
        depth = min(max(bits, 8), 16)
        if int(whole.min(initial=0)) >= 0 and int(whole.max(initial=0)) < 1 << depth:
            return (whole >> (depth - 8)).astype(np.uint8)
    real = np.nan_to_num(values.astype(np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    low, high = float(real.min(initial=0.0)), float(real.max(initial=0.0))
    if low >= 0 and high <= 1:
        scale, shift = 255.0, 0.0
    elif low >= 0 and high <= 255:
        scale, shift = 1.0, 0.0
    else:
        shift, top = (float(edge) for edge in np.percentile(real, (0.5, 99.5)))
        scale = 255.0 / (top - shift) if top > shift else 0.0
    return np.clip((real - shift) * scale, 0, 255).astype(np.uint8)


def without_opaque_alpha(image: Image.Image) -> Image.Image:
    """RGB, or RGBA where some pixel is not opaque, of an 8-bit picture: the canonical form for comparing pixels."""
    if not has_alpha(image):
        return image if image.mode == "RGB" else lab_to_rgb(image) if image.mode == "LAB" else image.convert("RGB")
    layer = image.convert("RGBA")
    lowest = layer.getchannel("A").getextrema()[0]
    return layer.convert("RGB") if lowest == 255 else layer


def sixteen_bits(values: NDArray[np.generic]) -> NDArray[np.uint16] | None:
    """One deep channel [h, w] as uint16 RGB [h, w, 3], exact; None where it does not fit."""
    if not np.issubdtype(values.dtype, np.integer):
        return None
    whole = values.astype(np.int64)
    if int(whole.min(initial=0)) < 0 or int(whole.max(initial=0)) > 0xFFFF:
        return None
    return np.repeat(whole.astype(np.uint16)[:, :, np.newaxis], 3, axis=2)
