"""How two pictures of one exposure differ: how the one lies over the other, and what was done to its tones."""

import math
from enum import IntFlag
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

WHOLE = 0.975  # a shared part above it is no crop that anybody would make, but a rounded side
_CUT = 0.012  # of a side; what is cut off less is no cut
_UNEVEN = 2.0  # one side is cut that much more than its opposite: the crop is from there


class Change(IntFlag):
    """What the second picture has that the first has not. Neighbouring bits are opposites of each other.

    ``ENLARGED``: more pixels, but no more detail. ``OVERLAID``: text, a stamp or the like covers a part.
    """

    BRIGHTER = 1 << 0
    DARKER = 1 << 1
    MORE_CONTRAST = 1 << 2
    LESS_CONTRAST = 1 << 3
    WARMER = 1 << 4
    COOLER = 1 << 5
    MORE_SATURATED = 1 << 6
    LESS_SATURATED = 1 << 7
    ONE_COLOUR = 1 << 8
    COLOURED = 1 << 9
    SOFTER = 1 << 10
    SHARPER = 1 << 11
    OVERLAID = 1 << 12
    OVERLAY_GONE = 1 << 13
    ENLARGED = 1 << 14
    ENLARGEMENT_OF = 1 << 15

    def reversed(self) -> "Change":
        """What the first has that the second has not."""
        bits = int(self)
        return Change((bits & 0x5555) << 1 | (bits & 0xAAAA) >> 1)


class Cut(NamedTuple):
    """What a crop took away at each side, as a part of the width or height of the larger picture."""

    left: float
    top: float
    right: float
    bottom: float


Affine = tuple[float, float, float, float, float, float]
UNCHANGED = Change(0)
UNMOVED: Affine = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


class Difference(Struct, frozen=True):
    """How the second of two upright pictures differs from the first.

    ``affine``: (a, b, c, d, e, f) leads from a place (x, y) in the second to (ax + by + c, dx + ey + f) in the first, both
    as fractions of width and height. ``first_shared``, ``second_shared``: the part of each one's area, its border left
    out, that the other shows too. ``first_border``, ``second_border``: the part of each one's area that is a border.
    """

    affine: Affine = UNMOVED
    first_shared: float = 1.0
    second_shared: float = 1.0
    first_border: float = 0.0
    second_border: float = 0.0
    changes: Change = UNCHANGED

    def reversed(self) -> "Difference":
        """How the first differs from the second."""
        return replace(
            self,
            affine=inverse(self.affine),
            first_shared=self.second_shared,
            second_shared=self.first_shared,
            first_border=self.second_border,
            second_border=self.first_border,
            changes=self.changes.reversed(),
        )

    @property
    def second_is_crop(self) -> bool:
        """Whether the first shows all of the second and more."""
        return self.first_shared < WHOLE and self.second_shared - self.first_shared > 0.5 * (1 - self.first_shared)

    @property
    def first_is_crop(self) -> bool:
        """Whether the second shows all of the first and more."""
        return self.second_shared < WHOLE and self.first_shared - self.second_shared > 0.5 * (1 - self.second_shared)

    @property
    def is_mirrored(self) -> bool:
        """Whether one is the mirror image of the other."""
        a, b, _c, d, e, _f = self.affine
        return a * e - b * d < 0

    @property
    def quarter_turns(self) -> int:
        """By how many quarters, counter-clockwise, the first must be turned to lie as the second; of a mirrored one, how
        far the second's horizontal is turned in the first: 0 upside down, 2 left and right, 1 and 3 the axes swapped.
        """
        return round(math.atan2(self.affine[3], self.affine[0]) / (math.pi / 2)) % 4

    @property
    def turn_degrees(self) -> float:
        """What is left of a turn after the quarters, -45 to 45; the shapes of the two pictures cancel out."""
        a, b, _c, d, e, _f = self.affine
        along, across = abs(a * e), abs(b * d)
        size = math.degrees(math.atan(math.sqrt(min(along, across) / max(along, across, 1e-9))))
        sign = a * d if along > across else -b * e
        return math.copysign(size, sign) if size else 0.0

    def cut(self) -> Cut:
        """What the first has beyond the second at each side (where the second is the crop), without its border."""
        a, b, c, d, e, f = self.affine
        xs = [a * x + b * y + c for x in (0, 1) for y in (0, 1)]
        ys = [d * x + e * y + f for x in (0, 1) for y in (0, 1)]
        return Cut(max(0.0, min(xs)), max(0.0, min(ys)), max(0.0, 1 - max(xs)), max(0.0, 1 - max(ys)))


def cut_sides(cut: Cut) -> tuple[str, ...]:
    """The names of the sides from which a crop took most: one or two, or all four for one that is in the middle."""
    sides = []
    for near, far, names in ((cut.left, cut.right, ("left", "right")), (cut.top, cut.bottom, ("top", "bottom"))):
        if max(near, far) < _CUT:
            continue
        if near > _UNEVEN * far:
            sides.append(names[0])
        elif far > _UNEVEN * near:
            sides.append(names[1])
        else:
            sides += names
    return tuple(sides)


def inverse(affine: Affine) -> Affine:
    """The way back; raises ZeroDivisionError for one that flattens the picture."""
    a, b, c, d, e, f = affine
    size = a * e - b * d
    return (e / size, -b / size, (b * f - c * e) / size, -d / size, a / size, (c * d - a * f) / size)
