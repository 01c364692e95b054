"""EXIF orientation: what the file says, and the turn that makes the picture upright, applied once."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

PixelArray = TypeVar("PixelArray", NDArray[np.uint8], NDArray[np.uint16])

ORIENTATION_TAG = 0x0112

# EXIF value -> what has to be done to the stored picture (EXIF 2.32, section 4.6.4, tag 274).
TURNS: dict[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def valid_orientation(value: object) -> int:
    """``value`` as an EXIF orientation; whatever is none counts as 1, upright."""
    if isinstance(value, (tuple, list)) and value:
        value = value[0]
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def swaps_sides(orientation: int) -> bool:
    """Whether this orientation exchanges width and height."""
    return orientation >= 5


def upright_size(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    """Width and height of the upright picture."""
    return (size[1], size[0]) if swaps_sides(orientation) else size


def upright_image(image: Image.Image, orientation: int) -> Image.Image:
    """The picture turned as its orientation asks."""
    turn = TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def upright_array(pixels: PixelArray, orientation: int) -> PixelArray:
    """The same for an array [h, w, channels]; C-contiguous."""
    if swaps_sides(orientation):
        pixels = pixels.swapaxes(0, 1)
    # After the exchange of axes, what remains of each value are plain mirrors.
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    return np.ascontiguousarray(pixels)
