"""Where the parts of a card are: a whole photo above a few lines of text. On an 8-pixel grid, without Qt."""

from msgspec import Struct

from twinlens.gui.thumbnails.box import Box

PADDING_PX = 8


class CardGeometry(Struct, frozen=True):
    """A card for photos shown in a box of ``image_width`` by ``image_height`` with ``lines`` lines of text below."""

    image_width: int
    image_height: int
    line_height: int
    lines: int

    @property
    def width(self) -> int:
        """The whole card."""
        return self.image_width + 2 * PADDING_PX

    @property
    def height(self) -> int:
        """The whole card."""
        return self.image_height + self.lines * self.line_height + 3 * PADDING_PX

    def image(self, x: int, y: int) -> Box:
        """The box of the photo in a card whose corner is at ``x``, ``y``."""
        return Box(x + PADDING_PX, y + PADDING_PX, self.image_width, self.image_height)

    def line(self, x: int, y: int, number: int) -> Box:
        """The box of text line ``number``, counted from 0."""
        top = y + self.image_height + 2 * PADDING_PX + number * self.line_height
        return Box(x + PADDING_PX, top, self.image_width, self.line_height)

    def outline(self, x: int, y: int) -> Box:
        """The whole card."""
        return Box(x, y, self.width, self.height)


def square_card(side: int, line_height: int, lines: int) -> CardGeometry:
    """A card for photos of any shape in a grid."""
    return CardGeometry(side, side, line_height, lines)


def strip_card(side: int, line_height: int, lines: int) -> CardGeometry:
    """A card for a strip: a little lower than wide, so that more strips fit on the screen."""
    return CardGeometry(side, side * 13 // 16, line_height, lines)
