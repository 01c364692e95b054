"""How small a picture may be decoded: scaling inside the JPEG decoder first, cheap averaging for the rest."""

import math

from msgspec import Struct
from PIL import Image, JpegImagePlugin


class Wanted(Struct, frozen=True):
    """The smallest picture that serves: pixels on its shorter and on its longer side.

    ``snug``: how far above that a result may stay; beyond it the last, fractional reduction is worth its time.
    ``most_px``: the longer side is never longer.
    """

    short_px: int
    long_px: int
    snug: float
    most_px: int = 8192

    def factor(self, size: tuple[int, int]) -> float:
        """How far a picture of ``size`` may shrink, 0 to 1: both sides keep what is wanted, and nothing is enlarged."""
        short, long = sorted(size)
        least = max(self.short_px / short, self.long_px / long)
        # A strip of 20,000 x 300 would hardly shrink by its shorter side; its longer side must be bounded too.
        return min(1.0, least, self.most_px / long if long > self.most_px else 1.0)

    def size(self, size: tuple[int, int]) -> tuple[int, int]:
        """Width and height after shrinking by ``factor``, never less than one pixel."""
        factor = self.factor(size)
        return max(1, math.ceil(size[0] * factor)), max(1, math.ceil(size[1] * factor))


# Photos of 3:2 that are 1280 px wide give 320 x 213 while decoding. For the last rows up to the network's 224 the decoder
# would make four times the pixels, which costs more than all fingerprints together.
FOR_STUDY = Wanted(212, 320, snug=1.1)
MOST_PX = FOR_STUDY.most_px


def for_preview(longest_side_px: int) -> Wanted:
    """At least this many pixels on the longer side."""
    return Wanted(1, longest_side_px, snug=1.5, most_px=max(MOST_PX, round(longest_side_px * 1.5)))


def scale_while_decoding(image: Image.Image, wanted: Wanted) -> None:
    """Ask the JPEG decoder for 1/2, 1/4 or 1/8 if that leaves enough (DCT scaling); other decoders cannot.

    5 to 7 times quicker than decoding in full, and what it computes is an average, not a sample.
    """
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        short, long = sorted(image.size)
        factor = min(max(wanted.short_px / short, wanted.long_px / long), wanted.most_px / long)
        image.draft(None, (max(1, int(image.width * factor)), max(1, int(image.height * factor))))


def shrink(image: Image.Image, wanted: Wanted) -> Image.Image:
    """Average whole blocks of pixels, then the remaining fraction where the picture is still much larger than wanted.

    ``image`` must be of a mode with true tones (L, RGB, CMYK ...), not a palette.
    """
    target = wanted.size(image.size)
    blocks = min(image.width // target[0], image.height // target[1])
    if blocks >= 2:
        image = image.reduce(blocks)
    if max(image.size) > wanted.most_px:
        return image.resize(target, Image.Resampling.BOX)
    if image.width > target[0] * wanted.snug and image.height > target[1] * wanted.snug:
        # Averaging whole pixels would take a third less time here, and leaves steps: thumbnails of one picture that came
        # by different scales of the decoder then differ three times as much.
        image = image.resize(target, Image.Resampling.BILINEAR)
    return image
