"""What was found of earlier encodings and enlargements in the pixels of a photo."""

from msgspec import Struct

SPECTRUM_BANDS = 32


class Traces(Struct, frozen=True):
    """``earlier_quality``: of a JPEG from which the photo was made without resizing it, None for none that can be told.

    ``spectrum``: 32 bytes, the energy of the luma by frequency from 0 to the highest that the picture can hold, in steps
    of half a decibel.
    """

    earlier_quality: int | None
    spectrum: bytes
