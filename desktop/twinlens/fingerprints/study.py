"""All fingerprints of one small picture."""

from PIL import Image

from twinlens.domain.fingerprint import Fingerprints, UInt8Array
from twinlens.fingerprints.histogram import rgb_histogram
from twinlens.fingerprints.perceptual import perceptual_hashes
from twinlens.fingerprints.sharpness import sharpness


def fingerprint(pixels: UInt8Array) -> Fingerprints:
    """Perceptual hashes, histogram and sharpness of uint8 RGB [h, w, 3]; raises ValueError for anything else."""
    if pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.dtype != "uint8" or pixels.size == 0:
        raise ValueError(f"expected a uint8 RGB picture [h, w, 3], got {pixels.dtype} {pixels.shape}")
    picture = Image.fromarray(pixels)
    return Fingerprints(perceptual_hashes(picture), rgb_histogram(picture), sharpness(pixels))
