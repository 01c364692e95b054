"""The current photo and the selection inside one group. Values, without Qt."""

from msgspec import Struct
from msgspec.structs import replace


class StripCursor(Struct, frozen=True):
    """Positions in a group of ``count`` photos. ``selected`` holds what Ctrl and Shift chose; empty means only ``current``."""

    count: int
    current: int = 0
    anchor: int = 0
    selected: frozenset[int] = frozenset()

    def to(self, position: int) -> "StripCursor":
        """Go to a photo, kept inside the group, and select nothing else."""
        place = min(max(position, 0), max(self.count - 1, 0))
        return StripCursor(self.count, place, place)

    def extended_to(self, position: int) -> "StripCursor":
        """Select from the anchor to a photo, which becomes current."""
        place = min(max(position, 0), max(self.count - 1, 0))
        low, high = sorted((self.anchor, place))
        return replace(self, current=place, selected=frozenset(range(low, high + 1)))

    def toggled(self, position: int) -> "StripCursor":
        """Add a photo to the selection or take it out; it becomes current."""
        chosen = self.selected or frozenset({self.current})
        return StripCursor(self.count, position, position, chosen ^ {position})

    def everything(self) -> "StripCursor":
        """Select the whole group."""
        return replace(self, selected=frozenset(range(self.count)))

    def inverted(self) -> "StripCursor":
        """Select what is not selected; where nothing would be left, only the current photo."""
        chosen = self.selected or frozenset({self.current})
        return replace(self, selected=frozenset(range(self.count)) - chosen)

    def chosen(self) -> tuple[int, ...]:
        """What an action applies to, ascending: the selection, or else the current photo."""
        if self.selected:
            return tuple(sorted(self.selected))
        return (self.current,) if self.count else ()
