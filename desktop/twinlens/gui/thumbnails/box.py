"""Rectangles without a toolkit, for geometry that is tested without a screen."""

from msgspec import Struct


class Box(Struct, frozen=True):
    """A rectangle in logical pixels; the right and bottom edges lie outside."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column outside."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row outside."""
        return self.y + self.height

    def contains(self, x: int, y: int) -> bool:
        """Whether the point lies inside."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def moved(self, dx: int, dy: int) -> "Box":
        """The same rectangle elsewhere."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    def shrunk(self, by: int) -> "Box":
        """The rectangle without a margin of ``by`` on each side."""
        return Box(self.x + by, self.y + by, max(0, self.width - 2 * by), max(0, self.height - 2 * by))


def fitted(width: int, height: int, into: Box) -> Box:
    """A picture of this size shown whole in ``into``, never enlarged; at least one pixel each way.

    Centred sideways and standing on the lower edge, so that the pictures of a row share a baseline with their captions.
    """
    if width <= 0 or height <= 0:
        return Box(into.x, into.y, 0, 0)
    scale = min(1.0, into.width / width, into.height / height)
    shown_width = max(1, min(into.width, round(width * scale)))
    shown_height = max(1, min(into.height, round(height * scale)))
    left = into.x + (into.width - shown_width) // 2
    top = into.bottom - shown_height
    return Box(left, top, shown_width, shown_height)
