"""What one decode may cost, and the sentences for what is refused before anything is decoded."""

from msgspec import Struct

from twinlens.domain.errors import PhotoUnreadable


class DecodeBounds(Struct, frozen=True):
    """The most that one photo may cost.

    ``max_pixels`` counts what has to be held in memory: the full picture, or for a JPEG the picture as scaled while
    decoding. ``max_memory_bytes`` is the address space of the process in which fragile formats are decoded.
    """

    max_pixels: int = 300_000_000
    max_file_bytes: int = 2 * 1024**3
    timeout_s: float = 30.0
    max_memory_bytes: int = 3 * 1024**3


DEFAULT_BOUNDS = DecodeBounds()


def check_bytes(size_bytes: int, bounds: DecodeBounds) -> None:
    """Raise PhotoUnreadable for a file that is empty or larger than allowed."""
    if size_bytes == 0:
        raise PhotoUnreadable("the file is empty")
    if size_bytes > bounds.max_file_bytes:
        raise PhotoUnreadable(
            f"the file is too large: {size_bytes / 1e6:,.0f} MB, where {bounds.max_file_bytes / 1e6:,.0f} MB are allowed"
        )


def check_pixels(width_px: int, height_px: int, bounds: DecodeBounds) -> None:
    """Raise PhotoUnreadable for a picture without extent or with more pixels than allowed."""
    if width_px <= 0 or height_px <= 0:
        raise PhotoUnreadable(f"the header is damaged: it claims {width_px} by {height_px} pixels")
    if width_px * height_px > bounds.max_pixels:
        raise PhotoUnreadable(
            f"the picture is too large: the header claims {width_px} by {height_px} pixels, "
            f"where {bounds.max_pixels / 1e6:,.0f} megapixels are allowed"
        )
