"""Where the parts of a group's row are. Frozen parameters, without Qt."""

from msgspec import Struct

from twinlens.gui.thumbnails.box import Box
from twinlens.gui.thumbnails.card_geometry import CardGeometry

MARGIN_PX = 16
HEADER_TOP_PX = 8
GAP_PX = 8
HINT_WIDTH_PX = 40


class RowGeometry(Struct, frozen=True):
    """A row ``width`` pixels wide: a header line, below it a strip of whole cards.

    When not all cards fit, room for a hint of how many are hidden is left at the right end, and at the left end while
    the strip is scrolled. Positions are relative to the row's upper left corner.
    """

    width: int
    header_height: int
    card: CardGeometry

    @property
    def height(self) -> int:
        """The whole row, the line below it included."""
        return HEADER_TOP_PX + self.header_height + self.card.height + GAP_PX + 1

    @property
    def header(self) -> Box:
        """The header line."""
        return Box(MARGIN_PX, HEADER_TOP_PX, max(0, self.width - 2 * MARGIN_PX), self.header_height)

    @property
    def pitch(self) -> int:
        """From the left edge of a card to that of the next."""
        return self.card.width + GAP_PX

    def capacity(self, count: int) -> int:
        """How many whole cards are shown of a group of ``count``, at least one."""
        room = self.width - 2 * (MARGIN_PX - GAP_PX)
        if count * self.pitch - GAP_PX <= room:
            return max(1, count)
        return max(1, (room - 2 * HINT_WIDTH_PX + GAP_PX) // self.pitch)

    def first_shown(self, count: int, first: int, keep: int | None = None) -> int:
        """The first card to show when ``first`` is asked for, so that no room is wasted and ``keep`` is in sight."""
        capacity = self.capacity(count)
        if keep is not None:
            first = min(max(first, keep - capacity + 1), keep)
        return min(max(first, 0), max(0, count - capacity))

    def shown(self, count: int, first: int) -> range:
        """The cards on screen when ``first`` is the leftmost."""
        start = self.first_shown(count, first)
        return range(start, min(count, start + self.capacity(count)))

    def card_corner(self, count: int, first: int, position: int) -> tuple[int, int]:
        """The upper left corner of a card that is shown."""
        start = self.first_shown(count, first)
        left = (MARGIN_PX - GAP_PX) + (HINT_WIDTH_PX if start else 0)
        return left + (position - start) * self.pitch, HEADER_TOP_PX + self.header_height

    def card_box(self, count: int, first: int, position: int) -> Box:
        """The whole card of a photo that is shown."""
        x, y = self.card_corner(count, first, position)
        return self.card.outline(x, y)

    def left_hint(self) -> Box:
        """Where it says how many cards are hidden to the left."""
        return Box(MARGIN_PX - GAP_PX, HEADER_TOP_PX + self.header_height, HINT_WIDTH_PX, self.card.height)

    def right_hint(self, count: int, first: int) -> Box:
        """Where it says how many cards are hidden to the right."""
        x, y = self.card_corner(count, first, self.shown(count, first).stop)
        return Box(x - GAP_PX, y, HINT_WIDTH_PX, self.card.height)

    def position_at(self, count: int, first: int, x: int, y: int) -> int | None:
        """The photo under a point, None beside the cards."""
        left, top = self.card_corner(count, first, self.first_shown(count, first))
        if not top <= y < top + self.card.height or x < left:
            return None
        offset = x - left
        position = self.first_shown(count, first) + offset // self.pitch
        return position if position in self.shown(count, first) and offset % self.pitch < self.card.width else None
